using System.Security.Cryptography;
using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests;

public sealed class The_real_SDK_understands_the_command_lines : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly RealRunner runner = new();

    [Fact]
    public async Task A_restored_and_built_project_is_counted()
    {
        Project("one");
        var server = $"theaia-test-{Environment.ProcessId}";

        await RunAsync("one", DotNet.Restore("App", locked: false));
        var built = await RunAsync("one", DotNet.Build("App", "Release", server));
        File.Delete($"/tmp/{server}");

        var report = BuildReport.Parse(built.Output, sandbox["one"]);
        report.Figure.ShouldBe("1 project, 0 warnings");
    }

    [Fact]
    public async Task Two_publishes_from_folders_with_different_names_give_the_same_bytes()
    {
        Project("one");
        Project("another folder/deeper (really)");
        sandbox.Write("another folder/deeper (really)/.git/HEAD", "ref: refs/heads/main\n");

        var one = PublishAsync("one");
        var another = PublishAsync("another folder/deeper (really)");

        (await one).ShouldBe(await another);
        (await one).Keys.ShouldBe(["App.deps.json", "App.dll", "App.runtimeconfig.json"]);
        var program = await RunAsync("one", new Command("dotnet", "out/App.dll"));
        program.Output.ShouldBe("1.2.3+3f2c1a9d0b7d2e1c5520e7f31ab4be1f0aa9c021\n");
    }

    [Fact]
    public async Task The_local_tools_check_format_and_report()
    {
        sandbox.Write("src/Bad.cs", "class  A{}\n");
        sandbox.Write("src/Good.cs", "class B { }\n");
        sandbox.Write(
            ".config/dotnet-tools.json",
            File.ReadAllText(Path.Combine(Sandbox.Repository(), ".config/dotnet-tools.json"))
        );
        var cobertura = sandbox.Write("c.xml", Reports.Of(sandbox.Root, ("src/Bad.cs", [1], [])));
        await RunAsync("", DotNet.ToolRestore());

        var check = await RunAsync("", DotNet.FormatCheck("src"), exitCode: 1);
        FormatReport.Parse(check.Output + check.Error).Unformatted.ShouldBe(["src/Bad.cs"]);
        await RunAsync("", DotNet.Format("src"));
        var again = await RunAsync("", DotNet.FormatCheck("src"));
        FormatReport.Parse(again.Output + again.Error).Figure.ShouldBe("2 files, 0 findings");

        await RunAsync("", DotNet.ReportHtml([cobertura], "html", sandbox.Root));
        File.Exists(sandbox["html/index.html"]).ShouldBeTrue();
    }

    public void Dispose() => sandbox.Dispose();

    private void Project(string folder)
    {
        sandbox.Write(
            $"{folder}/App/App.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <VersionPrefix>1.2.3</VersionPrefix>
              </PropertyGroup>
            </Project>
            """
        );
        sandbox.Write(
            $"{folder}/App/Program.cs",
            """
            System.Console.WriteLine(
                ((System.Reflection.AssemblyInformationalVersionAttribute)
                    System.Attribute.GetCustomAttribute(
                        System.Reflection.Assembly.GetExecutingAssembly(),
                        typeof(System.Reflection.AssemblyInformationalVersionAttribute)
                    )!).InformationalVersion
            );
            """
        );
    }

    private async Task<SortedDictionary<string, string>> PublishAsync(string folder)
    {
        await RunAsync(
            folder,
            DotNet.Publish(
                new Publish(
                    "App",
                    sandbox[$"{folder}/out"],
                    sandbox[$"{folder}/own"],
                    sandbox[folder],
                    "3f2c1a9d0b7d2e1c5520e7f31ab4be1f0aa9c021"
                )
                {
                    Locked = false,
                }
            )
        );
        return new SortedDictionary<string, string>(
            Directory
                .GetFiles(sandbox[$"{folder}/out"])
                .ToDictionary(
                    f => Path.GetFileName(f),
                    f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))
                ),
            StringComparer.Ordinal
        );
    }

    private async Task<CommandResult> RunAsync(string folder, Command command, int exitCode = 0)
    {
        var result = await runner.RunAsync(
            command with
            {
                WorkingDirectory = sandbox[folder],
            },
            cancel: Sandbox.Cancel
        );
        result.ExitCode.ShouldBe(exitCode, $"{command}\n{result.Output}{result.Error}");
        return result;
    }
}
