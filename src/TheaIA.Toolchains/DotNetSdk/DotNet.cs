using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>
/// Command lines of the .NET SDK and of this repository's local tools. Pure: nothing runs here. Output
/// is plain English lines, for the parsers beside it.
/// </summary>
public static class DotNet
{
    private static readonly Dictionary<string, string?> Surroundings = new(StringComparer.Ordinal)
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_NOLOGO"] = "1",
        // profiling for the next tier pays after minutes; here it takes a third of a compilation
        ["DOTNET_TieredPGO"] = "0",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["MSBUILDTERMINALLOGGER"] = "off",
    };

    private static readonly Dictionary<string, string?> RealSurroundings = new(
        Surroundings,
        StringComparer.Ordinal
    )
    {
        ["THEAIA_REAL"] = "1",
    };

    /// <summary>Restores packages.</summary>
    /// <param name="solution">The solution or project.</param>
    /// <param name="locked">Exactly what the lock files say, else an error.</param>
    public static Command Restore(string solution, bool locked) =>
        Of(["restore", solution, .. Quiet, .. locked ? ["--locked-mode"] : NoArguments]);

    /// <summary>Restores the local tools of .config/dotnet-tools.json.</summary>
    public static Command ToolRestore() => Of("tool", "restore");

    /// <summary>
    /// Compiles what was restored, with one compiler's server for all its projects: on two cores that
    /// halves the time. The server listens to this name alone, and the runner ends it with the build.
    /// <see cref="BuildReport.Parse"/> reads the output.
    /// </summary>
    /// <param name="solution">The solution or project.</param>
    /// <param name="configuration"><c>Debug</c> or <c>Release</c>.</param>
    /// <param name="server">A name that no other build uses.</param>
    public static Command Build(string solution, string configuration, string server) =>
        Of([
            "build",
            solution,
            "--no-restore",
            "-c",
            configuration,
            "-nologo",
            "--tl:off",
            "-nodeReuse:false",
            "-p:UseSharedCompilation=true",
            $"-p:SharedCompilationId={server}",
            "-v",
            "minimal",
        ]);

    /// <summary>Runs the tests of a compiled project. <see cref="TestCounter"/> reads its lines.</summary>
    /// <param name="run">Which tests, and where their results go.</param>
    public static Command Test(TestRun run) =>
        Of([
            "test",
            run.Project,
            "--no-build",
            "-c",
            run.Configuration,
            "-nologo",
            "--results-directory",
            run.ResultsDirectory,
            "--logger",
            $"trx;LogFileName={run.TrxFileName}",
            "--logger",
            "console;verbosity=normal",
            .. run.Settings is { } settings ? ["--settings", settings] : NoArguments,
            .. run.Coverage ? ["--collect", "XPlat Code Coverage"] : NoArguments,
            .. run.Filter is { Length: > 0 } filter ? ["--filter", filter] : NoArguments,
        ]) with
        {
            Environment = run.Real ? RealSurroundings : Surroundings,
        };

    /// <summary>Checks the format of all files. <see cref="FormatReport.Parse"/> reads its output.</summary>
    /// <param name="paths">Folders or files.</param>
    public static Command FormatCheck(params IReadOnlyList<string> paths) =>
        Of(["csharpier", "check", .. paths]);

    /// <summary>Formats all files.</summary>
    /// <param name="paths">Folders or files.</param>
    public static Command Format(params IReadOnlyList<string> paths) =>
        Of(["csharpier", "format", .. paths]);

    /// <summary>Mends what analyzers report and can mend, or only checks.</summary>
    /// <param name="solution">The solution, restored.</param>
    /// <param name="verify">Changes nothing; the exit code is 2 when something would change.</param>
    public static Command FormatAnalyzers(string solution, bool verify) =>
        Of([
            "format",
            "analyzers",
            solution,
            "--no-restore",
            "--severity",
            "warn",
            .. verify ? ["--verify-no-changes"] : NoArguments,
        ]);

    /// <summary>
    /// Publishes portable code, the same bytes from any folder: paths are mapped, the commit is given
    /// and not asked from git, debug symbols are embedded (their checksum is part of the assembly), and
    /// there is no host program, which would be of this machine's kind. It restores and compiles into
    /// an own folder, since a publish changes obj/ under other builds.
    /// </summary>
    /// <param name="publish">What, from where, to where.</param>
    public static Command Publish(Publish publish) =>
        Of([
            "publish",
            publish.Project,
            "-c",
            "Release",
            "-o",
            publish.Output,
            "--artifacts-path",
            publish.ArtifactsPath,
            .. Quiet,
            "-v",
            "quiet",
            .. publish.Locked ? ["-p:RestoreLockedMode=true"] : NoArguments,
            "-p:UseAppHost=false",
            "-p:ContinuousIntegrationBuild=true",
            "-p:EnableSourceControlManagerQueries=false",
            $"-p:SourceRevisionId={publish.Commit}",
            $"-p:PathMap={publish.Root.TrimEnd('/', '\\')}=/_",
            "-p:DebugType=embedded",
            "-p:PublishDocumentationFile=false",
            "-p:IsTransformWebConfigDisabled=true",
            // Compile has run them on the same files
            "-p:RunAnalyzers=false",
        ]);

    /// <summary>Writes the coverage report that a person reads.</summary>
    /// <param name="reports">Cobertura files; a glob is understood.</param>
    /// <param name="directory">Where index.html goes.</param>
    /// <param name="root">The checkout: paths in the report are relative to it.</param>
    public static Command ReportHtml(
        IReadOnlyList<string> reports,
        string directory,
        string root
    ) =>
        Of(
            "reportgenerator",
            $"-reports:{string.Join(';', reports)}",
            $"-targetdir:{directory}",
            $"-sourcedirs:{root}",
            "-reporttypes:Html",
            "-verbosity:Warning"
        );

    /// <summary>
    /// Runs a project and restarts it when a file changes. It restores and compiles into a folder of its
    /// own: what other builds restored and compiled stays as they left it.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="artifactsPath">Where its obj and bin go.</param>
    /// <param name="arguments">For the program itself.</param>
    public static Command Watch(
        string project,
        string artifactsPath,
        params IReadOnlyList<string> arguments
    ) =>
        Of([
            "watch",
            "--project",
            project,
            "--non-interactive",
            "--artifacts-path",
            artifactsPath,
            "run",
            .. arguments.Count > 0 ? ["--", .. arguments] : NoArguments,
        ]);

    private static string[] Quiet => ["--disable-build-servers", "-nologo", "--tl:off"];

    private static string[] NoArguments => [];

    private static Command Of(params IReadOnlyList<string> arguments) =>
        new("dotnet", arguments) { Environment = Surroundings };
}
