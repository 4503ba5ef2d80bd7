namespace TheaIA.Delivery;

/// <summary>A finding that a person answers for, until a day.</summary>
/// <param name="Id">The finding's id: <c>CVE-2026-1234</c>, or gitleaks' fingerprint.</param>
/// <param name="Subject">The package and version, or file and line. Null: whatever has that id.</param>
/// <param name="Reason">Why it may be there.</param>
/// <param name="Expires">The last day on which it is accepted, in UTC.</param>
/// <param name="By">Who answers for it.</param>
public sealed record AcceptedFinding(
    string Id,
    string? Subject,
    string Reason,
    DateOnly Expires,
    string By
)
{
    /// <summary>It speaks of this finding.</summary>
    internal bool Fits(Finding finding) =>
        string.Equals(Id, finding.Id, StringComparison.OrdinalIgnoreCase)
        && (
            Subject is null
            || string.Equals(Subject, finding.Subject, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>It holds on this day.</summary>
    internal bool Holds(DateOnly today) => today <= Expires;
}
