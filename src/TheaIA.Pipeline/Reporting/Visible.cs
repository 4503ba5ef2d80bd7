using System.Globalization;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// Text of others in the engine's own lines: what a terminal would obey is shown instead. What a target
/// itself writes is not touched.
/// </summary>
internal static class Visible
{
    /// <summary>About as much as a screen holds; the whole is in the log.</summary>
    private const int Longest = 2000;

    /// <summary>On one line, with its control characters as C# writes them.</summary>
    public static string Line(string text)
    {
        if (!HasControls(text))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            shown.Append(IsControl(c) ? Escaped(c) : c.ToString());
        }

        return shown.ToString();
    }

    /// <summary>Line by line, each as <see cref="Line"/> has it.</summary>
    public static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => Line(line.TrimEnd('\r')));

    /// <summary>Its beginning, when it is longer than anybody reads.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= Longest)
        {
            return text;
        }

        // two halves of one character stay together
        var end = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return text[..end] + "...";
    }

    private static bool HasControls(string text)
    {
        foreach (var c in text)
        {
            if (IsControl(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsControl(char c) => char.IsControl(c) && c != '\t';

    private static string Escaped(char c) =>
        c switch
        {
            '\0' => @"\0",
            '\a' => @"\a",
            '\b' => @"\b",
            '\n' => @"\n",
            '\r' => @"\r",
            _ => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
        };
}
