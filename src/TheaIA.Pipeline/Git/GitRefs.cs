using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>A repository's references: each a file of its own, or a line of packed-refs; the file counts.</summary>
internal sealed class GitRefs
{
    private const string Symbolic = "ref: ";
    private const string Heads = "refs/heads/";
    private const string TagsFolder = "refs/tags/";

    /// <summary>A reference may name another one; git goes no further either.</summary>
    private const int Deepest = 5;

    private readonly GitFolder _folder;

    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: they are kept in another way.</exception>
    public GitRefs(GitFolder folder, GitConfig config)
    {
        _folder = folder;
        if (config.Get("extensions", "", "refstorage") is { } format and not "files")
        {
            throw folder.Unreadable(
                $"its references are kept as '{format}', not as files (`git refs migrate --ref-format=files` changes that)"
            );
        }
    }

    /// <summary><c>main</c> of <c>refs/heads/main</c>. Null: it is no branch.</summary>
    public static string? BranchOf(string reference) =>
        reference.StartsWith(Heads, StringComparison.Ordinal) ? reference[Heads.Length..] : null;

    /// <summary>A reference's name, or the commit when HEAD is detached.</summary>
    public string Head() => Text(File.ReadAllText(Path.Combine(_folder.Own, "HEAD")), "HEAD");

    /// <summary>Null: it has none yet.</summary>
    public string? CommitOf(string head)
    {
        var at = head;
        for (var i = 0; i <= Deepest; i++)
        {
            if (IsId(at))
            {
                return at;
            }

            if (Loose(at) is not { } next)
            {
                return Packed().FirstOrDefault(p => p.Name == at).Id;
            }

            at = next;
        }

        throw _folder.Unreadable($"{head} names other references without an end");
    }

    /// <summary>Those that name a commit, or a tag object that does.</summary>
    public IReadOnlyCollection<string> TagsOf(string commit)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var loose = new HashSet<string>(StringComparer.Ordinal);
        var objects = new GitObjects(Path.Combine(_folder.Common, "objects"));
        foreach (var name in LooseTags())
        {
            loose.Add(name);
            if (Loose(name) is { } id && objects.Tagged(id) == commit)
            {
                found.Add(name[TagsFolder.Length..]);
            }
        }

        foreach (var (name, id, tagged) in Packed())
        {
            if (
                name.StartsWith(TagsFolder, StringComparison.Ordinal)
                && !loose.Contains(name)
                && (tagged ?? id) == commit
            )
            {
                found.Add(name[TagsFolder.Length..]);
            }
        }

        return found;
    }

    private IEnumerable<string> LooseTags()
    {
        var folder = Path.Combine(_folder.Common, TagsFolder);
        return Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                // what git is about to write is no tag yet
                .Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))
                .Select(f => Path.GetRelativePath(_folder.Common, f).Replace('\\', '/'))
            : [];
    }

    /// <summary>What a reference's own file holds. Null: it has none.</summary>
    private string? Loose(string reference)
    {
        foreach (var folder in new[] { _folder.Own, _folder.Common })
        {
            var file = Path.Combine(folder, reference);
            if (File.Exists(file))
            {
                return Text(File.ReadAllText(file), reference);
            }
        }

        return null;
    }

    /// <summary>Lines of <c>ID NAME</c>; below an annotated tag's one a line <c>^ID</c>, what it names in the end.</summary>
    private IEnumerable<(string Name, string Id, string? Tagged)> Packed()
    {
        var file = Path.Combine(_folder.Common, "packed-refs");
        (string Name, string Id, string? Tagged)? last = null;
        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            if (line.StartsWith('^') && last is { } tag)
            {
                last = tag with { Tagged = line[1..] };
            }
            else if (line.Split(' ', 2) is [var id, var name] && IsId(id))
            {
                if (last is { } before)
                {
                    yield return before;
                }

                last = (name, id, null);
            }
        }

        if (last is { } end)
        {
            yield return end;
        }
    }

    private string Text(string text, string reference)
    {
        var value = text.Trim();
        if (value.StartsWith(Symbolic, StringComparison.Ordinal))
        {
            value = value[Symbolic.Length..].TrimStart();
            // it becomes a path, which is not to lead elsewhere
            if (
                value.StartsWith("refs/", StringComparison.Ordinal)
                && !value.Contains("..", StringComparison.Ordinal)
            )
            {
                return value;
            }
        }

        return IsId(value)
            ? value
            : throw _folder.Unreadable($"{reference} names neither a commit nor a reference");
    }

    private static bool IsId(string text) =>
        text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);
}
