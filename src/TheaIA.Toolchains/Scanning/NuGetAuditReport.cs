using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>
/// Reads what <see cref="NuGetAudit.List"/> wrote. An empty list is what it writes for no vulnerability
/// and for no data alike: a pass needs an audit source that it tells among those that gave data, and a
/// project whose packages were looked up.
/// </summary>
public static class NuGetAuditReport
{
    internal const string Name = "NuGet audit";

    private static readonly string[] Kinds = ["topLevelPackages", "transitivePackages"];

    /// <summary>Reads it.</summary>
    /// <param name="result">How dotnet ended.</param>
    /// <param name="asked">The audit sources that it was to ask.</param>
    public static ScanReport Read(CommandResult result, IReadOnlyList<NuGetSource> asked)
    {
        try
        {
            // what is not JSON before it are warnings of the SDK
            var start = result.Output.IndexOf('{', StringComparison.Ordinal);
            using var json = JsonDocument.Parse(start < 0 ? "" : result.Output[start..]);
            return Judge(json.RootElement, result, asked);
        }
        catch (Exception other)
            when (other is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new ScanReport(Name, []) { Unknown = Failure(result, []) };
        }
    }

    private static ScanReport Judge(
        JsonElement json,
        CommandResult result,
        IReadOnlyList<NuGetSource> asked
    )
    {
        var projects = List(json, "projects");
        var problems = Problems(json).Concat(projects.SelectMany(Problems)).ToList();
        var findings = projects
            .SelectMany(p => List(p, "frameworks"))
            .SelectMany(f => Kinds.SelectMany(k => List(f, k)))
            .SelectMany(Findings)
            .Distinct()
            .OrderBy(f => f.Subject, StringComparer.Ordinal)
            .ThenBy(f => f.Id, StringComparer.Ordinal)
            .ToList();
        var told = List(json, "sources").Select(s => s.GetString()).ToList();
        var answered = asked.Where(s => told.Contains(s.Address, StringComparer.Ordinal)).ToList();
        var source =
            $"{Name} of {Figures.Count(projects.Count, "project")}"
            + (answered.Count > 0 ? $" by {string.Join(", ", answered.Select(s => s.Name))}" : "");
        return
            result.ExitCode == 0
            && projects.Count > 0
            && answered.Count > 0
            && !problems.Any(p => p.IsError)
            ? new ScanReport(source, findings)
            : new ScanReport(source, findings)
            {
                Unknown =
                    projects.Count == 0 && problems.Count == 0
                        ? "dotnet listed no project"
                        : Failure(result, problems),
            };
    }

    private static IEnumerable<ScanFinding> Findings(JsonElement package) =>
        List(package, "vulnerabilities")
            .Select(v => new ScanFinding(
                Text(v, "advisoryurl").TrimEnd('/').Split('/')[^1],
                Text(v, "severity"),
                $"{Text(package, "id")} {Text(package, "resolvedVersion")}"
            ));

    private static IEnumerable<Problem> Problems(JsonElement parent) =>
        List(parent, "problems")
            .Select(p => new Problem(
                Text(p, "text").Trim(),
                string.Equals(Text(p, "level"), "error", StringComparison.OrdinalIgnoreCase)
            ));

    private static string Failure(CommandResult result, IReadOnlyList<Problem> problems)
    {
        var said =
            problems.OrderBy(p => !p.IsError).Select(p => p.Text).FirstOrDefault()
            ?? $"{result.Output}\n{result.Error}"
                .Split('\n')
                .Select(l => l.Trim())
                .FirstOrDefault(l => l.StartsWith("error", StringComparison.OrdinalIgnoreCase));
        return $"no source gave vulnerability data (dotnet list package, exit code {result.ExitCode})"
            + (said is null ? "" : $": {said.Split('\n')[0].Trim()}");
    }

    private static IReadOnlyList<JsonElement> List(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) ? [.. list.EnumerateArray()] : [];

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    private sealed record Problem(string Text, bool IsError);
}
