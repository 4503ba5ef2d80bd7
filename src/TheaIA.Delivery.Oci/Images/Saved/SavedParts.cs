using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Images.Saved;

/// <summary>
/// What an engine's archive holds (<c>docker save</c>). Its list comes last, so layers go into the layout
/// as they come, plain, and small files wait in memory for what they turn out to be.
/// </summary>
internal sealed class SavedParts
{
    // an image has at most 127 layers, so this bounds what waits
    private const long Small = 1024 * 1024;

    private readonly Dictionary<string, byte[]> small = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Descriptor> large = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> links = new(StringComparer.Ordinal);

    /// <summary>Reads the archive to its end.</summary>
    /// <exception cref="InvalidDataException">It is no tar archive.</exception>
    public static async Task<SavedParts> ReadAsync(
        Stream archive,
        LayoutWriter layout,
        CancellationToken cancel
    )
    {
        var parts = new SavedParts();
        await using var tar = new TarReader(archive, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            var name = entry.Name.TrimStart('.', '/');
            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                // an older engine's second use of a layer: ../ID/layer.tar
                parts.links[name] = entry.LinkName.TrimStart('.', '/');
            }
            else if (entry.DataStream is { } content && entry.Length <= Small)
            {
                using var bytes = new MemoryStream();
                await content.CopyToAsync(bytes, cancel);
                parts.small[name] = bytes.ToArray();
            }
            else if (entry.DataStream is { } layer)
            {
                parts.large[name] = await AddAsync(layer, layout, cancel);
            }
        }
        return parts;
    }

    /// <summary>The one image's configuration and the names of its layers, from the lowest.</summary>
    /// <exception cref="JsonException">It is not there, or several are.</exception>
    public (JsonObject Config, IReadOnlyList<string> Layers) Image()
    {
        if (
            JsonNode.Parse(Bytes("manifest.json")) is not JsonArray { Count: 1 } images
            || images[0] is not JsonObject image
            || image["Config"]?.GetValue<string>() is not { } config
        )
        {
            throw new JsonException("its manifest.json does not name one image");
        }
        var layers = (image["Layers"] as JsonArray) ?? [];
        return (
            ConfigDocument.Parse(Bytes(config)),
            [.. layers.Select(l => l!.GetValue<string>())]
        );
    }

    /// <summary>A layer, plain, as it now lies in the layout.</summary>
    /// <exception cref="JsonException">It is not in the archive.</exception>
    public async Task<Descriptor> LayerAsync(
        string name,
        LayoutWriter layout,
        CancellationToken cancel
    )
    {
        if (large.TryGetValue(Followed(name), out var there))
        {
            return there;
        }
        using var content = new MemoryStream(Bytes(name));
        return await AddAsync(content, layout, cancel);
    }

    private byte[] Bytes(string name) =>
        small.GetValueOrDefault(Followed(name))
        ?? throw new JsonException($"there is no {name} in it");

    private string Followed(string name) => links.GetValueOrDefault(name, name);

    private static async Task<Descriptor> AddAsync(
        Stream content,
        LayoutWriter layout,
        CancellationToken cancel
    )
    {
        await using var plain = await PlainAsync(content, cancel);
        return await layout.AddAsync(
            MediaTypes.Layer,
            output => plain.CopyToAsync(output, cancel),
            cancel
        );
    }

    /// <summary>Engines with containerd's store save layers as they were pulled: compressed.</summary>
    private static async Task<Stream> PlainAsync(Stream content, CancellationToken cancel)
    {
        var start = new byte[2];
        var read = await content.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, cancel);
        var whole = new StartedStream(start.AsMemory(0, read), content);
        return start is [0x1f, 0x8b] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }
}
