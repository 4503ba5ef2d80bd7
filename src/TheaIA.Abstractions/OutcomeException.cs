namespace TheaIA.Abstractions;

/// <summary>
/// Ends a target with an outcome of its own. The message is one sentence for a person: the fact, the
/// culprit, the next command. It is printed without a stack trace.
/// </summary>
/// <param name="outcome">The exit code that the run ends with.</param>
/// <param name="message">One sentence: what happened, to what, and what to type next.</param>
/// <param name="inner">What caused it; kept for the log.</param>
public sealed class OutcomeException(Outcome outcome, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The exit code that the run ends with; <see cref="Outcome.Failed"/> for a number that is none.</summary>
    public Outcome Outcome { get; } = Enum.IsDefined(outcome) ? outcome : Outcome.Failed;

    /// <summary>Lines below the message: culprits, last log lines. Default: none.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The run's last line: what is true now and what to type next. Null: the engine's own.</summary>
    public string? Closing { get; init; }
}
