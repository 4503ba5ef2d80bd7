using System.Security.Cryptography;
using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Images.Bases;
using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Images;

/// <summary>
/// One application layer, its configuration and its manifest, on a base image where one is given. Without
/// one the machine's own dotnet runs it from the unpacked layer, so the image is marked as local only.
/// </summary>
internal sealed class OciImageBuilder(TimeProvider time) : IImageBuilder
{
    // The layer is portable code and runs on any processor, but a configuration has to name one:
    // the one that every place of ours has.
    private const string Architecture = "amd64";
    private const string Os = "linux";

    /// <inheritdoc/>
    public async Task<ImageBuild> BuildAsync(
        ImageRequest request,
        string layoutDirectory,
        CancellationToken cancel
    )
    {
        Check(request);
        var found = await BaseAsync(request, cancel);
        var folder = ImageLayout.OfBuild(layoutDirectory, time);
        await using var layout = await folder.WriteAsync(cancel);
        if (found is not null)
        {
            request.Progress?.Doing("copying the base image");
            await found.CopyAsync(folder, layout, cancel);
        }
        var layer = await layout.AddAsync(
            MediaTypes.Layer,
            output => DeterministicTar.WriteAsync(request.ApplicationDirectory, output, cancel),
            cancel
        );
        var config = await layout.AddAsync(
            MediaTypes.Config,
            Config(request, found, layer),
            cancel
        );
        var manifest = await layout.AddAsync(
            MediaTypes.Manifest,
            Manifest(request, found, config, layer),
            cancel
        );
        await layout.ListAsync(request.Repository, manifest, cancel);
        var release = Releases.Read(
            new Claim(request.Repository, manifest.Digest),
            Annotate(request)
        );
        return new ImageBuild(
            release,
            (found?.Size ?? 0) + layer.Size + config.Size + manifest.Size,
            request.Base is { } under
                ? $"reproducible; on {under.What.Short}"
                : "reproducible; no base: this machine only"
        );
    }

    /// <summary>The digest that <see cref="BuildAsync"/> would give, by reading the files once; writes nothing.</summary>
    public static async Task<string> DigestAsync(ImageRequest request, CancellationToken cancel)
    {
        Check(request);
        var found = await BaseAsync(request, cancel);
        await using var hashing = new HashingStream(Stream.Null);
        await DeterministicTar.WriteAsync(request.ApplicationDirectory, hashing, cancel);
        var layer = hashing.Describe(MediaTypes.Layer);
        var config = Describe(MediaTypes.Config, Config(request, found, layer));
        return Describe(MediaTypes.Manifest, Manifest(request, found, config, layer)).Digest;
    }

    private static async Task<FoundBase?> BaseAsync(
        ImageRequest request,
        CancellationToken cancel
    ) => request.Base is { } given ? await BaseReader.ReadAsync(given, cancel) : null;

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

    private static byte[] Config(ImageRequest request, FoundBase? found, Descriptor layer)
    {
        var start = new ApplicationStart(request.EntryAssembly);
        if (found is not null)
        {
            return OnBase.Config(found, request, start, layer);
        }
        return JsonSerializer.SerializeToUtf8Bytes(
            new ImageConfig(
                ImageLabels.Created(request),
                Architecture,
                Os,
                new ContainerConfig(
                    start.User,
                    [$"{start.Variable.Name}={start.Variable.Value}"],
                    start.Entrypoint,
                    start.Directory,
                    ImageLabels.Of(request)
                ),
                new RootFs("layers", [layer.Digest])
            ),
            OciJson.Canonical.ImageConfig
        );
    }

    private static byte[] Manifest(
        ImageRequest request,
        FoundBase? found,
        Descriptor config,
        Descriptor layer
    ) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ImageManifest(
                2,
                MediaTypes.Manifest,
                config,
                found is null ? [layer] : [.. found.Layers, OnTop(layer)]
            )
            {
                Annotations = Annotate(request),
            },
            OciJson.Canonical.ImageManifest
        );

    /// <summary>Of several layers the one that our builder wrote says so: it alone is unpacked by a local place.</summary>
    private static Descriptor OnTop(Descriptor layer) =>
        layer with
        {
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [Annotations.Layer] = Annotations.PortableLayer,
            },
        };

    private static SortedDictionary<string, string> Annotate(ImageRequest request)
    {
        var annotations = ImageLabels.ForManifest(request);
        annotations[Annotations.Layer] = Annotations.PortableLayer;
        if (request.Base is null)
        {
            annotations[Annotations.LocalOnly] = Annotations.True;
        }
        return annotations;
    }
}
