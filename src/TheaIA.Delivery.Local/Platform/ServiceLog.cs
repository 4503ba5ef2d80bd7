using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>The log of a start: what the process wrote to its standard output and error.</summary>
internal static class ServiceLog
{
    /// <summary>How many of its last lines a person sees below an error.</summary>
    public const int Shown = 5;

    /// <summary>The last lines that are not empty; none when there is no log.</summary>
    public static IReadOnlyList<string> Tail(string path, int lines) =>
        File.Exists(path)
            ? [.. File.ReadLines(path).Where(l => !string.IsNullOrWhiteSpace(l)).TakeLast(lines)]
            : [];

    /// <summary>Looks for lines of level Error or Fatal (compact log event format: @l).</summary>
    /// <returns>Unknown when there is no structured line at all: nobody could have told.</returns>
    public static (Verdict Verdict, string Value) Judge(string path)
    {
        int structured = 0,
            errors = 0;
        string? first = null;
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                if (Read(line) is not { } entry)
                {
                    continue;
                }
                structured++;
                if (entry.Level is "Error" or "Fatal")
                {
                    errors++;
                    first ??= entry.Text;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (Verdict.Unknown, $"the log cannot be read: {e.Message}");
        }
        return (structured, errors) switch
        {
            (0, _) => (Verdict.Unknown, "the log has no structured line"),
            (_, 0) => (Verdict.Pass, "log clean"),
            _ => (
                Verdict.Fail,
                $"{errors} error {(errors == 1 ? "line" : "lines")} in the log: {first}"
            ),
        };
    }

    private static (string? Level, string Text)? Read(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(line);
            return (Text("@l"), Text("@m") ?? Text("@mt") ?? line);

            string? Text(string name) =>
                json.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
        }
        catch (JsonException)
        {
            // a torn line, or a text that begins like one
            return null;
        }
    }
}
