using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// The repository's own config file: <c>[section "sub"]</c>, <c>name = value</c> with quotes, escapes,
/// comments and lines that go on (git-config's manual, "Syntax"). What it includes, and the person's own
/// config, are left out, as in NUKE.
/// </summary>
internal sealed class GitConfig
{
    private readonly Dictionary<(string Section, string Sub, string Name), string> _first = [];

    public static GitConfig Parse(string text)
    {
        var config = new GitConfig();
        var (section, sub) = ("", "");
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            line = line.TrimStart();
            if (line.StartsWith('['))
            {
                (section, sub, line) = Header(line);
            }

            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? line : line[..equals]).Trim().ToLowerInvariant();
            var value = equals < 0 ? "" : Value(line[(equals + 1)..], reader);
            config._first.TryAdd((section, sub, name), value);
        }

        return config;
    }

    /// <summary>The first value. Null: it is not set. Section and name in lower case; sub as it is.</summary>
    public string? Get(string section, string sub, string name) =>
        _first.GetValueOrDefault((section, sub, name));

    private static (string Section, string Sub, string Line) Header(string line)
    {
        var sub = new StringBuilder();
        var quoted = false;
        var nameEnd = line.AsSpan().IndexOfAny(' ', '\t', ']') is var end and > 0
            ? end
            : line.Length;
        var i = nameEnd;
        for (; i < line.Length && (quoted || line[i] != ']'); i++)
        {
            if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (quoted)
            {
                i += line[i] == '\\' && i + 1 < line.Length ? 1 : 0;
                sub.Append(line[i]);
            }
        }

        var rest = i < line.Length ? line[(i + 1)..].TrimStart() : "";
        return (line[1..nameEnd].ToLowerInvariant(), sub.ToString(), rest);
    }

    private static string Value(string text, StringReader reader)
    {
        var value = new StringBuilder();
        var quoted = false;
        // white space at the end does not count, unless it is quoted
        var length = 0;
        text = text.TrimStart();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"')
            {
                quoted = !quoted;
                length = value.Length;
            }
            else if (c is '#' or ';' && !quoted)
            {
                break;
            }
            else if (c == '\\' && i == text.Length - 1)
            {
                (text, i) = (reader.ReadLine() ?? "", -1);
            }
            else
            {
                value.Append(c == '\\' ? Escaped(text[++i]) : c);
                length = quoted || !char.IsWhiteSpace(c) ? value.Length : length;
            }
        }

        return value.ToString(0, length);
    }

    private static char Escaped(char c) =>
        c switch
        {
            'n' => '\n',
            't' => '\t',
            'b' => '\b',
            _ => c,
        };
}
