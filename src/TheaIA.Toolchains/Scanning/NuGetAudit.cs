using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>Asks NuGet's sources which restored packages have known vulnerabilities (mission row M12).</summary>
public static class NuGetAudit
{
    private static readonly Dictionary<string, string?> Surroundings = new(StringComparer.Ordinal)
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
    };

    /// <summary>Prints NuGet's configuration. <see cref="AuditSources.Parse"/> reads it; it may hold passwords.</summary>
    /// <param name="root">The checkout.</param>
    public static Command Configuration(string root) =>
        Of(root, "nuget", "config", "get", "all") with
        {
            PrintsSecret = true,
        };

    /// <summary>Lists what is vulnerable, as JSON. <see cref="NuGetAuditReport.Read"/> reads it.</summary>
    /// <param name="root">The checkout.</param>
    /// <param name="solution">The solution or project, restored.</param>
    /// <param name="configuration">
    /// A NuGet.Config in place of the checkout's and the user's: <see cref="AuditSources.Configuration"/>.
    /// </param>
    public static Command List(string root, string solution, string configuration) =>
        Of(
            root,
            "list",
            solution,
            "package",
            "--vulnerable",
            "--include-transitive",
            "--no-restore",
            "--format",
            "json",
            "--config",
            configuration
        );

    /// <summary>Asks.</summary>
    /// <param name="runner">Runs dotnet.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="solution">The solution or project, restored.</param>
    /// <param name="temporaryDirectory">A folder of this run; made when needed.</param>
    /// <param name="cancel">Ends dotnet.</param>
    /// <returns>Unknown, never an empty pass, unless at least one source gave its data.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: dotnet is missing.</exception>
    public static async Task<ScanReport> ScanAsync(
        IRunner runner,
        string root,
        string solution,
        string temporaryDirectory,
        CancellationToken cancel
    )
    {
        var asked = await runner.RunAsync(Configuration(root), cancel: cancel);
        var sources = AuditSources.Parse(asked.Output);
        if (asked.ExitCode != 0 || sources.Asked.Count == 0)
        {
            return new ScanReport(NuGetAuditReport.Name, [])
            {
                Unknown = "NuGet's configuration names no source: add one to NuGet.Config",
            };
        }
        Directory.CreateDirectory(temporaryDirectory);
        var file = Path.Combine(
            Path.GetFullPath(temporaryDirectory),
            $"audit-{Path.GetRandomFileName()}.config"
        );
        try
        {
            await File.WriteAllTextAsync(file, sources.Configuration(), cancel);
            var listed = await runner.RunAsync(List(root, solution, file), cancel: cancel);
            return NuGetAuditReport.Read(listed, sources.Asked);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Command Of(string root, params IReadOnlyList<string> arguments) =>
        new("dotnet", arguments) { WorkingDirectory = root, Environment = Surroundings };
}
