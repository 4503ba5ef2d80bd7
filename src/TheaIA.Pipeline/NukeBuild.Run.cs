namespace TheaIA.Pipeline;

public abstract partial class NukeBuild
{
    private IReadOnlyList<ExecutableTarget> _plan = [];
    private SkipRules? _skips;

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. _plan.Where(t => t.Invoked)];

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => In(ExecutionStatus.Skipped);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => In(ExecutionStatus.Scheduled);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> RunningTargets => In(ExecutionStatus.Running);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> FailedTargets =>
        In(ExecutionStatus.Failed, ExecutionStatus.Aborted);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets =>
        In(ExecutionStatus.Succeeded, ExecutionStatus.Collective);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> FinishedTargets =>
        [
            .. _plan.Where(t =>
                t.Status
                    is not (
                        ExecutionStatus.None
                        or ExecutionStatus.Scheduled
                        or ExecutionStatus.Running
                    )
            ),
        ];

    /// <inheritdoc/>
    public bool IsSucceeding => !IsFailing;

    /// <inheritdoc/>
    public bool IsFailing =>
        In(ExecutionStatus.Failed, ExecutionStatus.Aborted, ExecutionStatus.NotRun).Count > 0;

    /// <inheritdoc/>
    public int? ExitCode { get; internal set; }

    AbsolutePath INukeBuild.RootDirectory => RootDirectory;
    AbsolutePath INukeBuild.TemporaryDirectory => TemporaryDirectory;
    AbsolutePath? INukeBuild.BuildProjectFile => BuildProjectFile;
    Verbosity INukeBuild.Verbosity => Verbosity;
    Host INukeBuild.Host => Host;
    bool INukeBuild.IsLocalBuild => IsLocalBuild;
    bool INukeBuild.IsServerBuild => IsServerBuild;

    /// <summary>Called when the object is made and its parameters are set.</summary>
    protected internal virtual void OnBuildCreated() { }

    /// <summary>Called when the plan is made, before anything runs.</summary>
    protected internal virtual void OnBuildInitialized() { }

    /// <summary>Called when all has ended; <see cref="ExitCode"/> is known.</summary>
    protected internal virtual void OnBuildFinished() { }

    /// <summary>Called before a target's gates and actions.</summary>
    /// <param name="target">Its name.</param>
    protected internal virtual void OnTargetRunning(string target) { }

    /// <summary>Called when a target is left out.</summary>
    /// <param name="target">Its name.</param>
    protected internal virtual void OnTargetSkipped(string target) { }

    /// <summary>Called when a target did what it should, or was up to date.</summary>
    /// <param name="target">Its name.</param>
    protected internal virtual void OnTargetSucceeded(string target) { }

    /// <summary>Called when a target failed.</summary>
    /// <param name="target">Its name.</param>
    protected internal virtual void OnTargetFailed(string target) { }

    internal void Take(Plan plan) => (_plan, _skips) = (plan.Targets, plan.Skips);

    /// <summary>A target's condition skipped it at its turn.</summary>
    /// <returns>What was left out with it: what only it triggers.</returns>
    internal IReadOnlyList<ExecutableTarget> TargetSkipped(ExecutableTarget target)
    {
        target.Status = ExecutionStatus.Skipped;
        OnTargetSkipped(target.Name);
        var also = _skips!.Follow(target);
        foreach (var other in also)
        {
            OnTargetSkipped(other.Name);
        }

        return also;
    }

    internal void TargetSucceeded(ExecutableTarget target)
    {
        var collective = target.Definition is { Actions.Count: 0, Gates.Length: 0 };
        target.Status = collective ? ExecutionStatus.Collective : ExecutionStatus.Succeeded;
        OnTargetSucceeded(target.Name);
    }

    private List<ExecutableTarget> In(params ReadOnlySpan<ExecutionStatus> statuses)
    {
        var found = new List<ExecutableTarget>();
        foreach (var target in _plan)
        {
            if (statuses.Contains(target.Status))
            {
                found.Add(target);
            }
        }

        return found;
    }
}
