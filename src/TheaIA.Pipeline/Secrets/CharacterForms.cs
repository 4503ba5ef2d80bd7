using System.Globalization;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// The ways in which programs write one character within a text, as a small automaton: raw, and as
/// JSON (also JSON within JSON), C, URLs, shells and HTML escape it.
/// </summary>
internal sealed class CharacterForms
{
    /// <summary>The node before the character.</summary>
    public const int Entry = 0;

    /// <summary>The node behind the character; it has no edges.</summary>
    public const int Exit = 1;

    private readonly List<List<Edge>> _nodes =
    [
        [],
        [],
    ];
    private readonly HashSet<int> _joints = [Exit];

    private CharacterForms() { }

    /// <summary>Where a character leads to from a node; several edges may have the same one.</summary>
    public List<Edge> From(int node) => _nodes[node];

    /// <summary>All forms of a character; of a line end, with and without a carriage return.</summary>
    /// <param name="character">One UTF-16 code unit, or a surrogate pair.</param>
    public static CharacterForms All(string character)
    {
        var forms = new CharacterForms();
        forms.Add(character, Entry, Exit);
        if (character == "\n")
        {
            var between = forms.Joint();
            forms.Add("\r", Entry, between);
            forms.Add("\n", between, Exit);
        }

        return forms;
    }

    /// <summary>The character itself and nothing else.</summary>
    public static CharacterForms Raw(string character)
    {
        var forms = new CharacterForms();
        forms.Path(Entry, Exit, character);
        return forms;
    }

    private void Add(string character, int from, int to)
    {
        if (character.Length == 1)
        {
            Json(character[0], from, to);
        }
        else
        {
            // JSON escapes the two halves of a pair apart
            var between = Joint();
            Json(character[0], from, between);
            Json(character[1], between, to);
        }

        _ = Rune.DecodeFromUtf16(character, out var rune, out _);
        var bytes = Encoding.UTF8.GetBytes(character);
        Path(from, to, string.Concat(bytes.Select(b => $"%{b:X2}")), anyCaseFrom: 1);
        Path(from, to, string.Concat(bytes.Select(b => $"\\x{b:X2}")), anyCaseFrom: 2);
        Path(from, to, string.Concat(bytes.Select(b => "\\" + Octal(b))));
        Path(from, to, $"\\U{rune.Value:X8}", anyCaseFrom: 2);
        if (rune.Value is >= 0x80 and < 0x100)
        {
            Path(from, to, $"\\x{rune.Value:X2}", anyCaseFrom: 2);
        }

        Html(rune.Value, from, to);
        foreach (var form in Doubled(character))
        {
            Path(from, to, form);
        }
    }

    private void Json(char c, int from, int to)
    {
        Once(c, from, to);
        // JSON within JSON: the backslash of an escape is escaped itself
        var backslash = Joint();
        Path(from, backslash, @"\\");
        Path(from, backslash, @"\u005C", anyCaseFrom: 2);
        Once(c, backslash, to);
        Path(backslash, to, $"u{(int)c:X4}", anyCaseFrom: 1);
        foreach (var letter in Letters(c))
        {
            Path(backslash, to, letter.ToString());
        }
    }

    private void Once(char c, int from, int to)
    {
        Path(from, to, c.ToString());
        Path(from, to, $"\\{c}");
        Path(from, to, $"\\u{(int)c:X4}", anyCaseFrom: 2);
        foreach (var letter in Letters(c))
        {
            Path(from, to, $"\\{letter}");
        }
    }

    /// <summary>What stands behind the backslash for a control character, in JSON, C and bash.</summary>
    private static string Letters(char c) =>
        c switch
        {
            '\a' => "a",
            '\b' => "b",
            '\t' => "t",
            '\n' => "n",
            '\v' => "v",
            '\f' => "f",
            '\r' => "r",
            '\e' => "eE",
            _ => "",
        };

    private void Html(int code, int from, int to)
    {
        var name = code switch
        {
            '"' => "quot",
            '&' => "amp",
            '\'' => "apos",
            '<' => "lt",
            '>' => "gt",
            _ => null,
        };
        if (name is not null)
        {
            Path(from, to, $"&{name};");
        }

        foreach (var format in new[] { "D1", "D2", "D3" })
        {
            Path(from, to, $"&#{code.ToString(format, CultureInfo.InvariantCulture)};");
        }

        foreach (var format in new[] { "X1", "X2", "X4" })
        {
            var digits = code.ToString(format, CultureInfo.InvariantCulture);
            Path(from, to, $"&#x{digits};", anyCaseFrom: 2);
        }
    }

    /// <summary>Spaces of URL forms, and quotes within quotes of the same kind.</summary>
    private static string[] Doubled(string character) =>
        character switch
        {
            " " => ["+"],
            "'" => ["''", @"'\''", "'\"'\"'"],
            "\"" => ["\"\""],
            _ => [],
        };

    private static string Octal(byte value) =>
        $"{(char)('0' + (value >> 6))}{(char)('0' + ((value >> 3) & 7))}{(char)('0' + (value & 7))}";

    /// <summary>A node where several forms meet.</summary>
    private int Joint()
    {
        var joint = Node();
        _joints.Add(joint);
        return joint;
    }

    private int Node()
    {
        _nodes.Add([]);
        return _nodes.Count - 1;
    }

    /// <summary>Makes a text lead from one node to another; beginnings are shared.</summary>
    private void Path(int from, int to, string text, int anyCaseFrom = int.MaxValue)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isLast = i == text.Length - 1;
            var next = isLast ? to : Shared(from, text[i]) ?? Node();
            Link(from, text[i], next);
            if (i >= anyCaseFrom)
            {
                Link(from, char.ToLowerInvariant(text[i]), next);
            }

            from = next;
        }
    }

    private int? Shared(int node, char c)
    {
        foreach (var edge in _nodes[node])
        {
            if (edge.Character == c && !_joints.Contains(edge.Next))
            {
                return edge.Next;
            }
        }

        return null;
    }

    private void Link(int from, char c, int to)
    {
        foreach (var edge in _nodes[from])
        {
            if (edge.Character == c && edge.Next == to)
            {
                return;
            }
        }

        _nodes[from].Add(new(c, to));
    }

    /// <summary>One step within a form.</summary>
    /// <param name="Character">The character that is read.</param>
    /// <param name="Next">The node that it leads to.</param>
    internal readonly record struct Edge(char Character, int Next);
}
