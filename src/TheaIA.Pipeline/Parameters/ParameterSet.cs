using System.Diagnostics.CodeAnalysis;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>The parameters of a build, one a name; several members may declare the same one.</summary>
internal sealed class ParameterSet
{
    private readonly List<string> _keys = [];
    private readonly Dictionary<string, ParameterDefinition> _byKey = new(StringComparer.Ordinal);

    /// <summary>One a member.</summary>
    public List<ParameterDefinition> Members { get; } = [];

    /// <summary>One a name, in the order of their first members.</summary>
    public IReadOnlyList<ParameterDefinition> All => _keys.ConvertAll(key => _byKey[key]);

    /// <summary>Finds one by <see cref="ParameterName.Key"/>.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out ParameterDefinition? definition) =>
        _byKey.TryGetValue(key, out definition);

    /// <summary>Adds a member. What one member keeps from people, no other gives away.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: an engine's option, or another type, has that name.
    /// </exception>
    public void Add(ParameterDefinition member)
    {
        if (EngineOption.ByKey.TryGetValue(member.Key, out var own) && !own.IsShared)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"The parameter {Where(member)} has the name of the engine's own option {own.Option}: give it another name."
            );
        }

        Members.Add(member);
        if (!_byKey.TryGetValue(member.Key, out var first))
        {
            _keys.Add(member.Key);
            _byKey.Add(member.Key, member);
            return;
        }

        if (first.Type != member.Type)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"The parameters {Where(first)} and {Where(member)} have one name but two types: give one another name."
            );
        }

        _byKey[member.Key] = first with
        {
            Description = first.Description.Length > 0 ? first.Description : member.Description,
            IsSecret = first.IsSecret || member.IsSecret,
            IsRequired = first.IsRequired || member.IsRequired,
            IsCommandLineOnly = first.IsCommandLineOnly || member.IsCommandLineOnly,
            Range = first.Range ?? member.Range,
            Targets =
                first.Targets.Count > 0 && member.Targets.Count > 0
                    ? [.. first.Targets.Union(member.Targets, StringComparer.OrdinalIgnoreCase)]
                    : [],
            Instead = first.Instead ?? member.Instead,
            ValueProviderMember = first.ValueProviderMember ?? member.ValueProviderMember,
        };
    }

    private static string Where(ParameterDefinition definition) =>
        $"{definition.Member.DeclaringType?.Name}.{definition.Name}";
}
