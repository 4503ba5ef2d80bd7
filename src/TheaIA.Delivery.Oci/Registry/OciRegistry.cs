using TheaIA.Delivery.Oci.Layout;
using TheaIA.Delivery.Oci.Registry.Http;
using TheaIA.Delivery.Oci.Registry.Pushing;
using TheaIA.Delivery.Oci.Registry.Reading;
using TheaIA.Delivery.Oci.Store;

namespace TheaIA.Delivery.Oci.Registry;

/// <summary>
/// A repository of an OCI registry. What is read through it to the end stays in this machine's store,
/// where it is looked for first the next time: a way back needs no registry.
/// </summary>
internal sealed class OciRegistry : IRegistry
{
    private readonly RepositoryAddress address;
    private readonly RegistryAccess access;
    private readonly RegistryHttp http;
    private readonly ImageLayout store;

    /// <param name="address">The repository.</param>
    /// <param name="stateRoot">$THEAIA_STATE, under which the store is.</param>
    /// <param name="access">With what it is reached.</param>
    public OciRegistry(RepositoryAddress address, string stateRoot, RegistryAccess access)
    {
        this.address = address;
        this.access = access;
        http = new RegistryHttp(address, access);
        store = OciLayoutStore.LayoutIn(stateRoot, access.Time);
    }

    /// <inheritdoc/>
    public string Name => address.Host;

    /// <summary>HOST/REPOSITORY, as claims have it.</summary>
    public string Repository => address.Whole;

    /// <inheritdoc/>
    public Task<Release?> FindAsync(
        string repository,
        string reference,
        CancellationToken cancel
    ) => new RegistrySearch(Remote(repository)).FindAsync(reference, cancel);

    /// <inheritdoc/>
    public async Task<Stream> ReadAsync(string repository, string digest, CancellationToken cancel)
    {
        var remote = Remote(repository);
        return await store.HoldsAsync(digest, cancel)
            ? store.Open(digest)
            : new KeepingStream(await remote.OpenAsync(digest, cancel), store, digest, access.Time);
    }

    /// <inheritdoc/>
    public async Task<PushResult> PushAsync(
        string layoutDirectory,
        Release release,
        CancellationToken cancel
    )
    {
        var remote = Remote(release.What.Repository, forPush: true);
        var source = ImageLayout.OfBuild(layoutDirectory, access.Time);
        foreach (var host in access.Hosts.Where(h => h.Serves(address.Host)))
        {
            var made = await host.EnsureRepositoryAsync(address.Host, remote.Address.Path, cancel);
            if (made is not null)
            {
                access.Told?.Invoke(made);
            }
        }
        return await new ImagePush(remote, source).RunAsync(release.What.Digest, cancel);
    }

    /// <inheritdoc/>
    public Task PullAsync(Release release, string layoutDirectory, CancellationToken cancel) =>
        new ImagePull(
            Remote(release.What.Repository),
            ImageLayout.OfBuild(layoutDirectory, access.Time)
        ).RunAsync(release.What.Digest, cancel);

    /// <inheritdoc/>
    public Task TagAsync(Release release, string tag, CancellationToken cancel)
    {
        var remote = Remote(release.What.Repository, forPush: true);
        return new Tagging(remote).SetAsync(release.What, tag, cancel);
    }

    /// <inheritdoc/>
    public Task MoveTagAsync(Claim what, string tag, CancellationToken cancel) =>
        new Tagging(Remote(what.Repository, forPush: true)).MoveAsync(what, tag, cancel);

    /// <inheritdoc/>
    public async Task<Release> FailingCopyAsync(Release release, CancellationToken cancel)
    {
        var what = release.What with { Repository = address.Of(release.What.Repository).Whole };
        await new ImagePull(Remote(what.Repository), store).KeepAsync(this, what, cancel);
        return await new FailingCopy(store).MakeAsync(what, cancel);
    }

    /// <summary>A manifest or index by tag or digest, from the registry; null when there is none.</summary>
    /// <param name="repository">HOST/REPOSITORY.</param>
    /// <param name="reference">The tag or whole digest.</param>
    /// <param name="cancel">Ends the call.</param>
    public Task<RegistryManifest?> ManifestAsync(
        string repository,
        string reference,
        CancellationToken cancel
    ) => Remote(repository).ManifestAsync(reference, cancel);

    /// <summary>A small blob whole, from the registry and never from the store.</summary>
    /// <param name="repository">HOST/REPOSITORY.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is not what its digest says.</exception>
    public Task<byte[]> BytesAsync(string repository, string digest, CancellationToken cancel) =>
        Remote(repository).BytesAsync(digest, cancel);

    /// <summary>What a manifest named as a blob, from the registry and never from the store.</summary>
    /// <param name="repository">HOST/REPOSITORY.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public Task<Stream> OpenBlobAsync(string repository, string digest, CancellationToken cancel) =>
        Remote(repository).OpenBlobAsync(digest, cancel);

    /// <summary>All tags of a repository; none when there is no such repository.</summary>
    /// <param name="repository">HOST/REPOSITORY.</param>
    /// <param name="cancel">Ends the call.</param>
    public Task<IReadOnlyList<string>> TagsAsync(string repository, CancellationToken cancel) =>
        Remote(repository).TagsAsync(cancel);

    /// <summary>What refers to a manifest: by the referrers API, else by the tag <c>sha256-HEX</c>.</summary>
    /// <param name="repository">HOST/REPOSITORY.</param>
    /// <param name="digest">The manifest that is referred to.</param>
    /// <param name="artifactType">Only of this type. Null: all.</param>
    /// <param name="cancel">Ends the call.</param>
    public Task<IReadOnlyList<Referrer>> ReferrersAsync(
        string repository,
        string digest,
        string? artifactType,
        CancellationToken cancel
    ) => new ReferrerSearch(Remote(repository)).AllAsync(digest, artifactType, cancel);

    private RemoteRepository Remote(string repository, bool forPush = false) =>
        new(http, address.Of(repository), forPush);
}
