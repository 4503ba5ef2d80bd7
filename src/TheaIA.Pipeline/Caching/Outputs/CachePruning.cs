using System.Text.Json;

namespace TheaIA.Pipeline;

/// <summary>Holds a cache to its size: what was used least recently goes first.</summary>
internal static class CachePruning
{
    public static void Run(CacheFolder folder, long limit)
    {
        if (folder.AllBlobs().Sum(b => b.Length) <= limit)
        {
            return;
        }

        // while somebody stores, his blobs have no entry yet: the next run prunes
        using var alone = folder.Own();
        if (alone is null)
        {
            return;
        }

        foreach (var left in folder.AllAside().ToList())
        {
            left.Delete();
        }

        var blobs = folder.AllBlobs().ToDictionary(b => b.Name, StringComparer.Ordinal);
        var size = blobs.Values.Sum(b => b.Length);
        var entries = folder.AllEntries().OrderBy(e => e.LastWriteTimeUtc).ToList();
        var needed = entries.ConvertAll(NeededBy);
        var uses = needed
            .SelectMany(hashes => hashes)
            .CountBy(hash => hash, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        foreach (var (hash, blob) in blobs)
        {
            if (!uses.ContainsKey(hash))
            {
                size -= Delete(blob);
            }
        }

        for (var i = 0; i < entries.Count && size > limit; i++)
        {
            entries[i].Delete();
            foreach (var hash in needed[i])
            {
                if (--uses[hash] == 0 && blobs.TryGetValue(hash, out var blob))
                {
                    size -= Delete(blob);
                }
            }
        }
    }

    private static long Delete(FileInfo blob)
    {
        var length = blob.Length;
        blob.Delete();
        return length;
    }

    private static HashSet<string> NeededBy(FileInfo entry)
    {
        try
        {
            return CacheFolder
                    .Parse(entry.FullName)
                    ?.Files.Select(f => f?.Hash)
                    .OfType<string>()
                    .ToHashSet(StringComparer.Ordinal)
                ?? [];
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // it cannot be restored either
            return [];
        }
    }
}
