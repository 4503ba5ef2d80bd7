using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TheaIA.Delivery.Oci.Signing.Reading;
using TheaIA.Delivery.Oci.Signing.Trust;

namespace TheaIA.Delivery.Oci.Signing;

/// <summary>Whether what is to be attested was attested already.</summary>
internal static class SameStatement
{
    /// <summary>
    /// Whether the statement of its type that counts says the same: the same verdict where a gate reads it,
    /// else the same JSON.
    /// </summary>
    /// <param name="release">What it is about.</param>
    /// <param name="statement">What is to be attested.</param>
    /// <param name="judged">What lies there.</param>
    public static bool IsThere(Release release, Attestation statement, IEnumerable<Judged> judged)
    {
        var type = statement.PredicateType;
        var there = judged
            .Where(j => j.Counts && !j.Statement.IsSignature && j.Statement.PredicateType == type)
            .ToList();
        if (JsonReading.Object(Encoding.UTF8.GetBytes(statement.Predicate)) is not { } predicate)
        {
            throw new ArgumentException($"The predicate of {statement.Gate} is no JSON object.");
        }
        return Predicates.Read(release, type, predicate) is { } said
            ? Newest.Of(release, there)?.Check.Verdict == said.Verdict
            : there.Exists(j =>
                j.Statement.Predicate is { } other && JsonElement.DeepEquals(other, predicate)
            );
    }

    /// <summary>What lies there now and did not before.</summary>
    public static IReadOnlyList<Judged> Added(
        IReadOnlyList<Judged> before,
        IReadOnlyList<Judged> after
    )
    {
        var known = before.Select(Id).ToHashSet(StringComparer.Ordinal);
        return [.. after.Where(j => !known.Contains(Id(j)))];
    }

    private static string Id(Judged judged) =>
        Convert.ToHexString(SHA256.HashData(judged.Statement.Envelope.Span));
}
