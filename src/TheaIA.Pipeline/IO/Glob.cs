namespace TheaIA.Pipeline;

/// <summary>
/// Patterns with <c>*</c>, <c>?</c>, <c>**</c>, <c>{a,b}</c> and <c>!</c>. Walks only where a pattern
/// can still match, and never below what is excluded as a whole (<c>!**/node_modules/**</c>).
/// </summary>
internal sealed class Glob
{
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
    public IReadOnlyList<AbsolutePath> Find(AbsolutePath root, bool directories) =>
        Walk(root, FolderEntry.In, e => e.IsDirectory == directories)
            .ConvertAll(path => AbsolutePath.Create(Path.Join(root.ToString(), path)));

    /// <summary>The files below a folder, and the links to folders, by path relative to it, in ordinal order.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="read">What is in a folder: <see cref="FolderEntry.In"/>, or what that said before.</param>
    public List<string> Leaves(AbsolutePath root, Func<string, IReadOnlyList<FolderEntry>> read) =>
        Walk(root, read, e => !e.IsDirectory || e.IsLink);

    private static bool IsExclusion(string pattern) => pattern.StartsWith('!');

    private List<string> Walk(
        AbsolutePath root,
        Func<string, IReadOnlyList<FolderEntry>> read,
        Predicate<FolderEntry> wanted
    )
    {
        var found = new List<string>();
        Below("", [.. _includes.Select(p => p.Start)], [.. _excludes.Select(p => p.Start)]);
        found.Sort(string.CompareOrdinal);
        return found;

        void Below(string folder, GlobState[] includes, GlobState[] excludes)
        {
            foreach (var entry in read(Path.Join(root.ToString(), folder)))
            {
                var included = Step(_includes, includes, entry.Name);
                var excluded = Step(_excludes, excludes, entry.Name);
                var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
                if (wanted(entry) && included.Any(s => s.IsMatch) && !excluded.Any(s => s.IsMatch))
                {
                    found.Add(path);
                }

                if (
                    entry is { IsDirectory: true, IsLink: false }
                    && included.Any(s => s.IsAlive)
                    && !excluded.Any(s => s.TakesAllBelow)
                )
                {
                    Below(path, included, excluded);
                }
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
}
