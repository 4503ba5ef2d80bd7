using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Store;

/// <summary>
/// This machine's store: one OCI layout for all repositories. Blobs are shared by their digest; a
/// repository is what the index lists under its name.
/// </summary>
/// <param name="root">The folder: <c>$THEAIA_STATE/store</c>.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class OciLayoutStore(string root, TimeProvider time) : IRegistry
{
    private readonly ImageLayout layout = Layout(root, time);

    /// <summary>Another folder, by the name that errors give it.</summary>
    public OciLayoutStore(ImageLayout layout)
        : this(layout.Root, TimeProvider.System) => this.layout = layout;

    /// <inheritdoc/>
    public string Name => layout.Name;

    /// <inheritdoc/>
    public Task<Release?> FindAsync(
        string repository,
        string reference,
        CancellationToken cancel
    ) => new ReleaseSearch(layout, repository).FindAsync(reference, cancel);

    /// <inheritdoc/>
    public Task<Stream> ReadAsync(string repository, string digest, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(layout.Open(digest));
    }

    /// <inheritdoc/>
    public async Task<PushResult> PushAsync(
        string layoutDirectory,
        Release release,
        CancellationToken cancel
    )
    {
        var source = ImageLayout.OfBuild(layoutDirectory, time);
        var (repository, digest) = (release.What.Repository, release.What.Digest);
        var entry = source.Listed(digest);
        var manifest = await source.ReadAsync(digest, OciJson.Canonical.ImageManifest, cancel);
        var blobs = manifest.Blobs.ToList();
        var alreadyThere = 0;
        await using var writer = await layout.WriteAsync(cancel);
        foreach (var blob in blobs)
        {
            // a damaged blob is not there: pushing again is what mends it
            if (await layout.HoldsAsync(blob.Digest, cancel))
            {
                alreadyThere++;
                continue;
            }
            await CopyAsync(source, blob, writer, cancel);
        }
        if (!await layout.HoldsAsync(digest, cancel))
        {
            await CopyAsync(source, entry, writer, cancel);
        }
        await writer.ListAsync(repository, entry, cancel);
        return new PushResult(blobs.Count, alreadyThere);
    }

    /// <inheritdoc/>
    public async Task PullAsync(Release release, string layoutDirectory, CancellationToken cancel)
    {
        var digest = release.What.Digest;
        var manifest = await layout.ReadAsync(digest, OciJson.Canonical.ImageManifest, cancel);
        await using var writer = await ImageLayout
            .OfBuild(layoutDirectory, time)
            .WriteAsync(cancel);
        foreach (var blob in manifest.Blobs)
        {
            await CopyAsync(layout, blob, writer, cancel);
        }
        var size = new FileInfo(layout.BlobPath(digest)).Length;
        var entry = new Descriptor(manifest.MediaType, digest, size);
        await CopyAsync(layout, entry, writer, cancel);
        await writer.ListAsync(release.What.Repository, entry, cancel);
    }

    /// <inheritdoc/>
    public async Task TagAsync(Release release, string tag, CancellationToken cancel)
    {
        var claim = release.What;
        await using var writer = await layout.WriteAsync(cancel);
        var entries = layout
            .Index()
            .Manifests.Where(m => m.Annotation(Annotations.Repository) == claim.Repository)
            .ToList();
        var tagged = entries.FirstOrDefault(m =>
            m.Annotation(Annotations.RefName) == $"{claim.Repository}:{tag}"
        );
        if (tagged?.Digest == claim.Digest)
        {
            return;
        }
        if (tagged is not null)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"The tag {tag} of {claim.Repository} in {Name} names {Digest.Short(tagged.Digest)}, not {claim.Short}, and a tag is never moved: commit what changed, then push again."
            );
        }
        var entry =
            entries.FirstOrDefault(m => m.Digest == claim.Digest)
            ?? throw new OutcomeException(
                Outcome.Failed,
                $"There is no {claim.Short} of {claim.Repository} in {Name} to tag: ./build.sh Push brings it there."
            );
        await writer.TagAsync(claim.Repository, entry, tag, release.MadeIn, cancel);
    }

    /// <inheritdoc/>
    public Task<Release> FailingCopyAsync(Release release, CancellationToken cancel) =>
        new FailingCopy(layout).MakeAsync(release.What, cancel);

    /// <summary>The store's layout, under $THEAIA_STATE.</summary>
    public static ImageLayout LayoutIn(string stateRoot, TimeProvider time) =>
        Layout(Path.Combine(stateRoot, "store"), time);

    private static ImageLayout Layout(string root, TimeProvider time) =>
        new(root, time) { Name = "this machine's store" };

    private static async Task CopyAsync(
        ImageLayout source,
        Descriptor blob,
        LayoutWriter writer,
        CancellationToken cancel
    )
    {
        try
        {
            await using var content = source.Open(blob.Digest);
            await writer.AddAsync(
                blob.MediaType,
                output => content.CopyToAsync(output, cancel),
                cancel
            );
        }
        catch (Exception lacking) when (lacking is FileNotFoundException or InvalidDataException)
        {
            throw new OutcomeException(Outcome.Failed, lacking.Message, lacking);
        }
    }
}
