using System.Formats.Tar;
using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Images;
using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Store;

/// <summary>
/// The image of a drill: the same files, but the entry assembly is empty, so that dotnet ends at
/// start. It carries no tag and says what it is.
/// </summary>
internal sealed class FailingCopy(ImageLayout layout)
{
    public async Task<Release> MakeAsync(Claim what, CancellationToken cancel)
    {
        var manifest = await layout.ReadAsync(what.Digest, OciJson.Canonical.ImageManifest, cancel);
        if (manifest.Annotations?.GetValueOrDefault(Annotations.Layer) is null)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{what.Short} has no layer that this pipeline wrote, so a drill cannot copy it: drill with a release that ./build.sh Release made."
            );
        }
        var config = await layout.ReadAsync(
            manifest.Config.Digest,
            OciJson.Canonical.ImageConfig,
            cancel
        );
        var application = manifest.Layers[^1];
        var entry = DeterministicTar.Root + config.Config.Entrypoint[^1];

        await using var writer = await layout.WriteAsync(cancel);
        var broken = await writer.AddAsync(
            MediaTypes.Layer,
            output => BreakAsync(application.Digest, entry, output, cancel),
            cancel
        );
        var brokenConfig = await writer.AddAsync(
            MediaTypes.Config,
            JsonSerializer.SerializeToUtf8Bytes(
                config with
                {
                    Rootfs = config.Rootfs with
                    {
                        DiffIds = [.. config.Rootfs.DiffIds.SkipLast(1), broken.Digest],
                    },
                },
                OciJson.Canonical.ImageConfig
            ),
            cancel
        );
        var annotations = new SortedDictionary<string, string>(
            manifest.Annotations.ToDictionary(StringComparer.Ordinal),
            StringComparer.Ordinal
        )
        {
            [Annotations.Drill] = Annotations.True,
        };
        var copy = await writer.AddAsync(
            MediaTypes.Manifest,
            JsonSerializer.SerializeToUtf8Bytes(
                manifest with
                {
                    Config = brokenConfig,
                    Layers = [.. manifest.Layers.SkipLast(1), broken],
                    Annotations = annotations,
                },
                OciJson.Canonical.ImageManifest
            ),
            cancel
        );
        await writer.ListAsync(what.Repository, copy, cancel);
        return Releases.Read(what with { Digest = copy.Digest }, annotations);
    }

    private async Task BreakAsync(
        string layer,
        string entryAssembly,
        Stream output,
        CancellationToken cancel
    )
    {
        try
        {
            await using var source = layout.Open(layer);
            await using var tar = new TarReader(source);
            var copy = new LayerTar(output);
            while (await tar.GetNextEntryAsync(cancellationToken: cancel) is { } entry)
            {
                if (entry.EntryType == TarEntryType.Directory)
                {
                    await copy.DirectoryAsync(entry.Name, cancel);
                    continue;
                }
                var size = entry.Name == entryAssembly ? 0 : entry.Length;
                await copy.FileAsync(entry.Name, entry.DataStream ?? Stream.Null, size, cancel);
            }
            await copy.EndAsync(cancel);
            // the reader stops at the end mark; the digest is known at the end of the blob
            await source.CopyToAsync(Stream.Null, cancel);
        }
        catch (Exception lacking) when (lacking is FileNotFoundException or InvalidDataException)
        {
            throw new OutcomeException(Outcome.Failed, layout.Damaged(layer), lacking);
        }
    }
}
