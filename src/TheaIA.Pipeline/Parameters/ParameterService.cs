using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// All that a person set for a run: the engine's options and the build's parameters, converted. What
/// is wrong is told all at once (<see cref="Outcome.Wrong"/>), and without a secret.
/// </summary>
internal sealed class ParameterService
{
    private readonly List<ParameterDefinition> _members;
    private readonly Dictionary<(Type?, string), ParameterDefinition> _byMember = [];
    private readonly Dictionary<string, GivenValue> _given;
    private readonly Dictionary<string, object> _values;

    internal ParameterService(
        ParameterSet parameters,
        EngineOptions options,
        AbsolutePath root,
        IReadOnlyCollection<string> secrets,
        Dictionary<string, GivenValue> given,
        Dictionary<string, object> values
    )
    {
        _members = parameters.Members;
        Definitions = parameters.All;
        Options = options;
        Root = root;
        SecretValues = secrets;
        _given = given;
        _values = values;
        foreach (var member in _members)
        {
            if (parameters.TryGet(member.Key, out var definition))
            {
                _byMember.TryAdd(Id(member.Member), definition);
            }
        }
    }

    /// <summary>The engine's own options.</summary>
    public EngineOptions Options { get; }

    /// <summary>The checkout.</summary>
    public AbsolutePath Root { get; }

    /// <summary>The build's parameters, one a name.</summary>
    public IReadOnlyList<ParameterDefinition> Definitions { get; }

    /// <summary>What must be masked.</summary>
    public IReadOnlyCollection<string> SecretValues { get; }

    /// <summary>Reads the command line, the environment and the parameter files.</summary>
    /// <param name="buildType">The build class.</param>
    /// <param name="arguments">The command line's words.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <param name="findRoot">Finds the checkout, from what the command line says.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: all that is wrong.</exception>
    public static ParameterService Create(
        Type buildType,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        Func<EngineOptions, AbsolutePath> findRoot
    ) => new ParameterReader(buildType, arguments, environment, findRoot).Read();

    /// <summary>Sets the members of a build that have a value; the others keep theirs.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: a member cannot be set, or its value is not among those allowed.
    /// </exception>
    public void Inject(object build)
    {
        foreach (var definition in _members)
        {
            if (_values.TryGetValue(definition.Key, out var value))
            {
                Injection.Set(build, definition, value);
            }
        }

        var errors = Definitions
            .Where(d => d.ValueProviderMember is not null && _given.ContainsKey(d.Key))
            .SelectMany(d => Injection.NotAllowed(build, d, _given[d.Key]))
            .ToList();
        ParameterErrors.ThrowIfAny(errors, SecretValues);
    }

    /// <summary>A parameter's value. Null: it is not set.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: the member is no parameter.</exception>
    public object? GetValue(MemberInfo member) => _values.GetValueOrDefault(Find(member).Key);

    /// <summary>Whether a parameter has a value from outside the build class.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: the member is no parameter.</exception>
    public bool IsSet(MemberInfo member) => _values.ContainsKey(Find(member).Key);

    /// <summary>One line for each of these parameters that is not set: its name, what it is, where it can come from.</summary>
    public IReadOnlyList<string> MissingMessage(IEnumerable<MemberInfo> required)
    {
        var missing = required
            .Select(Find)
            .Where(d => !_values.ContainsKey(d.Key))
            .DistinctBy(d => d.Key, StringComparer.Ordinal)
            .ToList();
        var width = missing.Select(d => d.Name.Length).DefaultIfEmpty().Max();
        return [.. missing.Select(d => Line(d, width))];
    }

    private static string Line(ParameterDefinition definition, int width)
    {
        const int Widest = 98;
        var name = definition.Name.PadRight(width);
        var what = definition.IsSecret ? "secret" : definition.Description;
        var line = $"{name}   {what}, {definition.Sources}";
        return what.Length > 0 && line.Length <= Widest ? line : $"{name}   {definition.Sources}";
    }

    private ParameterDefinition Find(MemberInfo member) =>
        _byMember.GetValueOrDefault(Id(member))
        // a class that implements a component's parameter anew
        ?? Definitions.FirstOrDefault(d => ParameterName.AreSame(d.Member.Name, member.Name))
        ?? throw new OutcomeException(
            Outcome.Wrong,
            $"{member.DeclaringType?.Name}.{member.Name} is not a parameter: put [Parameter] on it."
        );

    // the same member seen through a derived type is another MemberInfo
    private static (Type?, string) Id(MemberInfo member) => (member.DeclaringType, member.Name);
}
