using System.Text.RegularExpressions;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>Command lines of the CycloneDX tool for .NET (6.3). Pure: nothing runs here.</summary>
public static partial class CycloneDx
{
    /// <summary>The version of the standard: the newest that others than the tool itself read.</summary>
    public const string SpecVersion = "1.6";

    internal const string FileName = "bom.json";

    private static readonly Dictionary<string, string?> Surroundings = new(StringComparer.Ordinal)
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
    };

    /// <summary>
    /// Writes bom.json for a project. Nothing is restored and nobody on the network is asked: the tool
    /// would fetch the index of its package source even for packages that it has, so that its source is
    /// this machine's packages folder.
    /// </summary>
    /// <param name="request">The project.</param>
    /// <param name="packagesFolder">NuGet's global packages folder.</param>
    /// <param name="output">Where bom.json goes.</param>
    public static Command Bom(SbomRequest request, string packagesFolder, string output) =>
        Of(
            request.Root,
            "tool",
            "run",
            "dotnet-CycloneDX",
            "--",
            request.Project,
            "--output",
            output,
            "--filename",
            FileName,
            "--output-format",
            "Json",
            "--spec-version",
            SpecVersion,
            "--no-serial-number",
            "--disable-package-restore",
            "--base-intermediate-output-path",
            request.ArtifactsPath,
            "--url",
            packagesFolder,
            "--set-name",
            request.Name,
            "--set-version",
            request.Version
        );

    /// <summary>Prints where restored packages lie. <see cref="PackagesFolder"/> reads it.</summary>
    /// <param name="root">The checkout.</param>
    public static Command Locals(string root) =>
        Of(root, "nuget", "locals", "global-packages", "--list");

    /// <summary>The folder in the output of <see cref="Locals"/>; null: it names none.</summary>
    /// <param name="output">Its standard output.</param>
    public static string? PackagesFolder(string output) =>
        GlobalPackages().Match(output) is { Success: true } match
            ? match.Groups[1].Value.Trim()
            : null;

    private static Command Of(string root, params IReadOnlyList<string> arguments) =>
        new("dotnet", arguments) { WorkingDirectory = root, Environment = Surroundings };

    [GeneratedRegex(@"^\s*(?:info\s*:\s*)?global-packages:\s*(\S.*)$", RegexOptions.Multiline)]
    private static partial Regex GlobalPackages();
}
