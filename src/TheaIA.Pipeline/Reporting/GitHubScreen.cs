namespace TheaIA.Pipeline;

/// <summary>
/// GitHub's log: a target's own output is a group that opens on a click, written whole when the target
/// ends, since groups cannot be interleaved; failures are annotations.
/// </summary>
internal sealed class GitHubScreen(TextWriter output) : Screen
{
    private readonly Dictionary<RunningTarget, List<string>> _lines = [];

    /// <summary>A line of the engine's own is never a command, whatever text is in it.</summary>
    public override void Write(string line, LineStyle style)
    {
        const string command = "::";
        var isCommand = line.AsSpan().TrimStart().StartsWith(command, StringComparison.Ordinal);
        output.Write(
            (isCommand ? line.Replace(command, ": :", StringComparison.Ordinal) : line) + "\n"
        );
    }

    public override void ConsoleLine(RunningTarget running, string line, bool alone)
    {
        if (!_lines.TryGetValue(running, out var lines))
        {
            _lines.Add(running, lines = []);
        }

        lines.Add(line);
    }

    public override void Ended(RunningTarget running)
    {
        if (_lines.Remove(running, out var lines))
        {
            output.Write(
                $"::group::{running.Target.Name}\n{string.Join('\n', lines)}\n::endgroup::\n"
            );
        }
    }

    public override void Annotate(string title, string message) =>
        output.Write($"::error title={Property(title)}::{Data(message)}\n");

    /// <summary>What stands behind a command's name, on one line.</summary>
    public static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text)
            .Replace(":", "%3A", StringComparison.Ordinal)
            .Replace(",", "%2C", StringComparison.Ordinal);
}
