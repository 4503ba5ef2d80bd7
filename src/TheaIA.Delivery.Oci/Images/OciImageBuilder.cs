using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Images;

/// <summary>
/// One application layer, its configuration and its manifest. Without a base image the machine's own
/// dotnet runs it from the unpacked layer, so the image is marked as local only.
/// </summary>
internal sealed class OciImageBuilder(TimeProvider time) : IImageBuilder
{
    // The layer is portable code and runs on any processor, but a configuration has to name one:
    // the one that every place of ours has.
    private const string Architecture = "amd64";
    private const string Os = "linux";

    /// <summary>Not root; any number that no base image gives to somebody.</summary>
    private const string User = "1000";

    /// <summary>The port inside a container. A platform that starts processes sets its own.</summary>
    private const string Urls = "ASPNETCORE_URLS=http://+:8000";

    /// <inheritdoc/>
    public async Task<ImageBuild> BuildAsync(
        ImageRequest request,
        string layoutDirectory,
        CancellationToken cancel
    )
    {
        Check(request);
        await using var layout = await ImageLayout
            .OfBuild(layoutDirectory, time)
            .WriteAsync(cancel);
        var layer = await layout.AddAsync(
            MediaTypes.Layer,
            output => DeterministicTar.WriteAsync(request.ApplicationDirectory, output, cancel),
            cancel
        );
        var configBytes = Config(request, layer);
        var config = await layout.AddAsync(MediaTypes.Config, configBytes, cancel);
        var manifestBytes = Manifest(request, config, layer);
        var manifest = await layout.AddAsync(MediaTypes.Manifest, manifestBytes, cancel);
        await layout.ListAsync(request.Repository, manifest, cancel);
        var release = Releases.Read(
            new Claim(request.Repository, manifest.Digest),
            Annotate(request)
        );
        return new ImageBuild(
            release,
            layer.Size + config.Size + manifest.Size,
            "reproducible; no base: this machine only"
        );
    }

    /// <summary>The digest that <see cref="BuildAsync"/> would give, by reading the files once; writes nothing.</summary>
    public static async Task<string> DigestAsync(ImageRequest request, CancellationToken cancel)
    {
        Check(request);
        await using var hashing = new HashingStream(Stream.Null);
        await DeterministicTar.WriteAsync(request.ApplicationDirectory, hashing, cancel);
        var layer = hashing.Describe(MediaTypes.Layer);
        var config = Describe(MediaTypes.Config, Config(request, layer));
        return Describe(MediaTypes.Manifest, Manifest(request, config, layer)).Digest;
    }

    private static Descriptor Describe(string mediaType, byte[] bytes) =>
        new(mediaType, Digest.Of(SHA256.HashData(bytes)), bytes.Length);

    private static void Check(ImageRequest request)
    {
        if (!File.Exists(Path.Combine(request.ApplicationDirectory, request.EntryAssembly)))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"There is no {request.EntryAssembly} in {request.ApplicationDirectory}: publish the service there first."
            );
        }
    }

    private static byte[] Config(ImageRequest request, Descriptor layer) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ImageConfig(
                Created(request),
                Architecture,
                Os,
                new ContainerConfig(
                    User,
                    [Urls],
                    ["dotnet", request.EntryAssembly],
                    "/app",
                    Labels(request)
                ),
                new RootFs("layers", [layer.Digest])
            ),
            OciJson.Canonical.ImageConfig
        );

    private static byte[] Manifest(ImageRequest request, Descriptor config, Descriptor layer) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ImageManifest(2, MediaTypes.Manifest, config, [layer])
            {
                Annotations = Annotate(request),
            },
            OciJson.Canonical.ImageManifest
        );

    private static SortedDictionary<string, string> Labels(ImageRequest request) =>
        new(StringComparer.Ordinal)
        {
            [Annotations.Created] = Created(request),
            [Annotations.Revision] = request.Commit,
            [Annotations.Title] = request.Repository[(request.Repository.LastIndexOf('/') + 1)..],
            [Annotations.Version] = request.Version,
        };

    private static SortedDictionary<string, string> Annotate(ImageRequest request)
    {
        var annotations = Labels(request);
        annotations[Annotations.Layer] = Annotations.PortableLayer;
        annotations[Annotations.LocalOnly] = Annotations.True;
        if (request.Dirty)
        {
            annotations[Annotations.Dirty] = Annotations.True;
        }
        return annotations;
    }

    private static string Created(ImageRequest request) =>
        request
            .Created.ToUniversalTime()
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
