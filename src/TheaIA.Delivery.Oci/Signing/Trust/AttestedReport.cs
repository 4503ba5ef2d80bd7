using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Signing.Trust;

/// <summary>What the statements about a release come to: one check a gate, and one for the signature.</summary>
internal static class AttestedReport
{
    /// <summary>The gate that a signature answers.</summary>
    public const string SignatureGate = "signature";

    private static readonly string[] Types =
    [
        PredicateTypes.TestResult,
        PredicateTypes.Coverage,
        PredicateTypes.Lint,
        PredicateTypes.Scan,
        PredicateTypes.Vulnerabilities,
        PredicateTypes.CycloneDx,
        PredicateTypes.Provenance,
    ];

    private static readonly JsonElement Nothing = JsonElement.Parse("{}"u8);

    /// <summary>Brings them together.</summary>
    public static Attested Of(Release release, IReadOnlyList<Judged> judged) =>
        new([Signature(release, judged), .. Gates(release, judged)])
        {
            MadeIn = Newest.Of(release, Attestations(judged, PredicateTypes.Provenance))
                is { Statement.Predicate: { } provenance }
                ? Predicates.MadeIn(provenance)
                : TimeSpan.Zero,
        };

    private static Check Signature(Release release, IReadOnlyList<Judged> judged)
    {
        var signatures = judged.Where(j => j.Statement.IsSignature).ToList();
        var good = signatures.Where(j => j.Counts).Select(j => j.KeyName).Distinct().ToList();
        var unread = Unread(judged);
        var (verdict, source) = (good, signatures, unread) switch
        {
            ({ Count: > 0 }, _, _) => (Verdict.Pass, $"signed by {string.Join(", ", good)}"),
            (_, { Count: > 0 }, _) => (Verdict.Fail, $"signed, but {Troubles(signatures)}"),
            (_, _, { Count: > 0 }) => (
                Verdict.Unknown,
                $"no signature that can be read ({Troubles(unread)})"
            ),
            _ => (Verdict.Unknown, "not signed"),
        };
        return new Check(SignatureGate, release.What.Digest, verdict, source);
    }

    private static IEnumerable<Check> Gates(Release release, IReadOnlyList<Judged> judged)
    {
        var others = judged
            .Where(j => !j.Statement.IsSignature)
            .Select(j => j.Statement.PredicateType)
            .Except(Types);
        foreach (var type in Types.Concat(others))
        {
            if (Newest.Of(release, Attestations(judged, type)) is { } newest)
            {
                yield return newest.Check with
                {
                    Source = $"{newest.Check.Source}, signed by {newest.KeyName}",
                };
            }
            else if (Refused(release, judged, type) is { } refused)
            {
                yield return refused;
            }
        }
    }

    /// <summary>The check of a gate about which there are statements, but none that counts.</summary>
    private static Check? Refused(Release release, IReadOnlyList<Judged> judged, string type)
    {
        var bad = judged
            .Where(j => !j.Statement.IsSignature && !j.Counts && j.Statement.PredicateType == type)
            .ToList();
        // what cannot even be told by its type may be this one
        var why = bad.Count > 0 ? bad : Unread(judged);
        return why.Count > 0 && Predicates.Read(release, type, Nothing)?.Gate is { } gate
            ? new Check(
                gate,
                release.What.Digest,
                Verdict.Unknown,
                $"no signed attestation by a trusted key (attested, but {Troubles(why)})"
            )
            : null;
    }

    private static IEnumerable<Judged> Attestations(IReadOnlyList<Judged> judged, string type) =>
        judged.Where(j =>
            j.Counts && !j.Statement.IsSignature && j.Statement.PredicateType == type
        );

    private static List<Judged> Unread(IReadOnlyList<Judged> judged) =>
        [.. judged.Where(j => j.Statement.PredicateType.Length == 0)];

    private static string Troubles(IReadOnlyList<Judged> bad) =>
        string.Join(", ", bad.Select(j => j.Trouble).Distinct(StringComparer.Ordinal).Take(3));
}
