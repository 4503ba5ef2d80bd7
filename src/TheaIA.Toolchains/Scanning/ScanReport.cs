namespace TheaIA.Toolchains;

/// <summary>What one source found.</summary>
/// <param name="Source">Who looked, and where: <c>gitleaks over 12 commits</c>.</param>
/// <param name="Findings">What it found; empty: it looked and found nothing.</param>
public sealed record ScanReport(string Source, IReadOnlyList<ScanFinding> Findings)
{
    /// <summary>
    /// Why nobody knows: the source could not be reached, or did not look everywhere. What it found all the
    /// same counts. Null: it looked.
    /// </summary>
    public string? Unknown { get; init; }
}

/// <summary>Something that a scan found. Never the secret itself.</summary>
/// <param name="Id">As it is known: <c>GHSA-...</c>, or gitleaks' fingerprint (commit, file, rule, line).</param>
/// <param name="Severity">The source's own word for how bad it is: <c>High</c>. Empty: it does not say.</param>
/// <param name="Subject">What it is about: a package and its version, or a file, its line and commit.</param>
public sealed record ScanFinding(string Id, string Severity, string Subject);
