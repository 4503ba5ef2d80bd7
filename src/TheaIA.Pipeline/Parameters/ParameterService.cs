using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// All that a person set for a run: the engine's options and the build's parameters, converted. What
/// is wrong is told all at once (<see cref="Outcome.Wrong"/>), and without a secret.
/// </summary>
internal sealed class ParameterService
{
    private readonly Dictionary<(Type?, string), ParameterDefinition> _byMember = [];
    private readonly Dictionary<string, GivenValue> _given;
    private readonly Dictionary<string, object> _values;

    internal ParameterService(
        ParameterSet parameters,
        EngineOptions options,
        AbsolutePath root,
        IReadOnlyCollection<string> secrets,
        Dictionary<string, GivenValue> given,
        Dictionary<string, object> values,
        SecretCommands commands
    )
    {
        Members = parameters.Members;
        Definitions = parameters.All;
        Options = options;
        Root = root;
        SecretValues = secrets;
        _given = given;
        _values = values;
        Commands = commands;
        foreach (var member in Members)
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

    /// <summary>The build's parameters, one a member.</summary>
    public IReadOnlyList<ParameterDefinition> Members { get; }

    /// <summary>The build's parameters, one a name.</summary>
    public IReadOnlyList<ParameterDefinition> Definitions { get; }

    /// <summary>The secrets that commands print.</summary>
    public SecretCommands Commands { get; }

    /// <summary>The values that were given for the build's parameters, by their keys.</summary>
    public IReadOnlyDictionary<string, GivenValue> Given => _given;

    /// <summary>What is wrong in the parameter files; <see cref="BrokenFiles"/> says whether it stops the run.</summary>
    public IReadOnlyList<string> FileErrors { get; init; } = [];

    /// <summary>What must be masked, without what commands print.</summary>
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
        foreach (var definition in Members)
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

    /// <summary>Sets those members of a build whose values commands print.</summary>
    /// <param name="build">The build object.</param>
    /// <param name="isNeeded">Whether a parameter's command runs.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: a command gave no value.</exception>
    public void InjectCommands(object build, Predicate<ParameterDefinition> isNeeded)
    {
        foreach (var definition in Members)
        {
            if (
                Commands.Has(definition.Key)
                && Injection.IsSettable(definition)
                && isNeeded(definition)
                && Commands.Get(definition.Key) is { } value
            )
            {
                Injection.Set(build, definition, value);
            }
        }
    }

    /// <summary>A parameter's value; a command that prints it runs now, the first time. Null: it is not set.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: the member is no parameter, or the command gave no value.
    /// </exception>
    public object? GetValue(MemberInfo member)
    {
        var key = Find(member).Key;
        return _values.GetValueOrDefault(key) ?? Commands.Get(key);
    }

    /// <summary>Whether a parameter has a value from outside the build class.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: the member is no parameter.</exception>
    public bool IsSet(MemberInfo member) => IsSet(Find(member));

    /// <summary>One line for each of these parameters that is not set: its name, what it is, where it can come from.</summary>
    public IReadOnlyList<string> MissingMessage(IEnumerable<MemberInfo> required)
    {
        var missing = required
            .Select(Find)
            .Where(d => !IsSet(d))
            .DistinctBy(d => d.Key, StringComparer.Ordinal)
            .ToList();
        var width = missing.Select(d => d.Name.Length).DefaultIfEmpty().Max();
        return [.. missing.Select(d => Line(d, width))];
    }

    private bool IsSet(ParameterDefinition definition) =>
        _values.ContainsKey(definition.Key) || Commands.Has(definition.Key);

    private static string Line(ParameterDefinition definition, int width)
    {
        const int Widest = 98;
        var name = definition.Name.PadRight(width);
        var what = definition.IsSecret ? "secret" : definition.Description;
        var line = $"{name}   {what}, {definition.Sources}";
        return what.Length > 0 && line.Length <= Widest ? line : $"{name}   {definition.Sources}";
    }

    private ParameterDefinition Find(MemberInfo member) =>
        (_byMember.TryGetValue(Id(member), out var known) ? known : null)
        // a class that implements a component's parameter anew
        ?? Definitions.FirstOrDefault(d => ParameterName.AreSame(d.Member.Name, member.Name))
        ?? throw new OutcomeException(
            Outcome.Wrong,
            $"{member.DeclaringType?.Name}.{member.Name} is not a parameter: put [Parameter] on it."
        );

    // the same member seen through a derived type is another MemberInfo
    private static (Type?, string) Id(MemberInfo member) => (member.DeclaringType, member.Name);
}
