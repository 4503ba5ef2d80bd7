using System.Text.RegularExpressions;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Store;

namespace TheaIA.Delivery.Oci.Registry.Reading;

/// <summary>
/// Finds the one release in a registry that a person means. A registry lists tags only, so all but a
/// whole digest and a tag is looked for among those that our releases have: <c>git-COMMIT</c>.
/// </summary>
internal sealed partial class RegistrySearch(RemoteRepository repository)
{
    private const string ReleaseTag = "git-";
    private const int WholeHex = 64;
    private const int AtOnce = 8;

    /// <returns>The release; null when there is none.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: several are meant, or an index; <see cref="Outcome.Failed"/>: the registry fails.
    /// </exception>
    public async Task<Release?> FindAsync(string reference, CancellationToken cancel)
    {
        if (
            TagName.IsMatch(reference)
            && await repository.ManifestAsync(reference, cancel) is { } tagged
        )
        {
            return ReleaseOf(tagged, reference);
        }
        var hex = ReleaseSearch.Hex(reference);
        var isDigest = reference.StartsWith(Digest.Prefix, StringComparison.Ordinal);
        if (
            hex?.Length == WholeHex
            && await repository.ManifestAsync(Digest.Prefix + hex, cancel) is { } named
        )
        {
            return ReleaseOf(named, reference);
        }
        var commit = isDigest ? null : CommitIn(reference);
        if (hex is null && commit is null || isDigest && hex?.Length == WholeHex)
        {
            return null;
        }
        // a whole commit has its tag, and the list of all others is not needed
        if (
            commit?.Length is 40 or WholeHex
            && await repository.ManifestAsync(ReleaseTag + commit, cancel) is { } own
            && ReleaseOf(own, ReleaseTag + commit) is { Drill: false } release
            && ReleaseSearch.Tells(release, reference)
        )
        {
            return release;
        }
        var tags = (await repository.TagsAsync(cancel))
            .Where(t => t.StartsWith(ReleaseTag, StringComparison.Ordinal))
            .ToList();
        var byDigest = hex is null ? [] : await WithDigestAsync(hex, tags, cancel);
        var telling = commit is null ? [] : await TellingAsync(reference, commit, tags, cancel);
        return ReleaseSearch.Only(
            [.. byDigest.UnionBy(telling, r => r.What.Digest)],
            reference,
            repository.Address.Whole
        );
    }

    /// <summary>Releases whose digest begins so.</summary>
    private async Task<IReadOnlyList<Release>> WithDigestAsync(
        string hex,
        List<string> tags,
        CancellationToken cancel
    )
    {
        var digests = new string?[tags.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, tags.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (i, ending) => digests[i] = await repository.ResolveAsync(tags[i], ending)
        );
        var found = new List<Release>();
        foreach (
            var digest in digests
                .OfType<string>()
                .Where(d => d.StartsWith(Digest.Prefix + hex, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
        )
        {
            if (await repository.ManifestAsync(digest, cancel) is { } manifest)
            {
                found.Add(ReleaseOf(manifest, digest));
            }
        }
        return found;
    }

    /// <summary>Releases whose manifests tell this commit or version, and whose tags do.</summary>
    private async Task<IReadOnlyList<Release>> TellingAsync(
        string reference,
        string commit,
        List<string> tags,
        CancellationToken cancel
    )
    {
        var found = new List<(string Tag, Release Release)>();
        foreach (
            var tag in tags.Where(t => t.StartsWith(ReleaseTag + commit, StringComparison.Ordinal))
        )
        {
            if (
                await repository.ManifestAsync(tag, cancel) is { } manifest
                && ReleaseOf(manifest, tag) is { Drill: false } release
                && ReleaseSearch.Tells(release, reference)
            )
            {
                found.Add((tag, release));
            }
        }
        // a commit's release is the one under its own tag, then the clean one
        var own = found.FindAll(f => f.Tag == ReleaseTag + f.Release.Commit);
        var clean = found.FindAll(f => !f.Release.Dirty);
        return [.. (
                own.Count > 0 ? own
                : clean.Count > 0 ? clean
                : found
            ).Select(f => f.Release).DistinctBy(r => r.What.Digest)];
    }

    private Release ReleaseOf(RegistryManifest manifest, string reference)
    {
        var document = manifest.Document();
        return document is { Config: not null }
            ? Releases.Read(
                new Claim(repository.Address.Whole, manifest.Digest),
                document.Annotations
            )
            : throw new OutcomeException(
                Outcome.Wrong,
                document is { IsIndex: true }
                    ? $"{reference} of {repository.Address.Whole} is an index of images for several platforms, and a release is one image: name one of them by its digest."
                    : $"{reference} of {repository.Address.Whole} is no image: name a release by its digest, commit or version."
            );
    }

    /// <summary>The commit, or the begin of one, that a person typed alone, in a version, or before <c>+changes</c>.</summary>
    private static string? CommitIn(string reference)
    {
        var plus = reference.LastIndexOf('+');
        return plus < 0 ? ReleaseSearch.Hex(reference)
            : reference.EndsWith(ReleaseSearch.Changes, StringComparison.Ordinal)
                ? ReleaseSearch.Hex(reference[..plus])
            : ReleaseSearch.Hex(reference[(plus + 1)..]);
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagName { get; }
}
