using System.Formats.Tar;
using TheaIA.Abstractions;
using TheaIA.Delivery.Local.State;

namespace TheaIA.Delivery.Local.Images;

/// <summary>Unpacks a layer: plain files and folders only, nothing outside, nothing to write to.</summary>
internal static class Unpacking
{
    private const UnixFileMode ReadOnly =
        UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Unpacks a layer to its end, where its stream checks its digest.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: an entry is not to be trusted.</exception>
    public static async Task LayerAsync(
        Stream layer,
        string directory,
        string image,
        CancellationToken cancel
    )
    {
        await using var tar = new TarReader(layer, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            var path = PathOf(entry, directory, image);
            if (entry.EntryType is TarEntryType.Directory)
            {
                Durable.CreateDirectory(path);
            }
            else
            {
                Durable.CreateDirectory(Path.GetDirectoryName(path)!);
                await WriteAsync(path, entry.DataStream ?? Stream.Null, cancel);
            }
        }
        await layer.CopyToAsync(Stream.Null, cancel);
    }

    private static async Task WriteAsync(string path, Stream content, CancellationToken cancel)
    {
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        {
            await content.CopyToAsync(file, cancel);
            file.Flush(flushToDisk: true);
        }
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, ReadOnly);
        }
    }

    private static string PathOf(TarEntry entry, string directory, string image)
    {
        if (
            entry.EntryType
            is not (
                TarEntryType.RegularFile
                or TarEntryType.V7RegularFile
                or TarEntryType.Directory
            )
        )
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{image} holds {entry.Name}, which is neither a file nor a folder ({entry.EntryType}): it is not unpacked."
            );
        }
        var segments = entry.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return
            entry.Name.StartsWith('/')
            || segments.Contains("..", StringComparer.Ordinal)
            || segments is not ["app", ..]
            ? throw new OutcomeException(
                Outcome.Wrong,
                $"{image} holds {entry.Name}, which lies outside app/: it is not unpacked."
            )
            : Path.Combine([directory, .. segments]);
    }
}
