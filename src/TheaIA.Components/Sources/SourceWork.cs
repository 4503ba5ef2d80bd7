using System.Runtime.InteropServices;
using TheaIA.Toolchains;

namespace TheaIA.Components;

/// <summary>What the source targets do: commands of the toolchain, and the figure that matters.</summary>
internal static class SourceWork
{
    private static IProgressReport Progress => TargetContext.Progress;

    private static IRunner Runner => TargetContext.Runner;

    private const int MostFindings = 20;

    /// <summary>
    /// The SDKs beside the runtime that this runs on, of which global.json picks one. Asking dotnet itself
    /// would cost a run with nothing to do more than all the rest.
    /// </summary>
    public static string InstalledSdks()
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var sdks = new DirectoryInfo(Path.Combine(runtime, "..", "..", "..", "sdk"));
        return sdks.Exists
            ? string.Join(
                ' ',
                sdks.GetDirectories().Select(s => s.Name).Order(StringComparer.Ordinal)
            )
            : "";
    }

    /// <summary>Those of some programs that are on the PATH.</summary>
    public static string Present(IEnumerable<string> programs)
    {
        var path = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );
        return string.Join(
            ' ',
            programs.Where(p => path.Any(folder => File.Exists(Path.Combine(folder, p))))
        );
    }

    /// <summary>What a filter left out is never evidence, so it does not lie where Coverage looks.</summary>
    public static string ResultsFolder(IHaveSources build, string folder) =>
        build.Filter is null ? folder : folder + "-filtered";

    public static async Task RestoreAsync(IHaveSources build, CancellationToken cancel)
    {
        if (!build.SolutionFile.FileExists())
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"There is no solution in {NukeBuild.RootDirectory}: it needs one *.sln that names its projects."
            );
        }
        Progress.Doing("packages");
        await RunAsync(DotNet.Restore(build.SolutionFile, locked: true), cancel);
        if ((NukeBuild.RootDirectory / ".config" / "dotnet-tools.json").FileExists())
        {
            Progress.Doing("tools");
            await RunAsync(DotNet.ToolRestore(), cancel);
        }
        Progress.Figure(PackageLocks.Figure(NukeBuild.RootDirectory, locked: true));
    }

    public static async Task FormatAsync(IHaveSources build, CancellationToken cancel)
    {
        Progress.Doing("what the analyzers can mend");
        await RunAsync(DotNet.FormatAnalyzers(build.SolutionFile, verify: false), cancel);
        Progress.Doing("formatting");
        await RunAsync(DotNet.Format("."), cancel);
    }

    public static Task RefuseUnknownConfigurationAsync(IHaveSources build) =>
        build.Configuration is "Debug" or "Release"
            ? Task.CompletedTask
            : throw new OutcomeException(
                Outcome.Wrong,
                $"--configuration '{build.Configuration}' is none: Debug or Release. "
                    + $"From {TargetContext.SourceOf(nameof(build.Configuration))}."
            );

    public static async Task CompileAsync(IHaveSources build, CancellationToken cancel)
    {
        var server = FormattableString.Invariant($"theaia-{Environment.ProcessId}");
        var command = DotNet.Build(build.SolutionFile, build.Configuration, server);
        CommandResult compiled;
        try
        {
            compiled = await Runner.RunAsync(command, TellWhatIsCompiled, cancel);
        }
        finally
        {
            // the server ends with the target, and would leave its socket
            if (!OperatingSystem.IsWindows())
            {
                File.Delete($"/tmp/{server}");
            }
        }

        var report = BuildReport.Parse(compiled.Output, NukeBuild.RootDirectory);
        if (compiled.ExitCode != 0)
        {
            if (report.Errors.Count == 0)
            {
                compiled.OrThrow(command);
            }
            throw new OutcomeException(
                Outcome.Failed,
                $"{Figures.Count(report.Errors.Count, "error")}, the first in {Place(report.Errors[0])}"
            )
            {
                Details = [.. report.Errors.Take(MostFindings)],
            };
        }
        Progress.Figure(report.Figure);
    }

    public static async Task LintAsync(ILint build, CancellationToken cancel)
    {
        var command = DotNet.FormatCheck(".");
        var looked = await Runner.RunAsync(command, cancel: cancel);
        var report = FormatReport.Parse(looked.Output + "\n" + looked.Error);
        if (looked.ExitCode != 0 && report.Unformatted.Count == 0)
        {
            looked.OrThrow(command);
        }
        List<string> findings =
        [
            .. report.Unformatted.Select(f =>
                $"{f}: not formatted; ./build.sh Lint --fix mends it"
            ),
        ];
        if (WorkflowWork.Drift(build) is { } drift)
        {
            findings.Add(drift);
        }
        if (TargetContext.SchemaDrift() is { } schema)
        {
            findings.Add(schema);
        }
        if (findings.Count > 0)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{Figures.Count(report.Files, "file")}, {Figures.Count(findings.Count, "finding")}"
            )
            {
                Details = [.. findings.Take(MostFindings)],
            };
        }
        Progress.Figure(report.Figure);
    }

    /// <summary>The last one must not run alone for long; how long each takes, a fresh clone does not know.</summary>
    private static IEnumerable<AbsolutePath> LargestFirst(IEnumerable<AbsolutePath> projects) =>
        projects.OrderByDescending(p => p.Parent!.GlobFiles("**/*.cs").Count);

    /// <summary>Runs test projects, two at a time, into artifacts/FOLDER/PROJECT.</summary>
    public static async Task TestAsync(
        IHaveSources build,
        IReadOnlyList<AbsolutePath> projects,
        string folder,
        bool real,
        CancellationToken cancel
    )
    {
        var results = build.ArtifactsDirectory / ResultsFolder(build, folder);
        results.CreateOrCleanDirectory();
        var counter = new TestCounter(Progress.Doing);
        var runs = new System.Collections.Concurrent.ConcurrentDictionary<string, CommandResult>(
            StringComparer.Ordinal
        );
        await Parallel.ForEachAsync(
            LargestFirst(projects),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel },
            async (project, token) =>
            {
                var name = project.NameWithoutExtension;
                var settings = NukeBuild.RootDirectory / "tests" / "coverlet.runsettings";
                runs[name] = await Runner.RunAsync(
                    DotNet.Test(
                        new(project, build.Configuration, results / name, name + ".trx")
                        {
                            Filter = build.Filter,
                            Settings = settings.FileExists() ? (string)settings : null,
                            Coverage = folder == "tests",
                            Real = real,
                        }
                    ),
                    counter.Line,
                    token
                );
            }
        );
        var files = results.GlobFiles("*/*.trx").Select(f => (string)f).ToList();
        var tests = Trx.Read(files);
        // a host that could not even start leaves no TRX: its own words are the reason
        var silent = runs.Where(r =>
            r.Value.ExitCode != 0
            && !files.Any(f => f.EndsWith(r.Key + ".trx", StringComparison.Ordinal))
        );
        List<string> details =
        [
            .. tests.Details,
            .. silent.SelectMany(r =>
                (string[])[$"{r.Key} gave no results:", .. LastLines(r.Value)]
            ),
        ];
        if (details.Count > 0 || tests.Failed.Count > 0)
        {
            throw new OutcomeException(Outcome.Failed, tests.Figure) { Details = details };
        }
        if (tests.Total == 0)
        {
            // known only now: which tests there are, their compiled assemblies alone can say
            throw build.Filter is null
                ? new OutcomeException(
                    Outcome.Failed,
                    "No test was found: tests/*.Tests/*.csproj are looked at."
                )
                : new OutcomeException(
                    Outcome.Wrong,
                    $"No test fits --filter '{build.Filter}'. From {TargetContext.SourceOf(nameof(build.Filter))}."
                );
        }
        if (build.Filter is null)
        {
            Progress.Figure(tests.Figure);
        }
        else
        {
            Progress.Note($"{tests.Figure}; filtered, so no evidence");
        }
    }

    /// <summary>The goal as a key: another goal measures again.</summary>
    public static string Goal(IHaveSources build) =>
        build.Goals.Coverage.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static async Task CoverageAsync(ICoverage build, CancellationToken cancel)
    {
        if (build.Filter is not null)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                "Coverage of filtered tests says nothing: run it without --filter."
            );
        }
        var reports = CoverageReports(build);
        var html = build.ArtifactsDirectory / "coverage";
        html.CreateOrCleanDirectory();
        if (reports.Count > 0)
        {
            Progress.Doing("HTML");
            await RunAsync(DotNet.ReportHtml(reports, html, NukeBuild.RootDirectory), cancel);
        }
        var goal = (decimal)build.Goals.Coverage;
        var gate = CoverageGate(build);
        var measured = await gate.MeasureAsync(cancel);
        if (measured.Verdict != Verdict.Pass && TargetContext.Waive(gate.Name) is { } waiver)
        {
            Progress.Note($"waived: {measured.Value} [{measured.Limit}]: {waiver}");
            return;
        }
        if (measured.Verdict != Verdict.Pass)
        {
            throw new OutcomeException(
                Outcome.Refused,
                measured.Verdict == Verdict.Fail
                    ? Cobertura.Read(NukeBuild.RootDirectory, reports).Figure(goal)
                    : $"{measured.Value} [{measured.Limit}]"
            )
            {
                Details = measured.Details,
            };
        }
        Progress.Figure($"{measured.Value} [{measured.Limit}]");
    }

    /// <summary>Measures what the last tests left.</summary>
    public static CoverageGate CoverageGate(ICoverage build) =>
        new((decimal)build.Goals.Coverage, NukeBuild.RootDirectory, () => CoverageReports(build))
        {
            Html = "artifacts/coverage/index.html",
            Rooms = [.. Rooms(build)],
        };

    private static List<string> CoverageReports(ICoverage build) =>
        [
            .. (build.ArtifactsDirectory / "tests")
                .GlobFiles("**/coverage.cobertura.xml")
                .Select(f => (string)f),
        ];

    public static async Task SetupEnvAsync(CancellationToken cancel)
    {
        foreach (var command in (Command[])[new("dotnet", "--version"), new("git", "--version")])
        {
            var asked = await RunAsync(command, cancel);
            Progress.Say($"{command.Program}  {asked.Output.Trim()}");
        }
        Progress.Closing("Ready. Next: ./build.sh Test, or ./build.sh Deploy.");
    }

    public static async Task ServeAsync(IServe build, CancellationToken cancel)
    {
        var service = Declared.Service(build);
        var port = build.Port ?? service.Port;
        Progress.Say(
            $"{service.Name} on http://localhost:{port}, again after each change. Ctrl-C ends it."
        );
        var watch = DotNet.Watch(
            service.Project,
            NukeBuild.TemporaryDirectory / "serve",
            "--urls",
            FormattableString.Invariant($"http://localhost:{port}")
        );
        (await Runner.RunAsync(watch, Progress.Say, cancel)).OrThrow(watch);
    }

    // a room of the solution that no test loads is in no report, and would not lower the figure
    private static IEnumerable<string> Rooms(IHaveSources build)
    {
        var solution = build.SolutionFile.ReadAllText();
        return (NukeBuild.RootDirectory / "src")
            .GlobFiles("*/*.csproj")
            .Where(p => solution.Contains(p.Name, StringComparison.Ordinal))
            .Select(p => $"src/{p.Parent!.Name}");
    }

    private static async Task<CommandResult> RunAsync(Command command, CancellationToken cancel) =>
        (await Runner.RunAsync(command, cancel: cancel)).OrThrow(command);

    private static IEnumerable<string> LastLines(CommandResult result) =>
        $"{result.Output}\n{result.Error}"
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .TakeLast(5)
            .Select(l => "  " + l.TrimEnd());

    /// <summary><c>  TheaIA.Api -> .../TheaIA.Api.dll</c>: what was compiled last.</summary>
    private static void TellWhatIsCompiled(string line)
    {
        var arrow = line.IndexOf(" -> ", StringComparison.Ordinal);
        if (arrow > 0)
        {
            Progress.Doing(line[..arrow].Trim());
        }
    }

    // `src/X.cs(12,5): error CS0103: ...`
    private static string Place(string error)
    {
        var end = error.IndexOf("): error", StringComparison.Ordinal);
        return end < 0 ? error : error[..end].Replace('(', ':').Replace(',', ':');
    }
}
