namespace TheaIA.Build.Tests.Given;

/// <summary>
/// A clone whose service and tests are as small as can be, with its build program made once: each
/// scenario deploys a copy of it, by the real ./build.sh and the real SDK.
/// </summary>
public sealed class TinyTemplate
{
    private static readonly Lazy<Task<TinyTemplate>> Made = new(MakeAsync);
    private readonly Scratch _scratch = new();

    private TinyTemplate() { }

    public string Root => _scratch.At("template");

    /// <summary>$THEAIA_STATE in which the <see cref="Releases"/> are, and nothing was deployed.</summary>
    public string State => _scratch.At("state");

    /// <summary>The commits of three releases by what their service answers.</summary>
    public Dictionary<string, string> Releases { get; } = new(StringComparer.Ordinal);

    /// <summary>The one of this process, made when it is asked for first.</summary>
    public static Task<TinyTemplate> GetAsync() => Made.Value;

    private static async Task<TinyTemplate> MakeAsync()
    {
        var template = new TinyTemplate();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template._scratch.Dispose();
        await template.FillAsync();
        return template;
    }

    private async Task FillAsync()
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["THEAIA_STATE"] = State,
        };
        async Task<Ran> RunAsync(string folder, params string[] command) =>
            (await Running.ToEndAsync(folder, variables, command)).ShouldEndWith(0);
        Task<Ran> CommitAsync(string message) =>
            RunAsync(
                Root,
                [
                    .. (string[])["git", "-c", "user.name=someone"],
                    .. (string[])["-c", "user.email=someone@localhost", "commit", "-qam", message],
                ]
            );

        await RunAsync(_scratch.Folder, "git", "clone", "-q", Scratch.RepositoryRoot, Root);
        foreach (var folder in (string[])["src/TheaIA.Api", "tests"])
        {
            Directory.Delete(Path.Combine(Root, folder), recursive: true);
        }
        Write("src/TheaIA.Api/TheaIA.Api.csproj", ServiceProject);
        Write("src/TheaIA.Api/Program.cs", Program());
        Write("tests/TheaIA.Api.Tests/TheaIA.Api.Tests.csproj", TestProject);
        Write("tests/TheaIA.Api.Tests/AnswersTests.cs", Test);
        File.Copy(
            Path.Combine(Scratch.RepositoryRoot, "tests", "coverlet.runsettings"),
            Path.Combine(Root, "tests", "coverlet.runsettings")
        );
        File.Delete(Path.Combine(Root, "TheaIA.sln"));
        await RunAsync(Root, "dotnet", "new", "sln", "--format", "sln", "-n", "TheaIA");
        await RunAsync(
            Root,
            "dotnet",
            "sln",
            "TheaIA.sln",
            "add",
            "src/TheaIA.Api/TheaIA.Api.csproj",
            "tests/TheaIA.Api.Tests/TheaIA.Api.Tests.csproj"
        );
        // a crash at each named step is the build program's own: the product knows no such switch
        var build = await File.ReadAllTextAsync(Path.Combine(Root, "build", "Build.cs"));
        Write(
            "build/Build.cs",
            // three lines that end a release at start are many of so few
            build
                .Replace("98.Percent()", "70.Percent()", StringComparison.Ordinal)
                .Replace(
                    "    public Service Api",
                    """
                        public Action<string> Reached =>
                            step =>
                            {
                                if (System.Environment.GetEnvironmentVariable("CRASH_AT") == step)
                                {
                                    System.Diagnostics.Process.GetCurrentProcess().Kill();
                                }
                            };

                        public Service Api
                    """,
                    StringComparison.Ordinal
                )
        );
        await RunAsync(Root, "dotnet", "restore", "TheaIA.sln");
        await RunAsync(Root, "dotnet", "tool", "restore");
        await RunAsync(Root, "dotnet", "csharpier", "format", ".");
        await RunAsync(Root, "git", "add", "-A");
        await CommitAsync("tiny");
        await RunAsync(Root, "./build.sh", "GenerateWorkflows");
        (await RunAsync(Root, "git", "status", "--porcelain")).Output.ShouldBe("");
        foreach (var marker in (string[])["one", "two", "three"])
        {
            // "one" is there already
            Write("src/TheaIA.Api/Program.cs", Program(marker));
            if (marker != "one")
            {
                await CommitAsync(marker);
            }
            await RunAsync(Root, "./build.sh", "Release");
            var head = await RunAsync(Root, "git", "rev-parse", "HEAD");
            Releases.Add(marker, head.Output.Trim());
        }
    }

    /// <summary>The service, with a line that tells one release from another.</summary>
    public static string Program(string marker = "one", string atStart = "") =>
        $$$"""
            {{{atStart}}}
            var app = WebApplication.CreateSlimBuilder(args).Build();
            app.MapGet("/health/live", Answers.Live);
            app.MapGet("/health/ready", Answers.Live);
            app.MapGet("/version", Answers.Version);
            app.MapGet("/metrics", Answers.Metrics);
            app.MapGet("/", () => "{{{marker}}}");
            await app.RunAsync();

            /// <summary>What it answers.</summary>
            public static class Answers
            {
                /// <summary>It lives.</summary>
                public static string Live() => "ok";

                /// <summary>Its digest.</summary>
                public static string Version() =>
                    $"{{\"digest\":\"{Environment.GetEnvironmentVariable("IMAGE_DIGEST")}\"}}";

                /// <summary>One sample.</summary>
                public static string Metrics() => "up 1\n";
            }

            """.TrimStart();

    private const string ServiceProject = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <UseAppHost>false</UseAppHost>
            <NoWarn>$(NoWarn);CA1050;CA1515;CS1591</NoWarn>
          </PropertyGroup>
        </Project>

        """;

    private const string TestProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <IsTestProject>true</IsTestProject>
            <NoWarn>$(NoWarn);CS1591</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.NET.Test.Sdk" />
            <PackageReference Include="xunit.v3.mtp-off" />
            <PackageReference Include="xunit.runner.visualstudio" PrivateAssets="all" />
            <PackageReference Include="coverlet.collector" PrivateAssets="all" />
            <ProjectReference Include="../../src/TheaIA.Api/TheaIA.Api.csproj" />
          </ItemGroup>
        </Project>

        """;

    private const string Test = """
        using System.Net.Sockets;
        using Xunit;

        namespace TheaIA.Api.Tests;

        public sealed class AnswersTests
        {
            [Fact]
            public async Task It_answers()
            {
                using var free = new TcpListener(System.Net.IPAddress.Loopback, 0);
                free.Start();
                var url = $"http://{free.LocalEndpoint}";
                free.Stop();
                var main = typeof(Answers).Assembly.EntryPoint!;
                _ = Task.Run(() => main.Invoke(null, [new[] { "--urls", url }]));
                using var http = new HttpClient();
                foreach (var path in new[] { "/health/live", "/health/ready", "/version", "/metrics", "/" })
                {
                    for (var tries = 0; ; tries++)
                    {
                        try
                        {
                            Assert.NotEmpty(await http.GetStringAsync(new Uri(url + path), TestContext.Current.CancellationToken));
                            break;
                        }
                        catch (HttpRequestException) when (tries < 100)
                        {
                            await Task.Delay(100, TestContext.Current.CancellationToken);
                        }
                    }
                }
            }
        }

        """;

    private void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
