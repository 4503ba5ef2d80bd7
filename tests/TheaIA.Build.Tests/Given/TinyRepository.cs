namespace TheaIA.Build.Tests.Given;

/// <summary>
/// build.sh and build.ps1 over a stand-in build program of one file, in a folder with a space in its
/// name. A `dotnet` of its own stands first on PATH: it notes each call, runs what
/// <see cref="AtPublish"/> says, and becomes the real one.
/// </summary>
public sealed class TinyRepository : IDisposable
{
    private static readonly Lazy<Task<TinyRepository>> Template = new(MakeTemplateAsync);

    private TinyRepository()
    {
        Directory.CreateDirectory(Root);
        Scratch.Program(
            "bin/dotnet",
            $$"""
            printf '%s\n' "$*" >>'{{Scratch.At("calls")}}'
            hook='{{Scratch.At("at-publish")}}'
            if [ "${1:-}" = publish ] && [ -f "$hook" ]; then . "$hook"; fi
            exec '{{Scratch.RealDotnet}}' "$@"
            """
        );
        Variables["PATH"] = $"{Scratch.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    public Scratch Scratch { get; } = new();

    public string Root => Scratch.At("a repo");

    public string Store => At(".nuke/temp/program");

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Bash that runs in place of `dotnet publish`, with its arguments; going on publishes.</summary>
    public string AtPublish
    {
        set => File.WriteAllText(Scratch.At("at-publish"), value);
    }

    public string[] Calls =>
        File.Exists(Scratch.At("calls")) ? File.ReadAllLines(Scratch.At("calls")) : [];

    public int Publishes => Calls.Count(c => c.StartsWith("publish ", StringComparison.Ordinal));

    public string Current => File.ReadAllText(Path.Combine(Store, "current")).Trim();

    public string[] Programs =>
        [
            .. Directory
                .GetDirectories(Store)
                .Where(d => File.Exists(Path.Combine(d, "stamp")))
                .Select(d => Path.GetFileName(d)!)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What is neither a program nor one of the four files beside them: something half made.</summary>
    public string[] Leftovers =>
        [
            .. Directory
                .GetFileSystemEntries(Store)
                .Select(e => Path.GetFileName(e)!)
                .Except(["build.log", "current", "dotnet", "lock", .. Programs]),
        ];

    /// <summary>With a program that was built once and copied; it starts warm.</summary>
    public static async Task<TinyRepository> BuiltAsync()
    {
        var template = await Template.Value;
        var tiny = new TinyRepository();
        (
            await Running.ToEndAsync(
                tiny.Root,
                Nothing,
                "cp",
                "-a",
                template.Root + "/.",
                tiny.Root
            )
        ).ShouldEndWith(0);
        (await tiny.BuildAsync()).ShouldEndWith(0);
        tiny.ForgetCalls();
        return tiny;
    }

    /// <summary>As cloned: nothing is built.</summary>
    public static TinyRepository Fresh()
    {
        var tiny = new TinyRepository();
        foreach (var file in new[] { "build.sh", "build.ps1", "global.json" })
        {
            File.Copy(Path.Combine(Scratch.RepositoryRoot, file), tiny.At(file));
        }

        tiny.Write("build/_build.csproj", StandIn.Project);
        tiny.Says("one");
        return tiny;
    }

    public string At(string path) => Path.Combine(Root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>An edit of build/Build.cs: the program then prints says=WORD.</summary>
    public void Says(string word) => Write("build/Build.cs", StandIn.Program(word));

    /// <summary>An edit of build/Build.cs that does not compile, in its line 3.</summary>
    public void Breaks() => Write("build/Build.cs", "// one\n// two\nint number = \"not one\";\n");

    /// <summary>An edit that no package source can satisfy, without any network.</summary>
    public void WantsAPackageThatIsNowhere()
    {
        Directory.CreateDirectory(Scratch.At("packages"));
        Write(
            "NuGet.config",
            $"""<configuration><packageSources><clear /><add key="here" value="{Scratch.At(
                "packages"
            )}" /></packageSources></configuration>"""
        );
        Write(
            "build/_build.csproj",
            StandIn.Project.Replace(
                "</Project>",
                """<ItemGroup><PackageReference Include="Nowhere.At.All" Version="1.0.0" /></ItemGroup></Project>""",
                StringComparison.Ordinal
            )
        );
    }

    public void ForgetCalls() => File.Delete(Scratch.At("calls"));

    public Running Start(params string[] arguments) =>
        Running.Start(Root, Variables, ["./build.sh", .. arguments]);

    public async Task<Ran> BuildAsync(params string[] arguments)
    {
        using var running = Start(arguments);
        return await running.EndAsync();
    }

    /// <summary>build.ps1 by the PowerShell that is a tool of this repository.</summary>
    public Running StartPowerShell(params string[] arguments) =>
        Running.Start(
            Scratch.RepositoryRoot,
            Variables,
            [
                Scratch.RealDotnet,
                "pwsh",
                "-NoProfile",
                "-NonInteractive",
                "-File",
                At("build.ps1"),
                .. arguments,
            ]
        );

    public async Task<Ran> PowerShellAsync(params string[] arguments)
    {
        using var running = StartPowerShell(arguments);
        return await running.EndAsync();
    }

    /// <summary>A PATH without dotnet, a HOME without one, and a network that ends at once.</summary>
    public void TakeDotnetAway(params string[] alsoOnPath)
    {
        string[] needed =
        [
            "awk",
            "basename",
            "bash",
            "cat",
            "chmod",
            "date",
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "ls",
            "mkdir",
            "mv",
            "ps",
            "rm",
            "setsid",
            "sleep",
            "sort",
            "sync",
            "tr",
            "uniq",
            "xargs",
            "sha256sum",
            "curl",
            .. alsoOnPath,
        ];
        Variables["PATH"] = Scratch.OnlyPrograms("few", needed);
        // PowerShell itself, a tool, is still found where it was restored
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Variables["DOTNET_CLI_HOME"] = home;
        Variables["NUGET_PACKAGES"] =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(home, ".nuget", "packages");
        Variables["HOME"] = Scratch.Folder;
        Variables["https_proxy"] = Variables["HTTPS_PROXY"] = "http://127.0.0.1:9";
    }

    public void Dispose() => Scratch.Dispose();

    private static IReadOnlyDictionary<string, string?> Nothing { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    private static async Task<TinyRepository> MakeTemplateAsync()
    {
        var template = Fresh();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template.Dispose();
        (await template.BuildAsync()).ShouldEndWith(0);
        return template;
    }
}
