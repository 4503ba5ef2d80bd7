using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Images.Saved;
using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci;

/// <summary>
/// An image that a Docker engine built, packed again by our writer: an engine has no manifest before a
/// push, and stamps what it makes with its clock. So the image has one digest, which tells what it was
/// made from, and is the same when the engine makes the same files again.
/// </summary>
public static class SavedImage
{
    /// <summary>
    /// Writes what <c>docker save</c> gives into a folder in OCI image layout. The layers above the base
    /// get the commit's time on every entry, the base's stay as they are; all are stored plain.
    /// </summary>
    /// <param name="archive">The archive of one image; read once, to its end.</param>
    /// <param name="request">Whose image it is.</param>
    /// <param name="baseLayers">The diff ids of the layers that were there before the build.</param>
    /// <param name="layoutDirectory">The folder; made or added to.</param>
    /// <param name="cancel">Ends the write; one that was cut off leaves no index entry.</param>
    /// <returns>The image; no proof yet.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: the archive is broken.</exception>
    public static async Task<ImageBuild> RepackAsync(
        Stream archive,
        ImageRequest request,
        IReadOnlyCollection<string> baseLayers,
        string layoutDirectory,
        CancellationToken cancel
    )
    {
        var folder = ImageLayout.OfBuild(layoutDirectory, TimeProvider.System);
        await using var layout = await folder.WriteAsync(cancel);
        try
        {
            return await new Repacking(folder, layout, request, baseLayers).RunAsync(
                archive,
                cancel
            );
        }
        catch (Exception broken)
            when (broken
                    is InvalidDataException
                        or EndOfStreamException
                        or JsonException
                        or FormatException
                        or InvalidOperationException
            )
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"What the Docker engine saved of {request.Repository} is no whole image ({broken.Message}): build it again.",
                broken
            );
        }
    }
}
