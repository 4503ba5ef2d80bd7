namespace TheaIA.Delivery;

/// <summary>Something that a scan found.</summary>
/// <param name="Id">As it is known: <c>CVE-2026-1234</c>, or a rule and its place for a secret.</param>
/// <param name="Severity">How bad its source says it is.</param>
/// <param name="Subject">The package and version, or the file and line, that it is about. Never the secret itself.</param>
public sealed record Finding(string Id, Severity Severity, string Subject);

/// <summary>How bad a finding is. High and critical ones fail the gate (mission row M12).</summary>
public enum Severity
{
    /// <summary>Its source does not say: counts as high.</summary>
    Unknown = 0,

    /// <summary>Low, negligible or informational.</summary>
    Low,

    /// <summary>Medium or moderate.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>Critical.</summary>
    Critical,
}

/// <summary>What one source found.</summary>
/// <param name="Source">Who looked: <c>gitleaks over 12 commits</c>, <c>ECR scan of sha256:4be1f0aa9c02</c>.</param>
/// <param name="Findings">What it found; empty: it looked and found nothing.</param>
public sealed record FindingsReport(string Source, IReadOnlyList<Finding> Findings)
{
    /// <summary>Why nobody knows: the source was not reachable or had not looked. Null: it looked.</summary>
    public string? Unknown { get; init; }
}
