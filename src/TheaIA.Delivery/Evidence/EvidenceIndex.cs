using System.Text.Json;
using System.Text.Json.Serialization;

namespace TheaIA.Delivery;

/// <summary>
/// The list of all statements about a digest, itself a statement, signed last. A statement that is taken
/// away later is missed by it.
/// </summary>
public static class EvidenceIndex
{
    /// <summary>Its name among the gates' ones; no policy wants it.</summary>
    public const string Gate = "index";

    /// <summary>Lists what was signed about a release: the payloads' SHA-256 and their types.</summary>
    /// <param name="release">The release.</param>
    /// <param name="statements">All that is on its digest; those that do not count and older lists are left out.</param>
    /// <param name="madeOn">When: of two lists the newer one counts.</param>
    /// <returns>What is to be signed, after all others.</returns>
    public static Attestation Write(
        Release release,
        IReadOnlyList<SignedStatement> statements,
        DateTimeOffset madeOn
    ) =>
        new(
            Gate,
            PredicateTypes.Index,
            JsonSerializer.Serialize(
                new SignedIndex(
                    release.What.Digest,
                    release.Commit,
                    release.Version,
                    madeOn,
                    [.. Lines(Counting(release, statements))]
                ),
                EvidenceJson.OneLine.SignedIndex
            )
        );

    /// <summary>
    /// Whether the newest list names exactly what is there, so that no new one needs to be signed. Takes the
    /// word of the source for whose signatures hold.
    /// </summary>
    /// <param name="release">The release.</param>
    /// <param name="statements">All that is on its digest.</param>
    public static bool Covers(Release release, IReadOnlyList<SignedStatement> statements)
    {
        var counting = Counting(release, statements);
        return Newest(counting) is { } index
            && index.Digest == release.What.Digest
            && index.Commit == release.Commit
            && index.Version == release.Version
            && index.Statements.SequenceEqual(Lines(counting));
    }

    internal static bool IsIndex(Envelope envelope) =>
        envelope.PredicateType == PredicateTypes.Index;

    /// <summary>The newest of the lists that can be read, of two of the same time the last; null: there is none.</summary>
    internal static SignedIndex? Newest(IEnumerable<Envelope> statements) =>
        statements
            .Where(IsIndex)
            .Select(Read)
            .OfType<SignedIndex>()
            .OrderBy(i => i.MadeOn)
            .LastOrDefault();

    private static SignedIndex? Read(Envelope envelope)
    {
        try
        {
            return envelope.Predicate.Deserialize(EvidenceJson.OneLine.SignedIndex);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // signed, and yet no list: Evidence tells that there is none
            return null;
        }
    }

    private static List<Envelope> Counting(
        Release release,
        IEnumerable<SignedStatement> statements
    ) =>
        [
            .. statements
                .Where(s => s is { Trouble: null, KeyName: not null })
                .Select(s => Envelope.Read(s.Envelope))
                .OfType<Envelope>()
                .Where(e => e.Subjects.Contains(release.What.Digest)),
        ];

    /// <summary>In an order of their own: the registry's may differ the next time.</summary>
    private static IEnumerable<IndexedStatement> Lines(IEnumerable<Envelope> envelopes) =>
        envelopes
            .Where(e => !IsIndex(e))
            .Select(e => new IndexedStatement(
                StatementNames.Gate(e.PredicateType),
                e.PredicateType,
                e.PayloadHash
            ))
            .Distinct()
            .OrderBy(l => l.PredicateType, StringComparer.Ordinal)
            .ThenBy(l => l.PayloadSha256, StringComparer.Ordinal);
}

/// <summary>The predicate of the signed index.</summary>
internal sealed record SignedIndex(
    string Digest,
    string Commit,
    string Version,
    [property: JsonConverter(typeof(UtcJson))] DateTimeOffset MadeOn,
    IReadOnlyList<IndexedStatement> Statements
);

/// <summary>A statement in the signed index.</summary>
internal sealed record IndexedStatement(string Gate, string PredicateType, string PayloadSha256);
