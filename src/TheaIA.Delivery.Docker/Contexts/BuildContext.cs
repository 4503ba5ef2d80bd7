using System.Formats.Tar;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Docker.Contexts;

/// <summary>
/// The files that a Dockerfile may copy, as the archive that an engine takes. Owner, time and umask are
/// taken out of it, so that an engine's cache and its layers do not tell one checkout from another.
/// </summary>
/// <param name="root">The folder.</param>
/// <param name="ignore">What of it is not sent.</param>
/// <param name="always">Files that are sent all the same: the engine reads them for itself.</param>
internal sealed class BuildContext(string root, DockerIgnore ignore, IReadOnlySet<string> always)
{
    private const UnixFileMode Plain =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.OtherRead;

    private const UnixFileMode Runnable =
        Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // links go in as what they are, and hidden files are files
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0 };

    /// <summary>Writes the archive; memory does not grow with the size of its files.</summary>
    /// <returns>How many files there are.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: a file cannot be read.</exception>
    public async Task<int> WriteAsync(Stream output, CancellationToken cancel)
    {
        var files = 0;
        await using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var (path, entry) in Walk(new DirectoryInfo(root), ""))
        {
            cancel.ThrowIfCancellationRequested();
            await WriteAsync(tar, path, entry, cancel);
            files += entry is FileInfo ? 1 : 0;
        }
        return files;
    }

    private IEnumerable<(string Path, FileSystemInfo Entry)> Walk(
        DirectoryInfo folder,
        string under
    )
    {
        foreach (
            var entry in folder
                .EnumerateFileSystemInfos("*", Everything)
                .OrderBy(e => e.Name, StringComparer.Ordinal)
        )
        {
            var path = under + entry.Name;
            var ignored = ignore.Ignores(path);
            if (!ignored || always.Contains(path))
            {
                yield return (path, entry);
            }
            var below = entry is DirectoryInfo && entry.LinkTarget is null;
            if (below && (!ignored || ignore.TakesBack || HoldsAlways(path)))
            {
                foreach (var deeper in Walk((DirectoryInfo)entry, path + "/"))
                {
                    yield return deeper;
                }
            }
        }
    }

    private bool HoldsAlways(string folder) =>
        always.Any(a => a.StartsWith(folder + "/", StringComparison.Ordinal));

    private static async Task WriteAsync(
        TarWriter tar,
        string path,
        FileSystemInfo entry,
        CancellationToken cancel
    )
    {
        if (entry.LinkTarget is { } target)
        {
            await tar.WriteEntryAsync(
                Entry(TarEntryType.SymbolicLink, path, Runnable, link: target),
                cancel
            );
            return;
        }
        if (entry is DirectoryInfo)
        {
            await tar.WriteEntryAsync(Entry(TarEntryType.Directory, path + "/", Runnable), cancel);
            return;
        }
        await using var content = Read(path, entry);
        var file = Entry(TarEntryType.RegularFile, path, ModeOf(entry));
        file.DataStream = content;
        await tar.WriteEntryAsync(file, cancel);
    }

    private static FileStream Read(string path, FileSystemInfo entry)
    {
        try
        {
            return new FileStream(
                entry.FullName,
                new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 }
            );
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{path} cannot be sent to the Docker engine ({refused.Message}): name it in .dockerignore, or make it readable.",
                refused
            );
        }
    }

    private static PaxTarEntry Entry(
        TarEntryType type,
        string path,
        UnixFileMode mode,
        string? link = null
    )
    {
        var entry = new PaxTarEntry(type, path)
        {
            Mode = mode,
            ModificationTime = DateTimeOffset.UnixEpoch,
        };
        if (link is not null)
        {
            entry.LinkName = link;
        }
        return entry;
    }

    /// <summary>Only whether it can be run: the rest is the umask's. On Windows nobody knows, so all can.</summary>
    private static UnixFileMode ModeOf(FileSystemInfo entry) =>
        OperatingSystem.IsWindows() || entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute)
            ? Runnable
            : Plain;
}
