using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Layout;

/// <summary>
/// A blob on its way into a layout, by somebody who knows its digest and does not hold the layout's lock:
/// he may read it for a long time, and a blob that appears whole disturbs nobody.
/// </summary>
internal sealed class BlobAside : IDisposable
{
    /// <summary>What nobody wrote to for so long was left by a process that was killed.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(12);

    private readonly ImageLayout layout;
    private readonly string digest;
    private readonly string path;
    private FileStream? file;

    private BlobAside(ImageLayout layout, string digest, string path, FileStream file) =>
        (this.layout, this.digest, this.path, this.file) = (layout, digest, path, file);

    /// <summary>Makes the file.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it cannot be made.</exception>
    public static BlobAside New(ImageLayout layout, string digest, TimeProvider time) =>
        Tell(
            layout,
            digest,
            () =>
            {
                // apart from the writer's folder, which goes with the next writer
                var folder = Directory.CreateDirectory(Path.Combine(layout.Root, ".reading"));
                Directory.CreateDirectory(Path.GetDirectoryName(layout.BlobPath(digest))!);
                foreach (var old in folder.EnumerateFiles())
                {
                    if (time.GetUtcNow() - old.LastWriteTimeUtc > Forgotten)
                    {
                        old.Delete();
                    }
                }
                var path = Path.Combine(folder.FullName, Guid.NewGuid().ToString("n"));
                return new BlobAside(
                    layout,
                    digest,
                    path,
                    // without a buffer: what could not be written must not be tried again when it closes
                    new FileStream(
                        path,
                        FileMode.CreateNew,
                        FileAccess.Write,
                        FileShare.Read,
                        bufferSize: 0
                    )
                );
            }
        );

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            file!.Write(bytes);
        }
        catch (IOException full)
        {
            throw Untold(layout, digest, full);
        }
    }

    /// <summary>Its digest was checked: it becomes the layout's.</summary>
    public void Keep() =>
        Tell(
            layout,
            digest,
            () =>
            {
                file!.Flush(flushToDisk: true);
                file.Dispose();
                file = null;
                File.Move(path, layout.BlobPath(digest), overwrite: true);
                return true;
            }
        );

    public void Dispose()
    {
        if (file is not null)
        {
            file.Dispose();
            File.Delete(path);
            file = null;
        }
    }

    private static T Tell<T>(ImageLayout layout, string digest, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Untold(layout, digest, trouble);
        }
    }

    private static OutcomeException Untold(ImageLayout layout, string digest, Exception trouble) =>
        new(
            Outcome.Failed,
            $"{digest} cannot be kept in {layout.Name} ({trouble.Message.TrimEnd('.')}): see that {layout.Root} can be written and has space, then try again.",
            trouble
        );
}
