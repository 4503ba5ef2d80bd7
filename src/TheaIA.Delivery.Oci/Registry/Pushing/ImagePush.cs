using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Layout;
using TheaIA.Delivery.Oci.Registry.Reading;

namespace TheaIA.Delivery.Oci.Registry.Pushing;

/// <summary>Brings an image into a registry: its blobs first, the manifest last, so that no half of one is seen.</summary>
/// <param name="repository">Where to.</param>
/// <param name="source">The layout that the builder wrote.</param>
internal sealed class ImagePush(RemoteRepository repository, ImageLayout source)
{
    /// <summary>Blobs at the same time: so many lines fill a network, and their chunks are little memory.</summary>
    private const int AtOnce = 3;

    /// <summary>Which image this one stands on (OCI image spec, annotations.md).</summary>
    private const string BaseName = "org.opencontainers.image.base.name";

    public async Task<PushResult> RunAsync(string digest, CancellationToken cancel)
    {
        var entry = source.Listed(digest);
        var manifest = await source.ReadAsync(
            digest,
            RegistryJson.Default.ManifestDocument,
            cancel
        );
        var blobs = manifest.Blobs.ToList();
        var from = MountFrom(manifest);
        var alreadyThere = 0;
        await Parallel.ForEachAsync(
            blobs,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (blob, ending) =>
            {
                if (!await new BlobUpload(repository, source, blob).RunAsync(from, ending))
                {
                    Interlocked.Increment(ref alreadyThere);
                }
            }
        );
        // asked first: registries with immutable tags may refuse the same manifest a second time
        if (await repository.ManifestAsync(digest, cancel) is null)
        {
            var bytes = await BytesAsync(digest, cancel);
            await new ManifestPut(repository).RunAsync(
                digest,
                bytes,
                manifest.MediaType ?? entry.MediaType,
                cancel
            );
        }
        return new PushResult(blobs.Count, alreadyThere);
    }

    // its layers need not be sent when the registry takes them from there
    private string? MountFrom(ManifestDocument manifest)
    {
        if (manifest.Annotations?.GetValueOrDefault(BaseName) is not { } name)
        {
            return null;
        }
        var plain = name.Split('@')[0];
        var tag = plain.LastIndexOf(':');
        if (tag > plain.LastIndexOf('/'))
        {
            plain = plain[..tag];
        }
        var prefix = $"{repository.Address.Host}/";
        return
            plain.StartsWith(prefix, StringComparison.Ordinal)
            && plain[prefix.Length..] is var path
            && path != repository.Address.Path
            ? path
            : null;
    }

    private async Task<byte[]> BytesAsync(string digest, CancellationToken cancel)
    {
        try
        {
            var bytes = new MemoryStream();
            await using var blob = source.Open(digest);
            await blob.CopyToAsync(bytes, cancel);
            return bytes.ToArray();
        }
        catch (Exception lacking) when (lacking is FileNotFoundException or InvalidDataException)
        {
            throw new OutcomeException(Outcome.Failed, lacking.Message, lacking);
        }
    }
}
