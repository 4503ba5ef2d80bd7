using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>One check of one digest.</summary>
/// <param name="Gate">The gate's name: <c>coverage</c>.</param>
/// <param name="Digest">What was checked.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Source">Where the answer comes from, or why there is none.</param>
public sealed record Check(string Gate, string Digest, Verdict Verdict, string Source)
{
    /// <summary>What was measured, with its goal: <c>98.7 % [&gt;= 98 %]</c>. Default: empty.</summary>
    public string Value { get; init; } = "";
}
