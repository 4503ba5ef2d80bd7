using System.Globalization;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// The ways in which programs write one character within a text: raw, and as JSON (also JSON within
/// JSON), C, URLs, shells and HTML escape it.
/// </summary>
internal sealed class CharacterForms : FormGraph
{
    /// <summary>
    /// Where base64 goes to the next line, with what that is indented by; line ends as they are, in
    /// JSON, in JSON within JSON, and in URLs. Its exit leads on to more indentation.
    /// </summary>
    public static CharacterForms LineBreak { get; } = OfLineBreak();

    private CharacterForms() { }

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

    /// <summary>A character of base64, of which nobody escapes letters and digits.</summary>
    /// <param name="character">One of base64 as MIME has it; <c>-</c> and <c>_</c> of URLs are forms too.</param>
    public static CharacterForms Encoded(string character)
    {
        var forms = new CharacterForms();
        if (char.IsAsciiLetterOrDigit(character[0]))
        {
            forms.Path(Entry, Exit, character);
            return forms;
        }

        forms.Add(character, Entry, Exit);
        if (character is "+" or "/")
        {
            forms.Path(Entry, Exit, character == "+" ? "-" : "_");
        }

        return forms;
    }

    private static CharacterForms OfLineBreak()
    {
        var forms = new CharacterForms();
        string[] ends = ["\n", "\r\n", @"\n", @"\r\n", @"\\n", @"\\r\\n", "%0A", "%0D%0A"];
        foreach (var end in ends)
        {
            forms.Path(Entry, Exit, end, anyCaseFrom: end[0] == '%' ? 1 : int.MaxValue);
        }

        forms.Path(Exit, Exit, " ");
        forms.Path(Exit, Exit, "\t");
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
}
