using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>What Scan found in this run, for the release that is made of it.</summary>
/// <param name="Secrets">The gate <c>scan</c>: secrets in the commits and the image's own layers.</param>
/// <param name="SecretsUntil">The last day on which what was accepted of them is; null: nothing was.</param>
/// <param name="Packages">Who looked for vulnerabilities, and what was found.</param>
/// <param name="Accepted">What people answer for.</param>
internal sealed record Scanned(
    Measurement Secrets,
    DateOnly? SecretsUntil,
    IReadOnlyList<FindingsReport> Packages,
    AcceptedFindings Accepted
);
