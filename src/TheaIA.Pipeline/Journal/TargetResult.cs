using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What became of a target, as journal and report tell it.</summary>
internal enum TargetResult
{
    /// <summary>Its turn has not come.</summary>
    Waiting,

    /// <summary>It works, or did when the run was cut off.</summary>
    Running,

    /// <summary>It did what it should.</summary>
    Done,

    /// <summary>It did not run: nothing changed since it succeeded.</summary>
    UpToDate,

    /// <summary>Its outputs came from a cache.</summary>
    Restored,

    /// <summary>It did not run: the run that this one goes on with had done it.</summary>
    Continued,

    /// <summary>It has no actions: it stands for what it depends on.</summary>
    Collective,

    /// <summary>A condition or <c>--skip</c> left it out.</summary>
    Skipped,

    Failed,

    /// <summary>A gate stopped it.</summary>
    Refused,

    /// <summary>Ctrl-C or SIGTERM cut it off.</summary>
    Interrupted,

    /// <summary>Something before it failed, or the run was interrupted.</summary>
    NotStarted,
}

/// <summary>Finds a target's result.</summary>
internal static class TargetResults
{
    public static TargetResult Of(ExecutableTarget target) =>
        target.Status switch
        {
            ExecutionStatus.Succeeded when target.IsRestored => TargetResult.Restored,
            ExecutionStatus.Succeeded when target.UpToDate => TargetResult.UpToDate,
            ExecutionStatus.Succeeded when target.Continued is not null => TargetResult.Continued,
            ExecutionStatus.Succeeded => TargetResult.Done,
            ExecutionStatus.Failed when target.Outcome == Outcome.Refused => TargetResult.Refused,
            ExecutionStatus.Failed => TargetResult.Failed,
            ExecutionStatus.Aborted => TargetResult.Interrupted,
            ExecutionStatus.Skipped => TargetResult.Skipped,
            ExecutionStatus.Collective => TargetResult.Collective,
            ExecutionStatus.Running => TargetResult.Running,
            ExecutionStatus.NotRun => TargetResult.NotStarted,
            _ => TargetResult.Waiting,
        };

    /// <summary>It did something that took its time.</summary>
    public static bool Ran(TargetRecord target) =>
        target.Result
            is TargetResult.Done
                or TargetResult.Failed
                or TargetResult.Refused
                or TargetResult.Interrupted;

    /// <summary>The mark in front of its line, as the run showed it.</summary>
    public static string Mark(TargetRecord target) =>
        target.Result switch
        {
            TargetResult.Done when target.IsNote => "note",
            TargetResult.Done => "ok",
            TargetResult.UpToDate or TargetResult.Restored or TargetResult.Continued => "same",
            TargetResult.Failed => "FAIL",
            TargetResult.Refused => "NO",
            _ => "-",
        };

    /// <summary>The result in a person's words.</summary>
    public static string Words(TargetRecord target, RunRecord run) =>
        target.Result switch
        {
            TargetResult.Running when run.State == RunState.Running => "at work",
            TargetResult.Running => "cut off",
            TargetResult.Done => "done",
            TargetResult.UpToDate => "up to date",
            TargetResult.Restored => "from the cache",
            TargetResult.Continued => "done before",
            TargetResult.Skipped => "skipped",
            TargetResult.Failed => "failed",
            TargetResult.Refused => "refused",
            TargetResult.Interrupted => "interrupted",
            _ => "not started",
        };
}
