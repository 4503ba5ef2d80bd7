namespace TheaIA.Pipeline;

/// <summary>
/// A property or field of a build class or component that a person sets: on the command line, in the
/// environment, in <c>.nuke/parameters.PROFILE.json</c> or <c>.nuke/parameters.json</c>, in this order.
/// </summary>
/// <param name="description">A few words for <c>--help</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ParameterAttribute(string? description = null) : Attribute
{
    /// <summary>A few words for <c>--help</c>. Null: none.</summary>
    public string? Description { get; } = description;

    /// <summary>The name. Null: the member's own.</summary>
    public string? Name { get; set; }

    /// <summary>What stands between the items of a list. Null: a comma. Empty: nothing splits.</summary>
    public string? Separator { get; set; }

    /// <summary>Whether <c>--help</c> lists it. Default: true.</summary>
    public bool List { get; set; } = true;

    /// <summary>A member of the build class that gives the texts that are allowed. Null: any.</summary>
    public string? ValueProviderMember { get; set; }
}

/// <summary>
/// A parameter that is never printed. It comes from the environment, or from the file that
/// <c>NAME_FILE</c> names; the command line and files in the checkout are refused. A parameter file may
/// name a program that prints it: <c>"Token": { "command": ["pass", "show", "token"] }</c>.
/// </summary>
/// <remarks>
/// Such a program runs at most once a run, and not for <c>--help</c>, <c>--list</c> and <c>--plan</c>. It
/// runs when <see cref="INukeBuild.TryGetValue{T}(System.Linq.Expressions.Expression{Func{T}})"/> asks for
/// the value. For a field or an automatic property it runs before the first target, if a target that runs
/// requires the parameter, and in each run if no target requires it.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SecretAttribute : Attribute;

/// <summary>A number that must be within bounds, both allowed; any other does not convert (exit 2).</summary>
/// <param name="least">The least that is allowed.</param>
/// <param name="most">The most that is allowed.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RangeAttribute(long least, long most) : Attribute
{
    /// <summary>The least that is allowed.</summary>
    public long Least { get; } = least;

    /// <summary>The most that is allowed.</summary>
    public long Most { get; } = most;
}

/// <summary>A parameter without which nothing runs.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RequiredAttribute : Attribute;

/// <summary>
/// A parameter with consequences: taken from the command line and from nowhere else, so that a stray
/// variable deploys nothing.
/// </summary>
/// <param name="targets">
/// The targets that it is for: where it is given and none of them is in the plan, nothing runs (exit 2),
/// since what was asked for would be left out in silence. None named: it may always be given.
/// </param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class CommandLineOnlyAttribute(params string[] targets) : Attribute
{
    /// <summary>The targets that it is for. Empty: all.</summary>
    public IReadOnlyList<string> Targets { get; } = targets;

    /// <summary>
    /// Another target, and its option that means the same: <c>Rollback --to</c>. Told when that target is
    /// in the plan instead. Null: there is none.
    /// </summary>
    public string? Instead { get; set; }
}
