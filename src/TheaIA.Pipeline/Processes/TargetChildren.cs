namespace TheaIA.Pipeline;

/// <summary>
/// Ends what the code of targets started by itself. Whose child a process is, nobody can tell while
/// several targets run: then it ends with the run. What the engine's runner started ends with its
/// target, and is none of this.
/// </summary>
/// <param name="running">What runs.</param>
/// <param name="owns">This process is the run's own; in a test's process others have children too.</param>
internal sealed class TargetChildren(RunningTargets running, bool owns)
{
    /// <summary>How long a process may take to end after SIGTERM.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private Task? _interrupted;

    /// <summary>Ends those of a target that is over its time limit.</summary>
    /// <returns>Why some may be left; null: none is.</returns>
    public async Task<string?> EndAsync(ExecutableTarget target)
    {
        if (!owns || !Descendants.MayExist)
        {
            return null;
        }

        if (running.IsAlone(target))
        {
            await Descendants.EndAsync(Patience);
            return null;
        }

        return Descendants.AnyUnmarked()
            ? "other targets run beside it: what its code started by itself ends with the run"
            : null;
    }

    /// <summary>
    /// The run was told to end: ends all, unless a target runs that goes on (an effect to its next safe
    /// point, an assured one to its end); then the end of the run does it.
    /// </summary>
    public Task InterruptedAsync()
    {
        lock (_gate)
        {
            return _interrupted ??=
                owns && !running.Any(t => t.Definition.GoesOn)
                    ? Descendants.EndAsync(Patience)
                    : Task.CompletedTask;
        }
    }

    /// <summary>All targets have ended; so does what they left.</summary>
    /// <returns>What had to be ended, as a person reads it.</returns>
    public async Task<IReadOnlyList<string>> EndAllAsync() =>
        owns && Descendants.MayExist ? await Descendants.EndAsync(Patience) : [];
}
