using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>
/// Brings an entry's files into the checkout: first all beside it, where each is held against its hash;
/// only then into their places. A file that is there already stays as it is.
/// </summary>
internal sealed class Restoring : IDisposable
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);
    private readonly CacheFolder _folder;
    private readonly CacheEntry _entry;
    private readonly Dictionary<string, string> _there;
    private readonly string _root;
    private readonly DirectoryInfo _stage;

    /// <param name="folder">The cache.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="entry">What is to be there.</param>
    /// <param name="there">The outputs that are there now.</param>
    public Restoring(
        CacheFolder folder,
        AbsolutePath root,
        CacheEntry entry,
        Dictionary<string, string> there
    )
    {
        (_folder, _entry, _there, _root) = (folder, entry, there, root.ToString());
        var stages = (root / ".nuke" / "temp" / "restore").ToString();
        _stage = Directory.CreateDirectory(Path.Combine(stages, Path.GetRandomFileName()));
        Sweep(stages);
    }

    /// <summary>False: a content is missing or damaged; all that is damaged is gone.</summary>
    public bool Stage(CancellationToken stop)
    {
        var isSound = true;
        for (var i = 0; i < _entry.Files.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            var file = _entry.Files[i];
            if (file.Hash is not { } hash || IsThere(file))
            {
                continue;
            }

            var blob = _folder.BlobOf(hash);
            if (!File.Exists(blob))
            {
                isSound = false;
                continue;
            }

            File.Copy(blob, Staged(i));
            if (ContentHash.OfFile(Staged(i)) != hash)
            {
                File.Delete(blob);
                isSound = false;
            }
        }

        return isSound;
    }

    /// <summary>Removes what the entry does not have, then moves its files to their places.</summary>
    /// <returns>How many were removed.</returns>
    public int Place()
    {
        var wanted = _entry.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        var others = _there.Keys.Where(path => !wanted.Contains(path)).ToList();
        foreach (var path in others)
        {
            File.Delete(FullPath(path));
            RemoveIfEmpty(Path.GetDirectoryName(FullPath(path))!);
        }

        for (var i = 0; i < _entry.Files.Count; i++)
        {
            var file = _entry.Files[i];
            var target = FullPath(file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (file.Link is { } link)
            {
                File.Delete(target);
                File.CreateSymbolicLink(target, link);
                continue;
            }

            var here = IsThere(file) ? target : Staged(i);
            if (file.Mode is { } mode && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(here, mode);
            }

            if (here != target)
            {
                File.Move(here, target, overwrite: true);
            }
        }

        return others.Count;
    }

    /// <summary>Whether the outputs are what the entry says. Where a link leads may be others' business.</summary>
    public bool IsPlaced(Dictionary<string, string> outputs) =>
        outputs.Count == _entry.Files.Count
        && _entry.Files.All(f =>
            outputs.TryGetValue(f.Path, out var print) && (f.Hash is null || f.Print == print)
        );

    public void Dispose() => _stage.Delete(recursive: true);

    private bool IsThere(CachedFile file) =>
        _there.TryGetValue(file.Path, out var print) && ContentHash.OfContent(print) == file.Hash;

    private void RemoveIfEmpty(string folder)
    {
        while (folder.Length > _root.Length && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }
    }

    /// <summary>What killed runs left behind.</summary>
    private static void Sweep(string stages)
    {
        var before = TimeProvider.System.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var stage in new DirectoryInfo(stages).EnumerateDirectories())
        {
            if (stage.LastWriteTimeUtc < before)
            {
                stage.Delete(recursive: true);
            }
        }
    }

    private string Staged(int index) =>
        Path.Combine(_stage.FullName, index.ToString(CultureInfo.InvariantCulture));

    private string FullPath(string path) => Path.Combine(_root, path);
}
