namespace TheaIA.Pipeline;

/// <summary>
/// Outputs of targets in a folder that checkouts share (<c>--cache DIR</c>). Whatever is wrong with it,
/// targets run as they would without it.
/// </summary>
/// <param name="folder">Where.</param>
/// <param name="tree">The checkout.</param>
/// <param name="limit">What the contents may take up, in bytes.</param>
/// <param name="time">The clock of the run.</param>
/// <param name="remark">Takes one sentence when it cannot be written.</param>
internal sealed class OutputCache(
    CacheFolder folder,
    WorkTree tree,
    long limit,
    TimeProvider time,
    Action<string> remark
)
{
    private int _stored;
    private int _refused;

    /// <summary>Makes the outputs what they were when they were made of the same. Null: they are not here.</summary>
    public RestoredOutputs? Restore(string key, OwnOutputs own, CancellationToken stop)
    {
        if (folder.Read(key) is not { } entry)
        {
            return null;
        }

        using var changing = tree.Changing();
        try
        {
            if (!entry.Fits(tree.Patterns(own.Globs)))
            {
                folder.Drop(key);
                return null;
            }

            using var restoring = new Restoring(folder, tree.Root, entry, Find(entry, own));
            if (!restoring.Stage(stop))
            {
                folder.Drop(key);
                return null;
            }

            var removed = restoring.Place();
            var placed = Find(entry, own);
            if (!restoring.IsPlaced(placed))
            {
                return null;
            }

            Touch(key);
            return new(entry.Made, entry.Figure, placed, removed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the target makes them anew, and meets what is in the way itself
            return null;
        }
    }

    /// <summary>Forgets what was made of the same.</summary>
    public void Drop(string key)
    {
        try
        {
            folder.Drop(key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            remark($"The cache {folder.Shown} cannot forget what is made anew: {e.Message}");
        }
    }

    /// <summary>The outputs that are there, less what only others make.</summary>
    private Dictionary<string, string> Find(CacheEntry entry, OwnOutputs own)
    {
        var found = tree.Find(own.Globs);
        var listed = entry.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in found.Keys.Where(p => !listed.Contains(p) && own.IsOthers(p)).ToList())
        {
            found.Remove(path);
        }

        return found;
    }

    /// <summary>Keeps what a target made.</summary>
    public void Store(string key, FingerprintRecord made)
    {
        try
        {
            var files = made.Outputs.Select(f => Describe(f.Key, f.Value)).ToList();
            if (files.Count == 0 || !files.TrueForAll(f => f.IsSound))
            {
                return;
            }

            if (files.Sum(f => f.Size) > limit)
            {
                remark(
                    $"{files[0].Path} and what was made with it is larger than --cache-size, so the cache does not keep it."
                );
                return;
            }

            using var shared = folder.Share();
            if (
                shared is null
                || !files.TrueForAll(f => f.Hash is null || folder.Add(FullPath(f.Path), f.Hash))
            )
            {
                return;
            }

            var entry = new CacheEntry
            {
                Made = made.When,
                Figure = made.Figure,
                Files = files,
            };
            folder.Write(key, entry, time.GetUtcNow());
            Volatile.Write(ref _stored, 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref _refused, 1) == 0)
            {
                remark(
                    $"The cache {folder.Shown} cannot be written, so nothing is kept there: {e.Message}"
                );
            }
        }
    }

    /// <summary>Removes what was not used for the longest time, when this run stored something.</summary>
    public void Prune()
    {
        if (Volatile.Read(ref _stored) == 0)
        {
            return;
        }

        try
        {
            CachePruning.Run(folder, limit);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the next run that stores something tries again
        }
    }

    private void Touch(string key)
    {
        try
        {
            folder.Touch(key, time.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // removed meanwhile, or a cache that is only read
        }
    }

    private CachedFile Describe(string path, string hash)
    {
        var full = new FileInfo(FullPath(path));
        return full.LinkTarget is { } link
            ? new() { Path = path, Link = link }
            : new()
            {
                Path = path,
                Hash = ContentHash.OfContent(hash),
                Size = full.Length,
                Mode = OperatingSystem.IsWindows() ? null : full.UnixFileMode,
            };
    }

    private string FullPath(string path) => Path.Combine(tree.Root.ToString(), path);
}
