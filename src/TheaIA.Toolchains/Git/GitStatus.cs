namespace TheaIA.Toolchains;

/// <summary>What <c>git status --porcelain=v2 --branch -z</c> says.</summary>
/// <param name="Commit">The full commit; null when there is none yet.</param>
/// <param name="Branch">The branch; null when HEAD is detached.</param>
/// <param name="Changed">Changed, new and conflicting files.</param>
public sealed record GitStatus(string? Commit, string? Branch, IReadOnlyList<string> Changed)
{
    private const string Oid = "# branch.oid ";
    private const string Head = "# branch.head ";

    /// <summary>Reads the output of <see cref="Git.Status"/>.</summary>
    /// <param name="output">Its standard output, entries separated by NUL.</param>
    public static GitStatus Parse(string output)
    {
        var (commit, branch) = ((string?)null, (string?)null);
        var changed = new List<string>();
        using var entries = output.Split('\0').Select(e => e.TrimStart('\n', '\r')).GetEnumerator();
        while (entries.MoveNext())
        {
            var entry = entries.Current;
            if (entry.StartsWith(Oid, StringComparison.Ordinal))
            {
                commit = entry[Oid.Length..] is "(initial)" ? null : entry[Oid.Length..];
            }
            else if (entry.StartsWith(Head, StringComparison.Ordinal))
            {
                branch = entry[Head.Length..] is "(detached)" ? null : entry[Head.Length..];
            }
            else if (entry.Length > 0 && FieldsBeforePath(entry[0]) is { } fields)
            {
                changed.Add(entry.Split(' ', fields + 1)[fields]);
                if (entry[0] == '2')
                {
                    entries.MoveNext(); // a renamed file's entry is followed by its old path
                }
            }
        }
        return new GitStatus(commit, branch, changed);
    }

    private static int? FieldsBeforePath(char kind) =>
        kind switch
        {
            '1' => 8,
            '2' => 9,
            'u' => 10,
            '?' => 1,
            _ => null,
        };
}
