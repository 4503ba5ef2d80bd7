using System.Globalization;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Store;

/// <summary>Finds the one release that a person means by a digest, tag, commit or version.</summary>
internal sealed class ReleaseSearch(ImageLayout layout, string repository)
{
    private const int ShortestHex = 7;

    /// <summary>How <see cref="Release.Name"/> marks a dirty tree.</summary>
    public const string Changes = "+changes";

    /// <returns>The release; null when there is none.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: several are meant; <see cref="Outcome.Failed"/>: a manifest is damaged.
    /// </exception>
    public async Task<Release?> FindAsync(string reference, CancellationToken cancel)
    {
        var entries = layout
            .Index()
            .Manifests.Where(m => m.Annotation(Annotations.Repository) == repository)
            .ToList();
        var tagged = Digests(entries.Where(m => Tag(m) == reference));
        if (tagged.Count > 0)
        {
            return await ReleaseAsync(tagged[0], entries, cancel);
        }
        var byDigest = Hex(reference) is { } hex
            ? Digests(
                entries.Where(m =>
                    m.Digest.StartsWith(Digest.Prefix + hex, StringComparison.Ordinal)
                )
            )
            : [];
        var found = new List<Release>();
        foreach (var digest in byDigest)
        {
            found.Add(await ReleaseAsync(digest, entries, cancel));
        }
        if (!reference.StartsWith(Digest.Prefix, StringComparison.Ordinal))
        {
            var others = Digests(entries).Except(byDigest).ToList();
            found.AddRange(await TellingAsync(reference, entries, others, cancel));
        }
        return Only(found, reference, repository);
    }

    /// <summary>The one that was found; null when none was.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: there are several; they are named.</exception>
    public static Release? Only(List<Release> found, string reference, string repository) =>
        found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw new OutcomeException(
                Outcome.Wrong,
                $"'{reference}' names {found.Count} releases of {repository}: {Candidates(found)}. Name one by its digest."
            ),
        };

    /// <summary>The release tells this commit, version or name itself.</summary>
    public static bool Tells(Release release, string reference) =>
        release.Version == reference && reference.Length > 0
        || Hex(reference) is { } hex && release.Commit.StartsWith(hex, StringComparison.Ordinal)
        || release.Dirty
            && reference.EndsWith(Changes, StringComparison.Ordinal)
            && Hex(reference[..^Changes.Length]) is { } changed
            && release.Commit.StartsWith(changed, StringComparison.Ordinal);

    /// <summary>The hexadecimal digits of a digest or commit; null when it is neither, or too short.</summary>
    public static string? Hex(string reference)
    {
        var hex = reference.StartsWith(Digest.Prefix, StringComparison.Ordinal)
            ? reference[Digest.Prefix.Length..]
            : reference;
        return hex.Length >= ShortestHex && hex.All(char.IsAsciiHexDigit)
            ? hex.ToLowerInvariant()
            : null;
    }

    /// <summary>Releases whose manifests tell this commit or version.</summary>
    private async Task<IEnumerable<Release>> TellingAsync(
        string reference,
        List<Descriptor> entries,
        List<string> digests,
        CancellationToken cancel
    )
    {
        var found = new List<Release>();
        OutcomeException? damage = null;
        foreach (var digest in digests)
        {
            try
            {
                var release = await ReleaseAsync(digest, entries, cancel);
                if (!release.Drill && Tells(release, reference))
                {
                    found.Add(release);
                }
            }
            catch (OutcomeException damaged)
            {
                damage ??= damaged; // it may be the one that is meant
            }
        }
        if (found.Count == 0 && damage is not null)
        {
            throw damage;
        }
        // a commit's release is the tagged one, then the clean one
        var released = found
            .Where(r => entries.Any(m => m.Digest == r.What.Digest && Tag(m) == $"git-{r.Commit}"))
            .ToList();
        var clean = found.Where(r => !r.Dirty).ToList();
        return released.Count > 0 ? released
            : clean.Count > 0 ? clean
            : found;
    }

    private async Task<Release> ReleaseAsync(
        string digest,
        List<Descriptor> entries,
        CancellationToken cancel
    )
    {
        var manifest = await layout.ReadAsync(digest, OciJson.Canonical.ImageManifest, cancel);
        return Releases.Read(new Claim(repository, digest), manifest.Annotations) with
        {
            MadeIn = entries
                .Where(m => m.Digest == digest)
                .Select(m => MadeIn(m.Annotation(Annotations.MadeIn)))
                .Max(),
        };
    }

    // what is not a time was not written here, and stops nobody
    private static TimeSpan MadeIn(string? seconds) =>
        double.TryParse(
            seconds,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var value
        )
        && value < TimeSpan.FromDays(1).TotalSeconds
            ? TimeSpan.FromSeconds(value)
            : TimeSpan.Zero;

    private string? Tag(Descriptor entry) =>
        entry.Annotation(Annotations.RefName) is { } name
        && name.StartsWith($"{repository}:", StringComparison.Ordinal)
            ? name[(repository.Length + 1)..]
            : null;

    private static List<string> Digests(IEnumerable<Descriptor> entries) =>
        [.. entries.Select(m => m.Digest).Distinct(StringComparer.Ordinal)];

    private static string Candidates(List<Release> found) =>
        string.Join(", ", found.Select(r => $"{r.What.Short} ({r.Name})"));
}
