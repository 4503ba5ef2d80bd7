using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests.Bills;

/// <summary>The real CycloneDX tool, which also brings the standard's schema.</summary>
public sealed partial class The_real_tool_makes_a_valid_bill : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly RealRunner runner = new();

    [Fact]
    public async Task Of_every_package_in_the_image_and_the_same_each_time()
    {
        await PublishedAsync();
        var request = new SbomRequest(
            sandbox.Root,
            sandbox["App/App.csproj"],
            sandbox["out"],
            sandbox["own"],
            sandbox["temporary"]
        )
        {
            Name = "app",
            Version = "1.2.3+3f2c1a9",
            Digest = Made.Digest,
            Created = new DateTimeOffset(2026, 11, 24, 14, 2, 0, TimeSpan.FromHours(1)),
        };

        var made = await Toolchains.Sbom.MakeAsync(runner, request, Sandbox.Cancel);
        var again = await Toolchains.Sbom.MakeAsync(runner, request, Sandbox.Cancel);

        again.Json.ShouldBe(made.Json);
        made.Json.ShouldNotContain(sandbox.Root);
        using var bill = JsonDocument.Parse(made.Json);
        var components = bill.RootElement.GetProperty("components").EnumerateArray().ToList();
        var published = PublishedApplication.Read(sandbox["out"]).Packages;
        published.Count.ShouldBeGreaterThan(1);
        made.Packages.ShouldBe(published.Count);
        components
            .Where(c => c.GetProperty("scope").GetString() == "required")
            .Select(c =>
                $"{c.GetProperty("name").GetString()} {c.GetProperty("version").GetString()}"
            )
            .ShouldBe(published.Select(p => $"{p.Name} {p.Version}"), ignoreOrder: true);
        components
            .Where(c => c.GetProperty("scope").GetString() == "required")
            .ShouldAllBe(c =>
                c.GetProperty("licenses").GetArrayLength() == 1
                && c.GetProperty("hashes")[0].GetProperty("content").GetString()!.Length == 128
            );
        await FitsAsync(bill.RootElement);
    }

    public void Dispose() => sandbox.Dispose();

    private static string Repository([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    private async Task PublishedAsync()
    {
        sandbox.Write(
            ".config/dotnet-tools.json",
            File.ReadAllText(Path.Combine(Repository(), ".config/dotnet-tools.json"))
        );
        sandbox.Write(
            "App/App.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Shouldly" Version="4.3.0" />
                <PackageReference Include="CliWrap" Version="3.10.5" />
                <PackageReference Include="Microsoft.CodeAnalysis.BannedApiAnalyzers" Version="5.6.0" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """
        );
        sandbox.Write("App/Program.cs", "System.Console.WriteLine(typeof(CliWrap.Cli).Name);\n");
        await RunAsync(DotNet.ToolRestore());
        await RunAsync(
            DotNet.Publish(
                new Publish("App", sandbox["out"], sandbox["own"], sandbox.Root, "3f2c1a9")
                {
                    Locked = false,
                }
            )
        );
    }

    /// <summary>Against the schemas that lie in the tool's own library.</summary>
    private async Task FitsAsync(JsonElement bill)
    {
        var locals = await RunAsync(CycloneDx.Locals(sandbox.Root));
        var library = Directory
            .EnumerateFiles(
                Path.Combine(CycloneDx.PackagesFolder(locals.Output)!, "cyclonedx"),
                "CycloneDX.Core.dll",
                SearchOption.AllDirectories
            )
            .FirstOrDefault();
        if (library is null)
        {
            Assert.Skip("The CycloneDX tool brought no CycloneDX.Core.dll with the schema in it.");
        }
        var core = Assembly.LoadFrom(library);
        var build = new BuildOptions { SchemaRegistry = new SchemaRegistry() };
        var schemas = core.GetManifestResourceNames()
            .Where(n => SchemaName().IsMatch(n))
            .ToDictionary(
                n => n,
                n => new StreamReader(core.GetManifestResourceStream(n)!).ReadToEnd()
            );
        foreach (
            var text in schemas
                .Where(s => !s.Key.Contains("bom-", StringComparison.Ordinal))
                .Select(s => s.Value)
        )
        {
            JsonSchema.FromText(text, build);
        }
        var schema = JsonSchema.FromText(
            schemas
                .Single(s =>
                    s.Key.Contains($"bom-{CycloneDx.SpecVersion}.", StringComparison.Ordinal)
                )
                .Value,
            build
        );

        var result = schema.Evaluate(
            bill,
            new EvaluationOptions { OutputFormat = OutputFormat.List }
        );

        // a valid document has errors too: those of the alternatives that it did not take
        result.IsValid.ShouldBeTrue(
            string.Join(
                '\n',
                (result.Details ?? [])
                    .Where(d => d.Errors is not null)
                    .Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Values)}")
            )
        );
        Without(bill, "bomFormat", schema).ShouldBeFalse();
    }

    private static bool Without(JsonElement bill, string property, JsonSchema schema)
    {
        var less = JsonObject.Create(bill)!;
        less.Remove(property);
        using var document = JsonDocument.Parse(less.ToJsonString());
        return schema.Evaluate(document.RootElement).IsValid;
    }

    private async Task<CommandResult> RunAsync(Command command) =>
        (
            await runner.RunAsync(
                command with
                {
                    WorkingDirectory = sandbox.Root,
                },
                cancel: Sandbox.Cancel
            )
        ).OrThrow(command);

    [GeneratedRegex(@"(bom-|spdx|jsf|cryptography).*\.schema\.json$")]
    private static partial Regex SchemaName();
}
