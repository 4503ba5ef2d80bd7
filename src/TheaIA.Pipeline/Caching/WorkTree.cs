using System.Collections.Concurrent;

namespace TheaIA.Pipeline;

/// <summary>
/// The files of a checkout. Folders and hashes that were read are shared by all targets as long as none
/// of them works: then the tree may change under them, and each looks for itself.
/// </summary>
internal sealed class WorkTree(AbsolutePath root, FileHashes hashes)
{
    private static readonly char[] Wild = ['*', '?', '{', '!'];
    private const char NoCharacter = '\uFFFD';
    private readonly Lock _gate = new();
    private Look? _shared;
    private int _working;

    public AbsolutePath Root => root;

    /// <summary>The files that globs name, with the hash of each, by path relative to the root, in ordinal order.</summary>
    public Dictionary<string, string> Find(IReadOnlyList<string> globs)
    {
        if (globs.Count == 0)
        {
            return [];
        }

        var look = Looking();
        var found = Patterns(globs).Leaves(root, look.FolderOf);
        var files = new Dictionary<string, string>(found.Count, StringComparer.Ordinal);
        foreach (var path in found)
        {
            if (hashes.Of(path, look) is { } hash)
            {
                files[path] = hash;
            }
            else if (path.Contains(NoCharacter, StringComparison.Ordinal))
            {
                // a name that is not UTF-8 cannot be opened here; a program that a target starts can:
                // it counts as changed each time
                files[path] = Guid.NewGuid().ToString();
            }
        }

        return files;
    }

    /// <summary>A glob without a wildcard that names nothing: <c>out.txt</c>. Null: there is none.</summary>
    public string? Missing(IEnumerable<string> globs) => Missing(root, globs);

    /// <summary>The same, for one that needs no hashes.</summary>
    public static string? Missing(AbsolutePath root, IEnumerable<string> globs)
    {
        foreach (var glob in globs)
        {
            if (IsLiteral(glob) && !Path.Exists((root / glob).ToString()))
            {
                return glob;
            }
        }

        return null;
    }

    /// <summary>What globs mean: a folder's name alone is all below it; neither git's files nor ours are anyone's.</summary>
    public Glob Patterns(IReadOnlyList<string> globs) =>
        Glob.Parse([.. globs.Select(Whole), "!.git/**", "!.nuke/temp/**"]);

    /// <summary>Until it is disposed, somebody may change the tree.</summary>
    public IDisposable Changing()
    {
        Begin(1);
        return new Change(this);
    }

    private void Begin(int more)
    {
        lock (_gate)
        {
            _working += more;
            _shared = null;
        }
    }

    private Look Looking()
    {
        lock (_gate)
        {
            return _working == 0 ? _shared ??= new() : new();
        }
    }

    private string Whole(string glob) =>
        IsLiteral(glob)
        && new DirectoryInfo((root / glob).ToString()) is { Exists: true, LinkTarget: null }
            ? glob.TrimEnd('/') + "/**"
            : glob;

    private static bool IsLiteral(string glob) => glob.AsSpan().IndexOfAny(Wild) < 0;

    /// <summary>The folders as they were read since the tree changed last.</summary>
    private sealed class Look
    {
        private readonly ConcurrentDictionary<string, IReadOnlyList<FolderEntry>> _folders = new(
            StringComparer.Ordinal
        );

        public IReadOnlyList<FolderEntry> FolderOf(string path) =>
            _folders.GetOrAdd(path, FolderEntry.In);
    }

    private sealed class Change(WorkTree tree) : IDisposable
    {
        public void Dispose() => tree.Begin(-1);
    }
}
