using System.Collections.Concurrent;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// Content hashes of files. A file is not read again while stat(2) says of it what it said when it was
/// read: size, both times and inode; kept in <c>.nuke/temp/stat-cache</c>. Where a system has no time
/// that programs cannot set, every file is read each time. Safe to be asked by all targets at once.
/// </summary>
internal sealed class FileHashes
{
    /// <summary>Some file systems count time in steps of 2 s.</summary>
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan ClockAge = TimeSpan.FromSeconds(0.5);
    private readonly string _root;
    private readonly string _folder;
    private readonly long _margin;
    private readonly SecretMask _mask;
    private readonly Lazy<Dictionary<string, KnownFile>> _kept;
    private readonly ConcurrentDictionary<string, KnownFile> _read = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long? _clock;
    private long _clockRead;
    private int _filesRead;

    /// <param name="root">What paths are relative to.</param>
    /// <param name="mask">Files with a secret in their path are not kept. Null: there is none.</param>
    /// <param name="margin">How much older than its reading a file must be to be kept. Default: 2.5 s.</param>
    public FileHashes(AbsolutePath root, SecretMask? mask = null, TimeSpan? margin = null)
    {
        _mask = mask ?? new();
        _root = root.ToString();
        _folder = (root / ".nuke" / "temp").ToString();
        _margin = (long)(margin ?? LongestTick).TotalNanoseconds;
        _kept = new(() => StatCacheFile.Read(StateFile));
    }

    /// <summary>How many files were read so far.</summary>
    public int FilesRead => Volatile.Read(ref _filesRead);

    private string StateFile => Path.Combine(_folder, "stat-cache");

    /// <summary>
    /// The hash of a file's content, marked where it may be run; of a link, where it leads and what is
    /// there. Null: it is gone.
    /// </summary>
    /// <param name="path">Relative to the root, with <c>/</c> between its parts.</param>
    /// <param name="look">
    /// Stands for a time in which nothing changes the tree: with the same one again, nobody is asked
    /// again. Null: a time of its own.
    /// </param>
    public string? Of(string path, object? look = null)
    {
        look ??= new();
        if (
            (_read.TryGetValue(path, out var known) || _kept.Value.TryGetValue(path, out known))
            && known.SeenBy == look
        )
        {
            return known.Print;
        }

        var full = Path.Join(_root, path);
        try
        {
            return FileStat.Of(full) switch
            {
                null => null,
                { Kind: FileKind.Link } => OfLink(full),
                { Kind: FileKind.Other } => "no file",
                { } found => OfFile(path, full, found, known, look),
            };
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keeps what was learned for the next run. A checkout that cannot be written learns nothing.</summary>
    public void Save()
    {
        if (!_read.Values.Any(f => f.IsLasting))
        {
            return;
        }

        var files = new Dictionary<string, KnownFile>(StringComparer.Ordinal);
        foreach (var (path, known) in _kept.Value)
        {
            if (known.SeenBy is not null || File.Exists(Path.Join(_root, path)))
            {
                files[path] = known;
            }
        }

        foreach (var (path, known) in _read)
        {
            if (known.IsLasting)
            {
                files[path] = known;
            }
            else
            {
                files.Remove(path);
            }
        }

        foreach (var path in _mask.Having(files.Keys).Keys)
        {
            files.Remove(path);
        }

        try
        {
            StatCacheFile.Write(StateFile, files);
            Aside.Sweep(_folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // what is not kept is read again
        }
    }

    private string OfFile(string path, string full, FileStat found, KnownFile? known, object look)
    {
        var stamp = found.Stamp;
        if (known is { IsLasting: true } && known.Stamp == stamp)
        {
            known.IsExecutable = found.IsExecutable;
            known.SeenBy = look;
            return known.Print;
        }

        // before the content: an edit while it is read shows in the next stamp
        var clock = stamp is null ? 0 : Clock();
        var read = new KnownFile(stamp ?? default, OfContent(full))
        {
            // an edit within the same tick of the clock would leave the same stamp
            IsLasting = stamp is { } s && Math.Max(s.Modified, s.Changed) < clock - _margin,
            IsExecutable = found.IsExecutable,
            SeenBy = look,
        };
        _read[path] = read;
        return read.Print;
    }

    private string OfContent(string full)
    {
        Interlocked.Increment(ref _filesRead);
        return ContentHash.OfFile(full);
    }

    private string OfLink(string full)
    {
        var text = new FileInfo(full).LinkTarget ?? "";
        var content = FileBehind(full) is { } file ? OfContent(file) : "";
        return ContentHash.OfBytes(Encoding.UTF8.GetBytes($"{text}\0{content}"));
    }

    private static string? FileBehind(string link)
    {
        try
        {
            var behind = new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
            return behind is not null && FileStat.Of(behind) is { Kind: FileKind.File }
                ? behind
                : null;
        }
        catch (IOException)
        {
            // a link that leads to itself
            return null;
        }
    }

    /// <summary>The file system's own clock, which may not be ours; at most half a second behind.</summary>
    private long Clock()
    {
        lock (_gate)
        {
            if (
                _clock is not { } clock
                || TimeProvider.System.GetElapsedTime(_clockRead) > ClockAge
            )
            {
                _clockRead = TimeProvider.System.GetTimestamp();
                _clock = clock = ReadClock() ?? 0;
            }

            return clock;
        }
    }

    /// <summary>Null: there is none, so that nothing is old enough to be kept.</summary>
    private long? ReadClock()
    {
        try
        {
            Directory.CreateDirectory(_folder);
            var probe = Aside.NameFor(Path.Combine(_folder, "clock"));
            using var file = new FileStream(
                probe,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    Options = FileOptions.DeleteOnClose,
                }
            );
            return FileStat.Of(probe)?.Stamp?.Changed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
