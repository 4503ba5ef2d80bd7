using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What this engine adds to the NUKE model.</summary>
public static class TargetExtensions
{
    /// <summary>Adds an action that is told when to stop.</summary>
    /// <param name="definition">The target.</param>
    /// <param name="action">Its token ends with Ctrl-C, SIGTERM and the time limit.</param>
    public static ITargetDefinition Executes(
        this ITargetDefinition definition,
        Func<CancellationToken, Task> action
    )
    {
        Own(definition).Actions.Add(action);
        return definition;
    }

    /// <summary>Limits the time of one attempt. At the limit the token ends and the target fails.</summary>
    /// <param name="definition">The target; not an <see cref="Effect"/>.</param>
    /// <param name="limit">More than zero, at most 49 days. Default: no limit.</param>
    public static ITargetDefinition Within(this ITargetDefinition definition, TimeSpan limit)
    {
        Own(definition).Limit = limit;
        return definition;
    }

    /// <summary>Tries again after a failure. A refusal and a wrong command line are not tried again.</summary>
    /// <param name="definition">The target; not an <see cref="Effect"/>.</param>
    /// <param name="times">Attempts in all; at least 1, the default.</param>
    /// <param name="backoff">The wait before each further attempt, at most 49 days. Default: none.</param>
    public static ITargetDefinition Retry(
        this ITargetDefinition definition,
        int times,
        TimeSpan? backoff = null
    )
    {
        var own = Own(definition);
        own.Attempts = times;
        own.Backoff = backoff ?? TimeSpan.Zero;
        return definition;
    }

    /// <summary>Targets that share a resource never run together.</summary>
    /// <param name="definition">The target.</param>
    /// <param name="resources">Names; they ignore case.</param>
    public static ITargetDefinition Exclusive(
        this ITargetDefinition definition,
        params string[] resources
    )
    {
        var own = Own(definition);
        own.Resources = [.. own.Resources, .. resources];
        return definition;
    }

    /// <summary>
    /// Files that the target reads. When none changed since it succeeded, its outputs are there and the
    /// program and keys are the same, it is up to date and does not run. Without inputs and keys it always runs.
    /// </summary>
    /// <param name="definition">The target.</param>
    /// <param name="globs">
    /// Below the root: <c>src/**/*.cs</c>; <c>!</c> in front takes files out. A link to a file counts as that
    /// file; what lies behind a link to a folder does not count. A name that is not UTF-8 counts as changed
    /// each time.
    /// </param>
    public static ITargetDefinition Inputs(this ITargetDefinition definition, params string[] globs)
    {
        var own = Own(definition);
        own.Inputs = [.. own.Inputs, .. globs.Select(Relative)];
        return definition;
    }

    /// <summary>
    /// Values besides files that the result depends on: a parameter, a tool's version. Without
    /// <see cref="Inputs"/> it is up to date on them alone.
    /// </summary>
    /// <param name="definition">The target.</param>
    /// <param name="keys">Asked before the target runs; only a hash of the value is kept.</param>
    public static ITargetDefinition InputKeys(
        this ITargetDefinition definition,
        params Func<string?>[] keys
    )
    {
        var own = Own(definition);
        foreach (var key in keys)
        {
            var name = FormattableString.Invariant($"input key {own.InputKeys.Length + 1}");
            own.InputKeys = [.. own.InputKeys, new(name, key)];
        }

        return definition;
    }

    /// <summary>A value besides files that the result depends on, with a name for the reason of a run.</summary>
    /// <param name="definition">The target.</param>
    /// <param name="name">As it reads behind <c>changed: </c>: <c>the SDK's version</c>. No secret.</param>
    /// <param name="key">Asked before the target runs; only a hash of the value is kept.</param>
    public static ITargetDefinition InputKey(
        this ITargetDefinition definition,
        string name,
        Func<string?> key
    )
    {
        var own = Own(definition);
        own.InputKeys = [.. own.InputKeys, new(name, key)];
        return definition;
    }

