using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Images.Bases;

/// <summary>Reads what a base image says of itself, from wherever it lies.</summary>
internal static class BaseReader
{
    // registries take manifests of up to 4 MiB (OCI distribution spec, "Pushing Manifests")
    private const int Largest = 4 * 1024 * 1024;
    private const string Os = "linux";
    private const string Architecture = "amd64";

    private static readonly string[] ConfigTypes =
    [
        MediaTypes.Config,
        "application/vnd.docker.container.image.v1+json",
    ];

    /// <summary>Reads manifest and configuration; of an index those of its linux/amd64 image.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: it is not there, or no image that can be a base;
    /// <see cref="Outcome.Failed"/>: it is damaged.
    /// </exception>
    public static async Task<FoundBase> ReadAsync(BaseImage given, CancellationToken cancel)
    {
        var document = await DocumentAsync(given, given.What.Digest, cancel);
        if (document.Manifests is { } images)
        {
            document = await DocumentAsync(given, Choose(given, images).Digest, cancel);
        }
        if (document is not { Config: { } config, Layers: { } layers })
        {
            throw NotAnImage(given, "its manifest names no configuration and layers");
        }
        if (!ConfigTypes.Contains(config.MediaType, StringComparer.Ordinal))
        {
            throw NotAnImage(given, $"its configuration is of type {config.MediaType}");
        }
        var bytes = await BytesAsync(given, config.Digest, cancel);
        Check(given, bytes, layers.Count);
        return new FoundBase(given, bytes, [.. layers.Select(l => AsOci(given, l))]);
    }

    private static BaseEntry Choose(BaseImage given, IReadOnlyList<BaseEntry> images) =>
        images.FirstOrDefault(i => i.Platform is { Os: Os, Architecture: Architecture })
        ?? throw new OutcomeException(
            Outcome.Wrong,
            $"The base image {given.Reference} is there for {Platforms(images)}, and not for {Os}/{Architecture}: name another one."
        );

    private static string Platforms(IReadOnlyList<BaseEntry> images)
    {
        var told = images.Select(i => i.Platform?.ToString()).OfType<string>().Distinct();
        return string.Join(", ", told.DefaultIfEmpty("no platform"));
    }

    private static Descriptor AsOci(BaseImage given, BaseEntry layer)
    {
        var type =
            LayerTypes.Of(layer.MediaType)
            ?? throw NotAnImage(given, $"a layer of it is of type {layer.MediaType}");
        return Digest.IsWhole(layer.Digest)
            ? layer.As(type)
            : throw NotAnImage(given, $"'{layer.Digest}' is no digest");
    }

    private static void Check(BaseImage given, byte[] bytes, int layers)
    {
        try
        {
            var config = ConfigDocument.Parse(bytes);
            var os = config["os"]?.GetValue<string>();
            if (os != Os)
            {
                throw NotAnImage(given, $"it is for {os ?? "no system"}, not for {Os}");
            }
            if (config["architecture"]?.GetValue<string>() is null)
            {
                throw NotAnImage(given, "it does not say for which processor it is");
            }
            var told = ConfigDocument.DiffIds(config).Count;
            if (told != layers)
            {
                throw NotAnImage(given, $"it has {layers} layers and tells of {told}");
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw NotAnImage(given, "its configuration cannot be read", broken);
        }
    }

    private static async Task<BaseDocument> DocumentAsync(
        BaseImage given,
        string digest,
        CancellationToken cancel
    )
    {
        try
        {
            return JsonSerializer.Deserialize(
                    await BytesAsync(given, digest, cancel),
                    BaseJson.Default.BaseDocument
                ) ?? throw new JsonException();
        }
        catch (JsonException broken)
        {
            throw NotAnImage(given, "its manifest cannot be read", broken);
        }
    }

    private static async Task<byte[]> BytesAsync(
        BaseImage given,
        string digest,
        CancellationToken cancel
    )
    {
        if (!Digest.IsWhole(digest))
        {
            throw NotAnImage(given, $"'{digest}' is no digest");
        }
        try
        {
            await using var content = await given.From.ReadAsync(
                given.What.Repository,
                digest,
                cancel
            );
            // read to the end, where its digest is checked
            using var bytes = new MemoryStream();
            var buffer = new byte[81920];
            while (await content.ReadAsync(buffer, cancel) is > 0 and var read)
            {
                if (bytes.Length + read > Largest)
                {
                    throw NotAnImage(
                        given,
                        $"{Digest.Short(digest)} is larger than a manifest may be"
                    );
                }
                bytes.Write(buffer, 0, read);
            }
            return bytes.ToArray();
        }
        catch (FileNotFoundException lacking)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"There is no {digest} in {given.From.Name}: --base-image {given.Reference} names no image there.",
                lacking
            );
        }
        catch (InvalidDataException damaged)
        {
            throw new OutcomeException(Outcome.Failed, damaged.Message, damaged);
        }
    }

    private static OutcomeException NotAnImage(
        BaseImage given,
        string why,
        Exception? inner = null
    ) =>
        new(
            Outcome.Wrong,
            $"{given.Reference} cannot be a base image ({why}): name another one after --base-image.",
            inner
        );
}
