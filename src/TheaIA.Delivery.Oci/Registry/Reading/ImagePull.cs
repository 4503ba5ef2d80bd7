using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Registry.Reading;

/// <summary>Copies an image out of a registry into a layout.</summary>
/// <param name="repository">From where.</param>
/// <param name="layout">Where to.</param>
internal sealed class ImagePull(RemoteRepository repository, ImageLayout layout)
{
    /// <summary>Reads every part from the registry, whatever is in the layout, and lists the image last.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: a part is missing or damaged; <see cref="Outcome.Wrong"/>: it is no image.
    /// </exception>
    public async Task RunAsync(string digest, CancellationToken cancel)
    {
        var (manifest, document) = await ImageAsync(digest, cancel);
        await using var writer = await layout.WriteAsync(cancel);
        foreach (var blob in document.Blobs)
        {
            try
            {
                await using var content = await repository.OpenAsync(blob.Digest, cancel);
                await writer.AddAsync(
                    blob.MediaType,
                    output => content.CopyToAsync(output, cancel),
                    cancel
                );
            }
            catch (Exception lacking)
                when (lacking is FileNotFoundException or InvalidDataException)
            {
                throw new OutcomeException(Outcome.Failed, lacking.Message, lacking);
            }
        }
        var type = document.MediaType ?? manifest.MediaType;
        var entry = await writer.AddAsync(type, manifest.Bytes, cancel);
        await writer.ListAsync(repository.Address.Whole, entry, cancel);
    }

    /// <summary>Has the layout keep what a drill's copy is made of: manifest, configuration and the layer on top.</summary>
    /// <param name="through">Reads from the layout or the registry, and keeps what it reads.</param>
    /// <param name="what">The image.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task KeepAsync(IRegistry through, Claim what, CancellationToken cancel)
    {
        try
        {
            await ReadAsync(what.Digest);
            var document = await layout.ReadAsync(
                what.Digest,
                RegistryJson.Default.ManifestDocument,
                cancel
            );
            var top = document.Layers is { Count: > 0 } layers ? layers[^1] : null;
            Descriptor?[] parts = [document.Config, top];
            foreach (var part in parts.OfType<Descriptor>())
            {
                await ReadAsync(part.Digest);
            }
        }
        catch (Exception lacking) when (lacking is FileNotFoundException or InvalidDataException)
        {
            throw new OutcomeException(Outcome.Failed, lacking.Message, lacking);
        }

        async Task ReadAsync(string digest)
        {
            await using var content = await through.ReadAsync(what.Repository, digest, cancel);
            await content.CopyToAsync(Stream.Null, cancel);
        }
    }

    private async Task<(RegistryManifest Manifest, ManifestDocument Document)> ImageAsync(
        string digest,
        CancellationToken cancel
    )
    {
        var manifest =
            await repository.ManifestAsync(digest, cancel)
            ?? throw new OutcomeException(Outcome.Failed, repository.Missing(digest));
        return manifest.Document() is { Config: not null } document
            ? (manifest, document)
            : throw new OutcomeException(
                Outcome.Wrong,
                $"{Digest.Short(digest)} of {repository.Address.Whole} is no image: name a release by its digest, commit or version."
            );
    }
}
