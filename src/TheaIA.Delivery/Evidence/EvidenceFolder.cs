using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TheaIA.Delivery;

/// <summary>Where evidence comes from, and by whose keys and wishes it is read.</summary>
/// <param name="Registry">Where the image lies; every blob is read from it again.</param>
/// <param name="Statements">Finds what was signed.</param>
/// <param name="Keys">Whose signatures count: public key files in PEM, ECDSA P-256. Others cannot be checked offline.</param>
/// <param name="Policy">What the place wants to know; what of it nobody made is named.</param>
public sealed record EvidenceSources(
    IRegistry Registry,
    IStatements Statements,
    IReadOnlyList<TrustedKey> Keys,
    Policy Policy
);

/// <summary>
/// Collects everything about a digest into one folder that proves itself, offline and without this tool:
/// the image, every signed statement with a readable copy, the keys, an index of all files, a description
/// for an auditor, and <c>verify.sh</c>, which needs bash, openssl and sha256sum.
/// </summary>
/// <param name="sources">What it collects from.</param>
/// <param name="read">
/// What a predicate says to a gate: release, predicate type, predicate; null for a type that is no gate's.
/// </param>
/// <param name="time">The clock.</param>
public sealed class EvidenceFolder(
    EvidenceSources sources,
    Func<Release, string, JsonElement, Check?> read,
    TimeProvider time
)
{
    private const string Verifier = "verify.sh";

    /// <summary>
    /// Writes the folder aside and puts it in place whole; evidence of the same digest that was there is
    /// replaced at the end. Statements that do not count lie in <c>rejected/</c>, each with its reason.
    /// </summary>
    /// <param name="release">The release.</param>
    /// <param name="directory">The folder: <c>artifacts/evidence/4be1f0aa9c02</c>.</param>
    /// <param name="cancel">Ends the collection; nothing is in place then.</param>
    /// <returns>
    /// What was collected. Damaged or missing statements are its troubles, and the folder is there to look
    /// at; <see cref="EvidenceResult.OrThrow"/> ends the target by them.
    /// </returns>
    /// <exception cref="TheaIA.Abstractions.OutcomeException">
    /// <see cref="TheaIA.Abstractions.Outcome.Wrong"/>: no trusted key file, one that is no public key, or
    /// something else in the directory; <see cref="TheaIA.Abstractions.Outcome.Failed"/>: a blob is missing or
    /// damaged (it is named), or another run writes there.
    /// </exception>
    public async Task<EvidenceResult> CollectAsync(
        Release release,
        string directory,
        CancellationToken cancel
    )
    {
        using var keys = EvidenceKeys.Read(sources.Keys);
        using var folder = AsideFolder.Take(directory, release.What);
        var layers = await PulledImage.CollectAsync(sources.Registry, release, folder, cancel);
        var found = await sources.Statements.StatementsAsync(release.What, cancel);
        var statements = SortedStatements.Sort(release, found, keys);
        var checks = EvidenceChecks.Of(release, sources.Policy, statements.Kept, read);
        List<string> troubles = [.. statements.Troubles];
        List<string> notes =
        [
            .. statements.Notes,
            .. keys.Elsewhere.Select(k =>
                $"{k} is no key file: what it signed is not counted here, nobody could check it offline"
            ),
        ];

        WriteStatements(folder, statements);
        foreach (var key in keys.All)
        {
            folder.Write(
                $"keys/{key.File}",
                Encoding.UTF8.GetBytes(key.Public.ExportSubjectPublicKeyInfoPem() + "\n")
            );
        }
        folder.Write(Verifier, Script(), program: true);
        var listing = new EvidenceListing(
            release.What.Repository,
            release.What.Digest,
            release.Commit,
            release.Version,
            time.GetUtcNow(),
            Holds: troubles.Count == 0,
            troubles,
            notes,
            checks.Listed,
            [.. statements.Kept.Select(k => Listed(k, statements))],
            [.. statements.Rejected.Select(r => new ListedRejection(r.Name, r.Reason))],
            Files: []
        );
        folder.Write("README.md", Encoding.UTF8.GetBytes(EvidenceReadme.Of(listing, keys.All)));
        var index = JsonSerializer.SerializeToUtf8Bytes(
            listing with
            {
                Files = folder.Files,
            },
            EvidenceJson.Readable.EvidenceListing
        );
        folder.Write(EvidenceListing.FileName, index);
        cancel.ThrowIfCancellationRequested();
        var place = folder.Commit(listing.Holds);
        return new EvidenceResult(release, place)
        {
            Checks = checks.Checks,
            NotMade = checks.NotMade,
            Layers = layers,
            Statements = statements.Kept.Count,
            Rejected = statements.Rejected.Count,
            Files = folder.Files.Count,
            Size = folder.Files.Sum(f => f.Size),
            IndexSha256 = Convert.ToHexStringLower(SHA256.HashData(index)),
            Troubles = troubles,
            Notes = notes,
        };
    }

    private static void WriteStatements(AsideFolder folder, SortedStatements statements)
    {
        foreach (var kept in statements.Kept)
        {
            folder.Write(kept.File, kept.Envelope.Write());
            folder.Write(kept.Readable, ReadableJson.Indent(kept.Envelope.Payload));
        }
        foreach (var rejected in statements.Rejected)
        {
            folder.Write($"rejected/{rejected.Name}.json", rejected.Bytes.Span);
            folder.Write(
                $"rejected/{rejected.Name}.txt",
                Encoding.UTF8.GetBytes(rejected.Reason + "\n")
            );
        }
    }

    private static ListedStatement Listed(KeptStatement kept, SortedStatements all) =>
        new(
            kept.Name,
            kept.File,
            kept.Readable,
            kept.Envelope.PredicateType,
            kept.Envelope.PayloadHash,
            kept.Key.File,
            all.IsListed(kept)
        );

    private static byte[] Script()
    {
        using var script = typeof(EvidenceFolder).Assembly.GetManifestResourceStream(Verifier)!;
        using var bytes = new MemoryStream();
        script.CopyTo(bytes);
        return bytes.ToArray();
    }
}
