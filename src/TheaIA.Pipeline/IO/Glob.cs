using System.IO.Enumeration;

namespace TheaIA.Pipeline;

/// <summary>
/// Patterns with <c>*</c>, <c>?</c>, <c>**</c>, <c>{a,b}</c> and <c>!</c>. Walks only where a pattern
/// can still match, and never below what is excluded as a whole (<c>!**/node_modules/**</c>).
/// </summary>
internal sealed class Glob
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
    };

    private readonly GlobPattern[] _includes;
    private readonly GlobPattern[] _excludes;

    private Glob(GlobPattern[] includes, GlobPattern[] excludes)
    {
        _includes = includes;
        _excludes = excludes;
    }

    /// <summary>Reads patterns. Exclusions hold wherever they stand; exclusions alone mean all but them.</summary>
    public static Glob Parse(params IReadOnlyCollection<string> patterns)
    {
        var excludes = patterns.Where(IsExclusion).Select(p => p[1..]);
        var includes = patterns.Where(p => !IsExclusion(p)).DefaultIfEmpty("**");
        return new(
            [.. includes.SelectMany(GlobPattern.Parse)],
            [.. excludes.SelectMany(GlobPattern.Parse)]
        );
    }

    /// <summary>Whether a relative path, with <c>/</c> between its parts, is meant.</summary>
    public bool IsMatch(string relativePath)
    {
        var parts = relativePath.Split('/');
        return _includes.Any(p => p.IsMatch(parts)) && !_excludes.Any(p => p.IsMatch(parts));
    }

    /// <summary>What is meant below a folder, in ordinal order.</summary>
    public IReadOnlyList<AbsolutePath> Find(AbsolutePath root, bool directories)
    {
        var found = new List<string>();
        Walk(
            root.ToString(),
            [.. _includes.Select(p => p.Start)],
            [.. _excludes.Select(p => p.Start)],
            directories,
            found
        );
        found.Sort(string.CompareOrdinal);
        return found.ConvertAll(AbsolutePath.Create);
    }

    private static bool IsExclusion(string pattern) => pattern.StartsWith('!');

    private void Walk(
        string folder,
        GlobState[] includes,
        GlobState[] excludes,
        bool directories,
        List<string> found
    )
    {
        foreach (var (name, isDirectory, isLink) in Entries(folder))
        {
            var included = Step(_includes, includes, name);
            var excluded = Step(_excludes, excludes, name);
            var path = Path.Join(folder, name);
            if (
                isDirectory == directories
                && included.Any(s => s.IsMatch)
                && !excluded.Any(s => s.IsMatch)
            )
            {
                found.Add(path);
            }

            if (
                isDirectory
                && !isLink
                && included.Any(s => s.IsAlive)
                && !excluded.Any(s => s.TakesAllBelow)
            )
            {
                Walk(path, included, excluded, directories, found);
            }
        }
    }

    private static GlobState[] Step(GlobPattern[] patterns, GlobState[] states, string name)
    {
        var next = new GlobState[states.Length];
        for (var i = 0; i < states.Length; i++)
        {
            next[i] = patterns[i].Step(states[i], name);
        }

        return next;
    }

    private static List<(string Name, bool IsDirectory, bool IsLink)> Entries(string folder)
    {
        try
        {
            return
            [
                .. new FileSystemEnumerable<(string, bool, bool)>(
                    folder,
                    static (ref FileSystemEntry entry) =>
                        (
                            entry.FileName.ToString(),
                            entry.IsDirectory,
                            entry.IsDirectory
                                && entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                        ),
                    Everything
                ),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            // no such folder, or gone since its parent was read: nothing is in it
            return [];
        }
    }
}
