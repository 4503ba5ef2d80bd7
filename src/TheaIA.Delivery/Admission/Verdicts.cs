using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Brings what was attested and what this run claims to one answer a wanted gate.</summary>
internal static class Verdicts
{
    /// <summary>
    /// One check a wanted gate, for this digest only. What this run claims about itself counts in a
    /// forgiving place alone. A waiver stands over a fail, a fail over a pass.
    /// </summary>
    public static IReadOnlyList<Check> Judge(
        Policy policy,
        Claim what,
        IEnumerable<Check> attested,
        IEnumerable<Check> claimed
    )
    {
        var known = attested
            .Concat(policy.Forgiving ? claimed : [])
            .Where(c => c.Digest == what.Digest)
            .ToLookup(c => c.Gate, StringComparer.Ordinal);
        return [.. policy.Wanted.Select(gate => One(known[gate], gate, what))];
    }

    /// <summary>Whether a place with this policy lets a check through.</summary>
    public static bool LetsThrough(this Policy policy, Check check) =>
        check.Verdict is Verdict.Pass or Verdict.Waived
        || (policy.Forgiving && check.Verdict == Verdict.Unknown);

    private static Check One(IEnumerable<Check> checks, string gate, Claim what) =>
        checks.OrderBy(c => Rank(c.Verdict)).FirstOrDefault()
        ?? new Check(
            gate,
            what.Digest,
            Verdict.Unknown,
            $"no signed attestation for {what.Short}: nobody made this check"
        );

    private static int Rank(Verdict verdict) =>
        verdict switch
        {
            Verdict.Waived => 0,
            Verdict.Fail => 1,
            Verdict.Pass => 2,
            _ => 3,
        };
}
