using System.Text;
using System.Text.RegularExpressions;

namespace TheaIA.Delivery.Docker.Contexts;

/// <summary>
/// A pattern of .dockerignore: Go's filepath.Match with <c>**</c> besides for any number of folders
/// (Docker's "build context" reference, ".dockerignore files").
/// </summary>
internal sealed class IgnorePattern
{
    private readonly Regex whole;

    private IgnorePattern(string pattern, bool takesBack)
    {
        TakesBack = takesBack;
        whole = new Regex(
            $@"\A{Translate(pattern)}\z",
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline
        );
    }

    /// <summary>It began with <c>!</c>: what it matches is not ignored after all.</summary>
    public bool TakesBack { get; }

    /// <summary>Reads a line; null for one that says nothing.</summary>
    /// <exception cref="FormatException">It is no pattern.</exception>
    public static IgnorePattern? Parse(string line)
    {
        // a comment's # stands first in its line: later it is a file's name
        if (line.StartsWith('#') || line.Trim() is not { Length: > 0 } text)
        {
            return null;
        }
        var takesBack = text[0] == '!';
        var pattern = Clean(takesBack ? text[1..].Trim() : text);
        if (takesBack && text.Length == 1)
        {
            throw new FormatException("'!' takes nothing back");
        }
        return pattern.Length == 0 ? null : new IgnorePattern(pattern, takesBack);
    }

    /// <summary>It matches the path or a folder above it.</summary>
    /// <param name="path">In the context, with <c>/</c>.</param>
    public bool Matches(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (whole.IsMatch(path.AsSpan(0, end)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Empty parts and <c>.</c> say nothing, and <c>..</c> takes a part back (Go's filepath.Clean).</summary>
    private static string Clean(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in pattern.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }
        return string.Join('/', parts);
    }

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when Next(i) == '*':
                    i++;
                    if (i == pattern.Length - 1)
                    {
                        regex.Append(".*");
                        break;
                    }
                    i += Next(i) == '/' ? 1 : 0;
                    regex.Append("(?:.*/)?");
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[':
                    i = TranslateClass(pattern, i, regex);
                    break;
                case '\\' when Next(i) is { } escaped:
                    regex.Append(Regex.Escape($"{escaped}"));
                    i++;
                    break;
                case var letter:
                    regex.Append(Regex.Escape($"{letter}"));
                    break;
            }
        }
        return regex.ToString();

        char? Next(int at) => at + 1 < pattern.Length ? pattern[at + 1] : null;
    }

    /// <returns>Where its bracket ends.</returns>
    private static int TranslateClass(string pattern, int begin, StringBuilder regex)
    {
        var i = begin + 1;
        regex.Append('[');
        if (i < pattern.Length && pattern[i] == '^')
        {
            regex.Append('^');
            i++;
        }
        for (var first = i; i < pattern.Length; i++)
        {
            if (pattern[i] == ']' && i > first)
            {
                regex.Append(']');
                return i;
            }
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                i++;
            }
            else if (pattern[i] == '-' && i > first)
            {
                regex.Append('-'); // a range
                continue;
            }
            var means = pattern[i] is '[' or ']' or '\\' or '^' or '-';
            regex.Append(means ? "\\" : "").Append(pattern[i]);
        }
        throw new FormatException("'[' is not closed");
    }
}