    /// <summary>
    /// Files that the target makes. One that is missing or changed makes it run again, and so does it when
    /// none at all is there; what lies behind a link to a folder does not count. With
    /// <c>--cache</c> they are kept there and restored, so name all that others need; what these globs
    /// name and the target did not make is then removed.
    /// </summary>
    /// <param name="definition">The target; not an <see cref="Effect"/>.</param>
    /// <param name="globs">Relative to the root. Of a link, where it leads is kept; folders without files are not.</param>
    public static ITargetDefinition Outputs(
        this ITargetDefinition definition,
        params string[] globs
    )
    {
        var own = Own(definition);
        own.Outputs = [.. own.Outputs, .. globs.Select(Relative)];
        return definition;
    }

    /// <summary>
    /// The target makes more than its <see cref="Outputs"/>: packages in the user's folder, a compiler's
    /// notes. It may be up to date, but is never restored from a cache.
    /// </summary>
    /// <param name="definition">The target.</param>
    public static ITargetDefinition Uncached(this ITargetDefinition definition)
    {
        Own(definition).IsUncached = true;
        return definition;
    }

    /// <summary>
    /// The target changes the world outside the work tree. It is never up to date or restored from a
    /// cache, has no time limit, is not tried again and is not left behind while it works.
    /// </summary>
    /// <param name="definition">The target.</param>
    public static ITargetDefinition Effect(this ITargetDefinition definition)
    {
        Own(definition).IsEffect = true;
        return definition;
    }

    /// <summary>Measured before the actions, each time; only pass and waived let the target run (else exit 3).</summary>
    /// <param name="definition">The target.</param>
    /// <param name="gates">The gates.</param>
    public static ITargetDefinition Gate(this ITargetDefinition definition, params IGate[] gates)
    {
        var own = Own(definition);
        own.Gates = [.. own.Gates, .. gates];
        return definition;
    }

    /// <summary>
    /// The time from build.sh's first line to the target's actions. Told before the run starts when by
    /// past runs it will not do; over it, the target is refused (exit 3) before its gates are measured.
    /// </summary>
    /// <param name="definition">The target.</param>
    /// <param name="limit">More than zero. Default: no budget.</param>
    /// <param name="binds">False: going over is noted only. Asked when it is over. Default: it binds.</param>
    public static ITargetDefinition Budget(
        this ITargetDefinition definition,
        TimeSpan limit,
        Func<bool>? binds = null
    )
    {
        Own(definition).Budget = new TimeBudget(limit, binds ?? (static () => true));
        return definition;
    }

    /// <summary>
    /// Asked before any target of the plan runs, when this one will not be skipped. An
    /// <see cref="OutcomeException"/> refuses the run.
    /// </summary>
    /// <param name="definition">The target.</param>
    /// <param name="check">The check.</param>
    public static ITargetDefinition Preflight(
        this ITargetDefinition definition,
        Func<CancellationToken, Task> check
    )
    {
        var own = Own(definition);
        own.Preflights = [.. own.Preflights, check];
        return definition;
    }

    /// <summary>The target only reads: a run of nothing but such targets waits for no other run.</summary>
    /// <param name="definition">The target.</param>
    public static ITargetDefinition Concurrent(this ITargetDefinition definition)
    {
        Own(definition).IsConcurrent = true;
        return definition;
    }

    /// <summary>
    /// The target leads back to what worked, so it must run when much else is broken. Where only such
    /// targets are named, what is wrong in the checkout's parameter files is said and stops nothing; of a
    /// file that is no JSON nothing counts, else what can be read. The command line and the environment
    /// still have to be right.
    /// </summary>
    /// <param name="definition">The target.</param>
    public static ITargetDefinition WayBack(this ITargetDefinition definition)
    {
        Own(definition).IsWayBack = true;
        return definition;
    }

    private static TargetDefinition Own(ITargetDefinition definition) =>
        definition as TargetDefinition
        ?? throw new ArgumentException(
            "The definition was not made by this engine.",
            nameof(definition)
        );

    // RootDirectory / "src" becomes a text of its own accord, and that is absolute
    private static string Relative(string glob)
    {
        var root = RunScope.OrNull?.Root.ToString();
        var excludes = glob.StartsWith('!') ? "!" : "";
        var path = glob[excludes.Length..];
        return root is not null && path.StartsWith(root + "/", StringComparison.Ordinal)
            ? excludes + path[(root.Length + 1)..]
            : glob;
    }
}
