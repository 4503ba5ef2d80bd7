using System.Text.Json;
using System.Text.Json.Nodes;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Images.Saved;

/// <summary>From an engine's archive to one image of a layout.</summary>
internal sealed class Repacking(
    ImageLayout folder,
    LayoutWriter layout,
    ImageRequest request,
    IReadOnlyCollection<string> baseLayers
)
{
    /// <summary>Reads the archive once and lists the image.</summary>
    /// <exception cref="JsonException">A document of it is broken.</exception>
    /// <exception cref="InvalidDataException">The archive or a layer of it is broken.</exception>
    public async Task<ImageBuild> RunAsync(Stream archive, CancellationToken cancel)
    {
        var before = BlobsThere();
        var parts = await SavedParts.ReadAsync(archive, layout, cancel);
        var (document, names) = parts.Image();
        var saved = new List<Descriptor>();
        foreach (var name in names)
        {
            saved.Add(await parts.LayerAsync(name, layout, cancel));
        }
        var told = ConfigDocument.DiffIds(document);
        if (!told.SequenceEqual(saved.Select(l => l.Digest), StringComparer.Ordinal))
        {
            throw new InvalidDataException("a layer is not what the configuration tells of it");
        }

        var layers = new List<Descriptor>();
        foreach (var layer in saved)
        {
            layers.Add(baseLayers.Contains(layer.Digest) ? layer : await StampAsync(layer, cancel));
        }
        Complete(document, layers, saved.TakeWhile(l => baseLayers.Contains(l.Digest)).Count());
        var config = await layout.AddAsync(
            MediaTypes.Config,
            ConfigDocument.Write(document),
            cancel
        );
        var annotations = ImageLabels.ForManifest(request);
        var manifest = await layout.AddAsync(
            MediaTypes.Manifest,
            JsonSerializer.SerializeToUtf8Bytes(
                new ImageManifest(2, MediaTypes.Manifest, config, layers)
                {
                    Annotations = annotations,
                },
                OciJson.Canonical.ImageManifest
            ),
            cancel
        );
        await layout.ListAsync(request.Repository, manifest, cancel);
        Forget(saved.Except(layers).Select(l => l.Digest).Where(d => !before.Contains(d)));
        return new ImageBuild(
            Releases.Read(new Claim(request.Repository, manifest.Digest), annotations),
            layers.Sum(l => l.Size) + config.Size + manifest.Size,
            ""
        );
    }

    private Task<Descriptor> StampAsync(Descriptor layer, CancellationToken cancel) =>
        layout.AddAsync(
            MediaTypes.Layer,
            async output =>
            {
                await using var content = folder.Open(layer.Digest);
                await LayerTimes.SetAsync(content, output, request.Created, cancel);
            },
            cancel
        );

    /// <summary>Tells the layers as they are now, and the commit's time where the engine told its own.</summary>
    private void Complete(JsonObject document, List<Descriptor> layers, int ofBase)
    {
        var created = ImageLabels.Created(request);
        document["created"] = created;
        ConfigDocument.SetDiffIds(document, layers.Select(l => l.Digest));
        ConfigDocument.SetLabels(ConfigDocument.Container(document), ImageLabels.Of(request));
        var layer = 0;
        foreach (var entry in ((document["history"] as JsonArray) ?? []).OfType<JsonObject>())
        {
            var empty = entry["empty_layer"] is JsonValue value && value.GetValue<bool>();
            layer += empty ? 0 : 1;
            // what follows the base's last layer is ours, or is the same each time anyway
            if (layer > ofBase || (layer == ofBase && empty))
            {
                entry["created"] = created;
            }
        }
    }

    private HashSet<string> BlobsThere() =>
        new DirectoryInfo(Path.Combine(folder.Root, "blobs", "sha256"))
            .EnumerateFiles()
            .Select(f => Digest.Prefix + f.Name)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The layers as the engine had them: nothing refers to them any more.</summary>
    private void Forget(IEnumerable<string> digests)
    {
        foreach (var digest in digests)
        {
            File.Delete(folder.BlobPath(digest));
        }
    }
}
