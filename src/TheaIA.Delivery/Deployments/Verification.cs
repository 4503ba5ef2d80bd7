using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>What came out of measuring a release: bad, good, or nobody could say.</summary>
internal sealed record Verification(Verdict Verdict, IReadOnlyList<Check> Checks)
{
    /// <summary>The measurements that are about this digest; none at all is unknown.</summary>
    public static Verification Of(string digest, IReadOnlyList<Check> measured)
    {
        List<Check> checks = [.. measured.Where(c => c.Digest == digest)];
        var verdict =
            checks.Exists(c => c.Verdict == Verdict.Fail) ? Verdict.Fail
            : checks.Count > 0
            && checks.TrueForAll(c => c.Verdict is Verdict.Pass or Verdict.Waived)
                ? Verdict.Pass
            : Verdict.Unknown;
        return new Verification(verdict, checks);
    }

    /// <summary>Everything measured, as a rollback shows it.</summary>
    public string Figure => Checks.Count == 0 ? "nothing could be measured" : Join(Checks);

    /// <summary>What is bad, or what nobody could measure.</summary>
    public string Culprits =>
        Checks.Count == 0
            ? "nothing could be measured"
            : Join(Checks.Where(c => c.Verdict == Verdict));

    /// <summary>What was measured of requests while it was switched; empty when nothing was.</summary>
    public string Requests =>
        Checks.FirstOrDefault(c => c is { Gate: "requests", Verdict: Verdict.Pass }) is { } check
            ? $", {check.Value}"
            : "";

    private static string Join(IEnumerable<Check> checks) =>
        string.Join(
            ", ",
            checks.Select(c =>
                c.Value.Length > 0 ? c.Value
                : c.Verdict == Verdict.Pass ? c.Gate
                : $"{c.Gate}: {c.Source}"
            )
        );
}
