namespace TheaIA.Abstractions;

/// <summary>How a run ended; the value is the exit code of the process.</summary>
public enum Outcome
{
    /// <summary>0: done.</summary>
    Done = 0,

    /// <summary>1: a target failed; also a lease not had in time, a ledger that was changed.</summary>
    Failed = 1,

    /// <summary>2: the command line, a parameter or the build program is wrong; nothing changed.</summary>
    Wrong = 2,

    /// <summary>3: a gate said no, or nobody could say yes.</summary>
    Refused = 3,

    /// <summary>4: the deployment failed and was rolled back; the place is as before.</summary>
    RolledBack = 4,

    /// <summary>5: a rollback failed: call someone.</summary>
    RollbackFailed = 5,

    /// <summary>130: Ctrl-C (128 + SIGINT).</summary>
    Interrupted = 130,

    /// <summary>143: SIGTERM (128 + SIGTERM).</summary>
    Terminated = 143,
}
