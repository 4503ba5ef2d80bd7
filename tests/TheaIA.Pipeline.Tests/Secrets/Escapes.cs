using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace TheaIA.Pipeline.Tests.Secrets;

/// <summary>Writes and reads escaped texts, character by character, with none of the engine's code.</summary>
internal static partial class Escapes
{
    /// <summary>Each character in one of its forms.</summary>
    /// <param name="characters">Each a UTF-16 code unit or a surrogate pair.</param>
    /// <param name="choices">Which form, by turns.</param>
    public static string Write(IEnumerable<string> characters, IReadOnlyList<int> choices)
    {
        var written = new StringBuilder();
        foreach (var (index, character) in characters.Index())
        {
            var choice = choices[index % choices.Count];
            string[] forms = [.. Forms(character)];
            var form = forms[choice % forms.Length];
            written.Append(
                choice % 3 == 0 ? LowerDigits().Replace(form, m => Lower(m.Value)) : form
            );
        }

        return written.ToString();
    }

    /// <summary>The text, and what a reader of one escaping or of two makes of it.</summary>
    public static IReadOnlyList<string> Read(string text)
    {
        var once = Once(text);
        string[] read = [text, once, Once(once)];
        return [.. read, .. read.Select(r => r.Replace('+', ' '))];
    }

    private static IEnumerable<string> Forms(string character)
    {
        var bytes = Encoding.UTF8.GetBytes(character);
        var units = string.Concat(character.Select(c => $"\\u{(int)c:X4}"));
        var code = Rune.GetRuneAt(character, 0).Value;
        yield return character;
        yield return character;
        yield return string.Concat(character.Select(c => $"\\{c}"));
        yield return units;
        yield return units.Replace("\\", "\\\\", StringComparison.Ordinal);
        yield return units.Replace("\\", "\\u005C", StringComparison.Ordinal);
        yield return string.Concat(bytes.Select(b => $"%{b:X2}"));
        yield return string.Concat(bytes.Select(b => $"\\x{b:X2}"));
        yield return string.Concat(
            bytes.Select(b => "\\" + Convert.ToString(b, 8).PadLeft(3, '0'))
        );
        yield return $"&#{code};";
        yield return $"&#x{code:X};";
        yield return WebUtility.HtmlEncode(character);
        yield return Uri.EscapeDataString(character);
        yield return WebUtility.UrlEncode(character);
        foreach (var form in Special(character))
        {
            yield return form;
        }
    }

    private static string[] Special(string character) =>
        character switch
        {
            "\n" => ["\\n", "\\\\n", "\r\n", "\\r\\n"],
            "\t" => ["\\t", "\\\\t"],
            "\u001b" => ["\\E", "\\e"],
            "'" => ["'\\''", "'\"'\"'", "''"],
            "\"" => ["\\\\\\\"", "\"\""],
            "\\" => ["\\\\\\\\"],
            _ => [],
        };

    private static string Once(string text) =>
        Escape().Replace(text, m => Unescaped(m.Value)).ReplaceLineEndings("\n");

    private static string Unescaped(string escape) =>
        escape switch
        {
            "''" or "'\\''" or "'\"'\"'" => "'",
            "\"\"" => "\"",
            "\\n" => "\n",
            "\\r" => "\r",
            "\\t" => "\t",
            "\\E" or "\\e" => "\u001b",
            ['%', ..] => Uri.UnescapeDataString(escape),
            ['&', ..] => WebUtility.HtmlDecode(escape),
            ['\\', 'u', _, ..] => ((char)Hex(escape[2..])).ToString(),
            ['\\', 'x', _, ..] => Bytes(escape.Split("\\x")[1..].Select(Hex)),
            ['\\', >= '0' and <= '3', _, ..] => Bytes(
                escape.Split('\\')[1..].Select(o => Convert.ToInt32(o, 8))
            ),
            ['\\', _] => escape[1..],
            _ => escape,
        };

    private static int Hex(string digits) =>
        int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Bytes(IEnumerable<int> bytes) =>
        Encoding.UTF8.GetString([.. bytes.Select(b => (byte)b)]);

    private static string Lower(string text) => string.Concat(text.Select(char.ToLowerInvariant));

    [GeneratedRegex("(?<=%|\\\\x)[0-9A-F]{2}|(?<=\\\\u)[0-9A-F]{4}")]
    private static partial Regex LowerDigits();

    [GeneratedRegex(
        """'\\''|'"'"'|''|""|(%[0-9A-Fa-f]{2})+|&#?\w+;|\\u[0-9A-Fa-f]{4}|(\\x[0-9A-Fa-f]{2})+|(\\[0-3][0-7]{2})+|\\.""",
        RegexOptions.Singleline
    )]
    private static partial Regex Escape();
}
