using System.Text.Json;
using System.Text.RegularExpressions;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>Reads what gitleaks left: its report and its words.</summary>
public static partial class GitleaksReport
{
    /// <summary>gitleaks says of no secret how bad it is: each is high.</summary>
    private const string Severity = "High";

    /// <summary>Reads a report.</summary>
    /// <param name="json">The report: a list of findings.</param>
    /// <returns>
    /// One finding a place, in a fixed order. Its file, line, rule and commit, and nothing else of it: the
    /// message of a commit may quote the secret.
    /// </returns>
    /// <exception cref="JsonException">It is not such a report.</exception>
    public static IReadOnlyList<ScanFinding> Parse(string json)
    {
        using var report = JsonDocument.Parse(json);
        try
        {
            return
            [
                .. report
                    .RootElement.EnumerateArray()
                    .Select(Finding)
                    .DistinctBy(f => f.Id, StringComparer.Ordinal)
                    .OrderBy(f => f.Subject, StringComparer.Ordinal)
                    .ThenBy(f => f.Id, StringComparer.Ordinal),
            ];
        }
        catch (Exception other) when (other is InvalidOperationException or KeyNotFoundException)
        {
            throw new JsonException("this is no report of gitleaks", other);
        }
    }

    /// <summary>What gitleaks made of a run.</summary>
    /// <param name="source">Who looked, and where.</param>
    /// <param name="result">How gitleaks ended.</param>
    /// <param name="json">Its report; null: it left none.</param>
    public static ScanReport Read(string source, CommandResult result, string? json)
    {
        IReadOnlyList<ScanFinding> findings;
        try
        {
            findings = json is null ? [] : Parse(json);
        }
        catch (JsonException broken)
        {
            return new ScanReport(source, [])
            {
                Unknown = $"gitleaks left a report that cannot be read: {broken.Message}",
            };
        }
        var looked = (result.ExitCode, json) switch
        {
            (_, null) => false,
            (0, _) => findings.Count == 0,
            (Gitleaks.Found, _) => findings.Count > 0,
            _ => false,
        };
        return looked
            ? new ScanReport(source, findings)
            : new ScanReport(source, findings) { Unknown = Reason(result) };
    }

    private static ScanFinding Finding(JsonElement found)
    {
        var file = Text("File");
        var commit = Text("Commit");
        var line = found.GetProperty("StartLine").GetInt32();
        var where = commit.Length >= 7 ? $" in {commit[..7]}" : "";
        return new ScanFinding(
            Text("Fingerprint"),
            Severity,
            $"{file}:{line}{where} ({Text("RuleID")})"
        );

        string Text(string name) => found.GetProperty(name).GetString() ?? "";
    }

    /// <summary>Its first line that tells of an error.</summary>
    private static string Reason(CommandResult result)
    {
        var said = Colours()
            .Replace($"{result.Error}\n{result.Output}", "")
            .Split('\n')
            .Select(l => ErrorLine().Match(l))
            .FirstOrDefault(m => m.Success)
            ?.Groups["what"]
            .Value.Trim();
        return $"gitleaks ended with exit code {result.ExitCode}"
            + (said is { Length: > 0 } ? $": {said}" : "");
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Colours();

    [GeneratedRegex(@"(?:\b(?:ERR|FTL)|^Error:)\s(?<what>.+)$")]
    private static partial Regex ErrorLine();
}
