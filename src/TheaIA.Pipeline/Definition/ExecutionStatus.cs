namespace TheaIA.Pipeline;

/// <summary>Where a target stands in a run.</summary>
public enum ExecutionStatus
{
    /// <summary>It is not in the plan.</summary>
    None = 0,

    /// <summary>It will run.</summary>
    Scheduled,

    /// <summary>It did not start: something before it failed, or the run was interrupted.</summary>
    NotRun,

    /// <summary>It was left out by a condition or by <c>--skip</c>.</summary>
    Skipped,

    /// <summary>It did what it should, now or earlier (up to date).</summary>
    Succeeded,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It was cut off by Ctrl-C or SIGTERM.</summary>
    Aborted,

    /// <summary>It has no actions: it only stands for what it depends on.</summary>
    Collective,
}
