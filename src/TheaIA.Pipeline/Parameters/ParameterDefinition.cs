using System.Reflection;

namespace TheaIA.Pipeline;

/// <summary>A parameter as the build class or a component declares it.</summary>
/// <param name="Name">Its name: <c>RailwayToken</c>.</param>
/// <param name="Option">As typed: <c>--railway-token</c>.</param>
/// <param name="Type">The member's type, without a Nullable around it.</param>
/// <param name="Description">A few words; empty when there are none.</param>
/// <param name="IsSecret">Never printed; from the environment, a file outside, or a command.</param>
/// <param name="IsRequired">Nothing runs without it.</param>
/// <param name="IsCommandLineOnly">From the command line only.</param>
/// <param name="Member">The property or field.</param>
internal sealed record ParameterDefinition(
    string Name,
    string Option,
    Type Type,
    string Description,
    bool IsSecret,
    bool IsRequired,
    bool IsCommandLineOnly,
    MemberInfo Member
)
{
    /// <summary>As an environment variable: <c>RAILWAY_TOKEN</c>.</summary>
    public string Variable { get; } = ParameterName.Variable(Name);

    /// <summary>What makes its name the same as another: <c>railwaytoken</c>.</summary>
    public string Key { get; } = ParameterName.Key(Name);

    /// <summary>What stands between the items of a list; empty: nothing splits.</summary>
    public string Separator { get; init; } = ",";

    /// <summary>Whether <c>--help</c> lists it.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>The numbers that are allowed. Null: all of its type.</summary>
    public RangeAttribute? Range { get; init; }

    /// <summary>The targets that it is for, when it is from the command line only. Empty: all.</summary>
    public IReadOnlyList<string> Targets
    {
        get => field ?? Typed?.Targets ?? [];
        init;
    }

    /// <summary>Another target and its option that means the same: <c>Rollback --to</c>. Null: none.</summary>
    public string? Instead
    {
        get => field ?? Typed?.Instead;
        init;
    }

    /// <summary>A member of the build class that gives the texts that are allowed. Null: any.</summary>
    public string? ValueProviderMember { get; init; }

    /// <summary>Made only when it is asked for: an attribute's properties cost every start milliseconds.</summary>
    private CommandLineOnlyAttribute? Typed =>
        Member.GetCustomAttribute<CommandLineOnlyAttribute>(inherit: false);

    /// <summary>It may stand without a value: <c>--fix</c>.</summary>
    public bool IsSwitch => Type == typeof(bool);

    /// <summary>It takes several words.</summary>
    public bool IsList => CollectionType.Of(Type) is not null;

    /// <summary>The texts that its type allows, for help; empty when they cannot be listed.</summary>
    public IReadOnlyList<string> Values => ValueKind.Values(CollectionType.Of(Type)?.Item ?? Type);

    /// <summary>Where it can come from, for a person: <c>--timeout, environment variable TIMEOUT or ...</c>.</summary>
    public string Sources =>
        IsCommandLineOnly ? Option
        : IsSecret ? $"environment variable {Variable} or {Variable}_FILE"
        : $"{Option}, environment variable {Variable} or .nuke/parameters.json";
}
