namespace TheaIA.Pipeline;

/// <summary>The columns of a line: mark, name, time, figure; at most 100 wide.</summary>
internal sealed class Layout(IEnumerable<string> names)
{
    public const int Width = 100;
    private const string Command = "./build.sh";

    // what ends it in a sentence: none of its own words holds them
    private static readonly string[] AfterCommand = [". ", ", ", ": ", " ("];
    private const int MarkWidth = 6;
    private const int TimeWidth = 8;
    private const string DetailIndent = "        ";
    private const int LongestName = 24;

    // room for a text beside what stands before it; with less it goes on below
    private const int Narrowest = 8;
    private readonly int _nameWidth = WidthOf(names);

    // as many as the widest column wants
    private const string TenBlanks = "          ";
    private const string AllBlanks =
        TenBlanks + TenBlanks + TenBlanks + TenBlanks + TenBlanks + TenBlanks;

    public const string NoTime = "-  ";

    /// <summary>A target's line; what does not fit goes on below the figure.</summary>
    public IEnumerable<string> Target(string mark, string name, string time, string figure)
    {
        var head = string.Concat(
            mark + Blanks(mark, MarkWidth),
            name + Blanks(name, _nameWidth + 1),
            Blanks(time, TimeWidth),
            time
        );
        if (figure.Length == 0)
        {
            return [head.TrimEnd()];
        }

        // a long time (2 min 3 s) takes of the room before the figure, which keeps its column
        var room = Blanks(head, MarkWidth + _nameWidth + 1 + TimeWidth + 3);
        return Wrap(head + (room.Length < 2 ? "  " : room), figure);
    }

    /// <summary>
    /// What fills a text up to a width. Not by PadRight: every run comes here, and the framework compiles
    /// what fills a memory only when it is needed.
    /// </summary>
    private static string Blanks(string text, int width) =>
        text.Length >= width ? "" : AllBlanks[^(width - text.Length)..];

    /// <summary>Several targets that share an answer.</summary>
    public static IEnumerable<string> Group(string mark, IEnumerable<string> names, string text) =>
        Wrap(
            mark + Blanks(mark, MarkWidth),
            $"{string.Join(", ", names)}{(mark == "same" ? "    " : "   ")}{text}"
        );

    private static int WidthOf(IEnumerable<string> names)
    {
        var width = 11;
        foreach (var name in names)
        {
            width = Math.Max(width, name.Length);
        }

        return Math.Min(width, LongestName);
    }

    public static string Detail(string line) => DetailIndent + line;

    /// <summary>Breaks at spaces; a single long word, a path or a reference, stays whole.</summary>
    public static IEnumerable<string> Wrap(string head, string text)
    {
        if (head.Length > Width - Narrowest)
        {
            yield return head.TrimEnd();
            head = DetailIndent;
        }

        string? indent = null;
        while (head.Length + text.Length > Width)
        {
            indent ??= new string(' ', head.Length);
            var room = Width - indent.Length;
            var end = text.LastIndexOf(' ', Math.Min(room, text.Length - 1));
            end = BeforeCommand(text, end, room);
            if (end <= 0)
            {
                end = text.IndexOf(' ', StringComparison.Ordinal);
            }

            if (end <= 0)
            {
                break;
            }

            yield return head + text[..end].TrimEnd();
            head = indent;
            text = text[end..].TrimStart();
        }

        yield return head + text;
    }

    /// <summary>A command that a person is to copy goes on one line, where it fits on one.</summary>
    private static int BeforeCommand(string text, int end, int room)
    {
        var start = end > 0 ? text.LastIndexOf(Command, end, StringComparison.Ordinal) : -1;
        if (start <= 0 || text[start - 1] != ' ')
        {
            return end;
        }

        var last = text.Length;
        foreach (var mark in AfterCommand)
        {
            var at = text.IndexOf(mark, start, StringComparison.Ordinal);
            last = at < 0 ? last : Math.Min(last, at);
        }

        return last > end && last - start <= room ? start - 1 : end;
    }

    public static string Ago(TimeSpan since) =>
        since switch
        {
            { TotalSeconds: < 60 } => $"{(int)Math.Max(0, since.TotalSeconds)} s ago",
            { TotalMinutes: < 60 } => $"{(int)since.TotalMinutes} min ago",
            { TotalHours: < 48 } => $"{(int)since.TotalHours} h ago",
            _ => $"{(int)since.TotalDays} days ago",
        };
}
