using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Images;

/// <summary>
/// An application folder as a layer: the same files give the same bytes, wherever the folder lies,
/// whatever the umask, owner, clock, time zone, locale or the order in which the disk lists them.
/// <para>
/// It is not compressed, on purpose: zlib's output differs between processors and runtime versions
/// (the runtime ships zlib-ng, which picks its match finder by instruction set), so a compressed
/// layer's digest would not. The price is about twice the bytes, paid once per blob.
/// </para>
/// </summary>
internal static class DeterministicTar
{
    /// <summary>Where the application lies in the image.</summary>
    public const string Root = "app/";

    // links show as what they are, and hidden files are files
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0 };

    /// <summary>Writes the folder; memory does not grow with the size of its files.</summary>
    /// <param name="directory">The application.</param>
    /// <param name="output">Where the archive goes.</param>
    /// <param name="cancel">Ends the write.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: a link is in the folder.</exception>
    public static async Task WriteAsync(string directory, Stream output, CancellationToken cancel)
    {
        var writer = new LayerTar(output);
        foreach (var (path, entry) in Entries(new DirectoryInfo(directory), Root))
        {
            if (entry is DirectoryInfo)
            {
                await writer.DirectoryAsync(path, cancel);
                continue;
            }
            var file = new FileStream(
                entry.FullName,
                new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 }
            );
            await using (file)
            {
                await writer.FileAsync(path, file, file.Length, cancel);
            }
        }
        await writer.EndAsync(cancel);
    }

    /// <summary>Every folder and file with its path in the archive, in ordinal order.</summary>
    private static IEnumerable<(string Path, FileSystemInfo Entry)> Entries(
        DirectoryInfo root,
        string path
    ) => Walk(root, path).Prepend((path, root)).OrderBy(e => e.Item1, StringComparer.Ordinal);

    private static IEnumerable<(string Path, FileSystemInfo Entry)> Walk(
        DirectoryInfo directory,
        string path
    )
    {
        foreach (var entry in directory.EnumerateFileSystemInfos("*", Everything))
        {
            if (entry.LinkTarget is not null)
            {
                throw new OutcomeException(
                    Outcome.Wrong,
                    $"{entry.FullName} is a link, and an image takes files only: publish the file that it points to."
                );
            }
            if (entry is not DirectoryInfo below)
            {
                yield return (path + entry.Name, entry);
                continue;
            }
            var belowPath = $"{path}{entry.Name}/";
            yield return (belowPath, entry);
            foreach (var deeper in Walk(below, belowPath))
            {
                yield return deeper;
            }
        }
    }
}
