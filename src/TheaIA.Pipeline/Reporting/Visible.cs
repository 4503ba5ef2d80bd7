using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TheaIA.Pipeline;

/// <summary>
/// Text of others in the engine's own lines: what a terminal would obey is shown instead. Of what a target
/// itself writes a terminal gets the colours, all else gets it as it is.
/// </summary>
internal static partial class Visible
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

    /// <summary>
    /// A target's own line for a terminal that others share: without what would move the cursor, clear
    /// the screen or name the window. Colours stay (ECMA-48, SGR).
    /// </summary>
    public static string Coloured(string line)
    {
        // progress that a program writes over itself must not be written over the target's name
        var inOne = line.Replace('\r', ' ');
        return inOne.Contains('\e', StringComparison.Ordinal)
            ? Sequence().Replace(inOne, s => s.Groups["colour"].Value)
            : inOne;
    }

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

    /// <summary>CSI sequences, of which those that end in m are colours; strings such as OSC; all others.</summary>
    [GeneratedRegex(
        @"(?<colour>\e\[[0-9;:]*m)|\e\[[0-?]*[ -/]*[@-~]?|\e[\]PX^_].*?(?:\a|\e\\|$)|\e[ -/]*[0-~]?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Sequence();

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
