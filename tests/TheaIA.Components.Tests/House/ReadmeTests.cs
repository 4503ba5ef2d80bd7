using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TheaIA.Components.Tests.House;

/// <summary>What the README says is true.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [Fact]
    public void The_example_of_a_target_compiles_in_a_build_program()
    {
        var example = Example().Match(Readme).Groups[1].Value;
        var program = $$"""
            global using System;
            global using System.IO;
            global using System.Threading.Tasks;
            global using TheaIA.Pipeline;
            {{example}}
            class Build : NukeBuild, IGreet
            {
                public static int Main() => Execute<Build>(x => ((IGreet)x).Greet);
            }
            """;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(p => MetadataReference.CreateFromFile(p));
        CSharpCompilation
            .Create(
                "readme",
                [
                    CSharpSyntaxTree.ParseText(
                        program,
                        new(LanguageVersion.CSharp14),
                        cancellationToken: TestContext.Current.CancellationToken
                    ),
                ],
                references,
                new(
                    OutputKind.ConsoleApplication,
                    nullableContextOptions: NullableContextOptions.Enable
                )
            )
            .GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .Select(d => d.ToString())
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_package_has_its_reason()
    {
        var table = Readme[Readme.IndexOf("## Dependencies", StringComparison.Ordinal)..];
        foreach (Match package in Package().Matches(Repository.Read("Directory.Packages.props")))
        {
            if (!package.Groups[1].Value.StartsWith("Nuke.", StringComparison.Ordinal))
            {
                table.ShouldContain(package.Groups[1].Value);
            }
        }
    }

    [Fact]
    public void Every_target_of_the_build_program_is_in_the_table()
    {
        var build = Repository.Read("build/Build.cs");
        foreach (Match component in Component().Matches(build))
        {
            var target = component.Groups[1].Value;
            if (target != "Noop")
            {
                Readme.ShouldContain($"`{target}`");
            }
        }
    }

    [GeneratedRegex("```csharp\n(public interface IGreet.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("PackageVersion Include=\"([^\"]+)\"")]
    private static partial Regex Package();

    [GeneratedRegex(@"^        I([A-Z]\w+),?$", RegexOptions.Multiline)]
    private static partial Regex Component();
}
