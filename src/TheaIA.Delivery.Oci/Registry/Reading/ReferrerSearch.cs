using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Registry.Http;

namespace TheaIA.Delivery.Oci.Registry.Reading;

/// <summary>
/// What refers to a manifest (distribution spec 1.1, listing referrers): by the API, and where a registry
/// has none by the tag <c>sha256-HEX</c> that clients keep instead.
/// </summary>
internal sealed class ReferrerSearch(RemoteRepository repository)
{
    /// <param name="digest">The manifest that is referred to.</param>
    /// <param name="artifactType">Only of this type. Null: all.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <returns>Empty: nothing refers to it.</returns>
    public async Task<IReadOnlyList<Referrer>> AllAsync(
        string digest,
        string? artifactType,
        CancellationToken cancel
    )
    {
        var what = $"the referrers of {Digest.Short(digest)} of {repository.Address.Path}";
        var filter = artifactType is null
            ? ""
            : $"?artifactType={Uri.EscapeDataString(artifactType)}";
        var pages = new Pages(repository, what);
        var found = new List<Referrer>();
        var hasApi = false;
        await foreach (var (answer, page) in pages.FromAsync($"referrers/{digest}{filter}", cancel))
        {
            // some without the API answer any address with a page of theirs
            if (!IsIndex(answer))
            {
                break;
            }
            hasApi = true;
            found.AddRange(pages.Read(page, RegistryJson.Default.ManifestDocument).Manifests ?? []);
        }
        if (!hasApi)
        {
            found.AddRange(await ByTagAsync(digest, cancel));
        }
        // a registry may leave the filter to whoever asks
        return artifactType is null ? found : found.FindAll(r => r.ArtifactType == artifactType);
    }

    private static bool IsIndex(Answer answer) =>
        answer.Content.Headers.ContentType?.MediaType == MediaTypes.Index;

    private async Task<IReadOnlyList<Referrer>> ByTagAsync(
        string digest,
        CancellationToken cancel
    ) =>
        await repository.ManifestAsync(digest.Replace(':', '-'), cancel) is { } manifest
            ? manifest.Document()?.Manifests ?? []
            : [];
}
