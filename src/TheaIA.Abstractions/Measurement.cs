namespace TheaIA.Abstractions;

/// <summary>One answer of a gate: the verdict and what it rests on.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Value">What was measured, as a person reads it: <c>97.1 % of 6 240 lines</c>.</param>
/// <param name="Limit">The goal, as a person reads it: <c>&gt;= 98 %</c>; empty when there is none.</param>
/// <param name="Source">Where the value comes from: a file, an address, an attestation.</param>
public sealed record Measurement(
    Verdict Verdict,
    string Value,
    string Limit = "",
    string Source = ""
)
{
    /// <summary>Lines for the person who has to mend it: culprits, report. Default: none.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
