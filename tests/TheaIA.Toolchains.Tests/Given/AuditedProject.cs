using TheaIA.Abstractions;

namespace TheaIA.Toolchains.Tests.Given;

/// <summary>
/// A project with one package, in a folder of its own. It is restored once for all tests of this process;
/// each has a copy of what that made.
/// </summary>
public sealed class AuditedProject : IDisposable
{
    private const string Placeholder = "%ROOT%";
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup><PackageReference Include="CliWrap" Version="3.10.5" /></ItemGroup>
        </Project>
        """;

    private static readonly Lazy<Task<Dictionary<string, string>>> Restored = new(() =>
        RestoreAsync()
    );
    private static readonly RealRunner Runner = new();

    private readonly Sandbox sandbox = new();

    public string Temporary => sandbox["temporary"];

    /// <summary>A NuGet.Config with one source in this section, and none in the other.</summary>
    public static string Sources(string section, string address)
    {
        var other = section == "auditSources" ? "packageSources" : "auditSources";
        return $"""
            <configuration>
              <{other}><clear /></{other}>
              <{section}>
                <clear />
                <add key="test" value="{address}" allowInsecureConnections="true" />
              </{section}>
            </configuration>
            """;
    }

    public async Task RestoredAsync(string configuration)
    {
        NotRestored(configuration);
        foreach (var (path, text) in await Restored.Value)
        {
            sandbox.Write(path, text.Replace(Placeholder, sandbox.Root, StringComparison.Ordinal));
        }
    }

    public void NotRestored(string configuration)
    {
        sandbox.Write("App/App.csproj", Project);
        sandbox.Write("NuGet.Config", configuration);
    }

    public Task<ScanReport> ScanAsync() =>
        NuGetAudit.ScanAsync(Runner, sandbox.Root, "App/App.csproj", Temporary, Sandbox.Cancel);

    public void Dispose() => sandbox.Dispose();

    /// <summary>What a restore writes, with a placeholder for the folder that it names.</summary>
    private static async Task<Dictionary<string, string>> RestoreAsync()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("App/App.csproj", Project);
        var locals = CycloneDx.Locals(sandbox.Root);
        var folder = CycloneDx.PackagesFolder(
            (await Runner.RunAsync(locals, cancel: Sandbox.Cancel)).OrThrow(locals).Output
        );
        var restore = new Command("dotnet", "restore", "App", "--source", folder!)
        {
            WorkingDirectory = sandbox.Root,
        };
        (await Runner.RunAsync(restore, cancel: Sandbox.Cancel)).OrThrow(restore);
        return Directory
            .GetFiles(sandbox["App/obj"])
            .ToDictionary(
                f => Path.GetRelativePath(sandbox.Root, f),
                f =>
                    File.ReadAllText(f).Replace(sandbox.Root, Placeholder, StringComparison.Ordinal)
            );
    }
}
