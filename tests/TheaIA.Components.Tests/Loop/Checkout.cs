using System.Diagnostics;
using TheaIA.Pipeline;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace TheaIA.Components.Tests.Loop;

/// <summary>
/// A throw-away checkout with a tiny service, and the SDK's stand-in on PATH. Git, the store, the
/// ledger, the front and the service that it deploys are real.
/// </summary>
public sealed class Checkout : IAsyncDisposable
{
    private static readonly string RealPath = System.Environment.GetEnvironmentVariable("PATH")!;
    private readonly string _folder = Directory.CreateTempSubdirectory("loop-").FullName;

    public Checkout()
    {
        LoopBuild.DevelopmentPort = TestPorts.Free();
        LoopBuild.RehearsalPort = TestPorts.Free();
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        Directory.CreateDirectory(Knobs);
        Write(".nuke/parameters.json", "{}");
        Write(".gitignore", "/artifacts/\n/.nuke/temp/\n");
        Write("tiny.sln", "src/TinyService/TinyService.csproj");
        Write("src/TinyService/TinyService.csproj", "<Project />");
        Write("src/TinyService/One.cs", "one\n");
        Write("tests/Tiny.Tests/Tiny.Tests.csproj", "<Project />");
        Write(".config/dotnet-tools.json", "{}");
        var stand = Path.Combine(_folder, "bin", "dotnet");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Loop", "dotnet.sh"), stand);
        File.SetUnixFileMode(stand, (UnixFileMode)0b111_101_101);
        Knob("results.trx", Samples.Trx(passed: 3));
        Knob("coverage.xml", Samples.Cobertura(Root, covered: 99));
        Set("LOOP", Knobs);
        Set("LOOP_ROOT", Root);
        Set("LOOP_SERVICE", AppContext.BaseDirectory);
        Set(
            "LOOP_DOTNET",
            System.Environment.ProcessPath is { } host
            && host.EndsWith("/dotnet", StringComparison.Ordinal)
                ? host
                : Which("dotnet")
        );
        Set("PATH", $"{Path.Combine(_folder, "bin")}:{RealPath}");
        Set("THEAIA_STATE", Path.Combine(_folder, "state"));
        RunGit("init", "-q", "-b", "main");
        RunGit("config", "user.email", "someone@localhost");
        RunGit("config", "user.name", "someone");
        Commit("first");
    }

    public string Root => Path.Combine(_folder, "checkout");

    private string Knobs => Path.Combine(_folder, "knobs");

    public string Calls => File.ReadAllText(Path.Combine(Knobs, "calls"));

    public string Head => RunGit("rev-parse", "HEAD").Trim();

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs the build program in this process, as ./build.sh would.</summary>
    public async Task<Ran> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        var screen = TextWriter.Synchronized(output);
        var variables = new Dictionary<string, string>(Variables, StringComparer.Ordinal)
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH")!,
            ["NUKE_PROGRAM"] = "test",
        };
        var code = await Engine.RunAsync<LoopBuild>(
            new Surroundings
            {
                Arguments = arguments,
                Environment = variables,
                Output = screen,
                Error = screen,
                CurrentDirectory = Root,
                Interruption = new() { Force = static _ => { } },
            },
            [x => ((ITest)x).Test]
        );
        return new Ran(code, output.ToString());
    }

    /// <summary>Changes what the SDK's stand-in says: <c>build.code</c>, <c>build.out</c>.</summary>
    public void Knob(string name, string text) =>
        File.WriteAllText(Path.Combine(Knobs, name), text);

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Puts a program first on PATH.</summary>
    public void Program(string name, string script)
    {
        var file = Path.Combine(_folder, "bin", name);
        File.WriteAllText(file, script);
        File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public string Commit(string message)
    {
        RunGit("add", "-A");
        RunGit("commit", "-q", "-m", message);
        return Head;
    }

    /// <summary>Development's.</summary>
    public string Ledger => Path.Combine(Root, "../state/ledger/tiny/development.jsonl");

    public async ValueTask DisposeAsync()
    {
        foreach (var environment in (string[])["development", "rehearsal"])
        {
            await RunAsync("Stop", "--environment", environment);
        }
        Set("PATH", RealPath);
        LoopBuild.StandIn = null;
        Directory.Delete(_folder, recursive: true);
    }

    private static void Set(string name, string value) =>
        System.Environment.SetEnvironmentVariable(name, value);

    private static string Which(string program) =>
        RealPath.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);

    private string RunGit(params string[] arguments)
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
            }
        )!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
        return output;
    }
}

/// <summary>How a run ended.</summary>
public sealed record Ran(int Code, string Output)
{
    public Ran ShouldEndWith(int code)
    {
        Code.ShouldBe(code, Output);
        return this;
    }

    public Ran ShouldSay(string text)
    {
        // a long sentence is wrapped
        string.Join(' ', Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ShouldContain(text, Case.Sensitive, Output);
        return this;
    }
}
