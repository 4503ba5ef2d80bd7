using System.Text.Json.Nodes;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Images.Bases;

/// <summary>A base image whose documents were read and checked. Its layers lie where they lie.</summary>
/// <param name="Given">As a person gave it.</param>
/// <param name="ConfigBytes">Its configuration, as it was written.</param>
/// <param name="Layers">Its layers, from the lowest, under OCI's media types.</param>
internal sealed record FoundBase(
    BaseImage Given,
    byte[] ConfigBytes,
    IReadOnlyList<Descriptor> Layers
)
{
    /// <summary>Bytes of its layers, as they are stored.</summary>
    public long Size => Layers.Sum(l => l.Size);

    /// <summary>A configuration of its own for each caller, who may change it.</summary>
    public JsonObject Config() => ConfigDocument.Parse(ConfigBytes);

    /// <summary>Copies the layers that are not there yet, each checked; memory does not grow with their size.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: a layer is missing or is not what it is said to be; it is named.
    /// </exception>
    public async Task CopyAsync(ImageLayout layout, LayoutWriter writer, CancellationToken cancel)
    {
        foreach (var layer in Layers)
        {
            if (await layout.HoldsAsync(layer.Digest, cancel))
            {
                continue;
            }
            var copy = await writer.AddAsync(
                layer.MediaType,
                output => ReadAsync(layer, content => content.CopyToAsync(output, cancel), cancel),
                cancel
            );
            if (copy.Size != layer.Size)
            {
                throw new OutcomeException(
                    Outcome.Failed,
                    $"The base image {Given.Reference} tells of {layer.Size} bytes for its layer {layer.Digest}, which has {copy.Size}: push the base image there again."
                );
            }
        }
    }

    /// <summary>Reads a layer as it is stored, to its end, where its digest is checked.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: it is missing or is not what its digest says; it is named.
    /// </exception>
    public async Task ReadAsync(Descriptor layer, Func<Stream, Task> read, CancellationToken cancel)
    {
        try
        {
            await using var content = await Given.From.ReadAsync(
                Given.What.Repository,
                layer.Digest,
                cancel
            );
            await read(content);
            await content.CopyToAsync(Stream.Null, cancel);
        }
        catch (FileNotFoundException lacking)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"The base image {Given.Reference} lacks its layer {layer.Digest} in {Given.From.Name}: push the base image there again.",
                lacking
            );
        }
        catch (InvalidDataException damaged)
        {
            throw new OutcomeException(Outcome.Failed, damaged.Message, damaged);
        }
    }
}
