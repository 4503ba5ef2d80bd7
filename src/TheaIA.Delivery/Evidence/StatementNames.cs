namespace TheaIA.Delivery;

/// <summary>What a statement is called in file names and lists: by the gate that it answers.</summary>
internal static class StatementNames
{
    private const int Longest = 40;

    /// <summary>The gate of a predicate type; of one that no gate reads, its address in safe letters.</summary>
    public static string Gate(string predicateType) =>
        predicateType switch
        {
            Envelope.SignatureType => "signature",
            PredicateTypes.TestResult => "tests",
            PredicateTypes.Coverage => "coverage",
            PredicateTypes.Lint => "lint",
            PredicateTypes.Scan => "scan",
            PredicateTypes.Vulnerabilities => "vulnerabilities",
            PredicateTypes.CycloneDx => "sbom",
            PredicateTypes.Provenance => "provenance",
            PredicateTypes.Index => EvidenceIndex.Gate,
            _ => Safe(predicateType),
        };

    /// <summary>Letters and digits only: what a stranger wrote becomes no path.</summary>
    public static string Safe(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        var parts = string.Concat(
                (start < 0 ? text : text[(start + 3)..]).Select(c =>
                    char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' '
                )
            )
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var safe = string.Join('-', parts);
        return safe.Length switch
        {
            0 => "unknown",
            > Longest => safe[..Longest],
            _ => safe,
        };
    }

    /// <summary>One printable line: what a stranger wrote moves no cursor.</summary>
    public static string Line(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
