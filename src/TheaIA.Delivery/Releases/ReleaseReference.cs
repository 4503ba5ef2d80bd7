namespace TheaIA.Delivery;

/// <summary>A release as a person names it: a digest, a short one, a commit or a version.</summary>
internal static class ReleaseReference
{
    private const string Algorithm = "sha256:";
    private const string Changes = "+changes";
    private const int Shortest = 7;

    /// <summary>The releases that a reference names; those from a clean tree alone where there are any.</summary>
    public static IReadOnlyList<Release> Find(IEnumerable<Release> releases, string reference)
    {
        var found = releases.Where(r => Names(r, reference)).ToList();
        var clean = found.Where(r => !r.Dirty).ToList();
        return clean.Count > 0 ? clean : found;
    }

    private static bool Names(Release release, string reference)
    {
        var digest = release.What.Digest;
        if (reference.StartsWith(Algorithm, StringComparison.Ordinal))
        {
            return reference.Length >= Algorithm.Length + Shortest
                && digest.StartsWith(reference, StringComparison.Ordinal);
        }

        return release.Version == reference && reference.Length > 0
            || release.Name == reference
            || IsPrefix(reference, digest.Replace(Algorithm, "", StringComparison.Ordinal))
            || (
                reference.EndsWith(Changes, StringComparison.Ordinal)
                    ? release.Dirty && IsPrefix(reference[..^Changes.Length], release.Commit)
                    : IsPrefix(reference, release.Commit)
            );
    }

    private static bool IsPrefix(string reference, string whole) =>
        reference.Length >= Shortest
        && whole.StartsWith(reference, StringComparison.OrdinalIgnoreCase);
}
