namespace TheaIA.Delivery;

/// <summary>What a place wants to know about a digest before it may run there.</summary>
/// <param name="Wanted">Gate names: each must be pass or waived.</param>
/// <param name="Forgiving">An unknown or a missing signature is noted and let through (development).</param>
public sealed record Policy(IReadOnlyList<string> Wanted, bool Forgiving)
{
    /// <summary>
    /// Whose signatures count; <c>--trusted-key</c> takes their place. None: in a strict place nothing is
    /// attested. Default: none.
    /// </summary>
    public IReadOnlyList<TrustedKey> TrustedKeys { get; init; } = [];

    /// <summary>Development: unknowns are noted in the ledger.</summary>
    public static Policy Forgive { get; } = new(StrictChecks, Forgiving: true);

    /// <summary>Everywhere else: each needs a signed attestation on the digest.</summary>
    public static Policy Strict { get; } = new(StrictChecks, Forgiving: false);

    private static IReadOnlyList<string> StrictChecks =>
        ["signature", "tests", "coverage", "lint", "scan", "vulnerabilities", "sbom", "provenance"];

    /// <summary>This policy without one gate, where a place has no source for it.</summary>
    /// <param name="gate">The gate's name.</param>
    public Policy Without(string gate) => this with { Wanted = [.. Wanted.Where(w => w != gate)] };
}
