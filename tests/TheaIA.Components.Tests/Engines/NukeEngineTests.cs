using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TheaIA.Components.Tests.Engines;

/// <summary>
/// With -p:Engine=Nuke, build/ and Components compile on NUKE's signatures. Nuke.Common cannot be restored
/// here, so a stand-in with its signatures only takes its place.
/// </summary>
public sealed class NukeEngineTests
{
    [Fact]
    public void Build_and_components_compile_on_the_signatures_of_NUKE()
    {
        var nuke = Compile(
            "Nuke.Common",
            [Parse(Repository.Read("tests/TheaIA.Components.Tests/Engines/NukeCommon.cs.txt"))]
        );
        nuke.ShouldBeEmpty();

        var sources = Sources("src/TheaIA.Components", "Engine.Embedded.cs")
            .Concat(Sources("build", ""))
            .Append(Parse(Usings))
            .Append(
                Parse(Repository.Read("tests/TheaIA.Components.Tests/Engines/NukeCommon.cs.txt"))
            );
        Compile("_build", [.. sources]).ShouldBeEmpty();
    }

    [Fact]
    public void The_projects_name_the_packages_of_NUKE_and_never_restore_them_by_default()
    {
        Repository.Read("Directory.Packages.props").ShouldContain("\"Nuke.Common\"");
        foreach (
            var project in (string[])
                ["build/_build.csproj", "src/TheaIA.Components/TheaIA.Components.csproj"]
        )
        {
            Repository.Read(project).ShouldContain("'$(Engine)' == 'Nuke'");
        }
        Repository.Read("build/packages.lock.json").ShouldNotContain("Nuke", Case.Sensitive);
    }

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using TheaIA.Components;
        global using TheaIA.Delivery;
        global using TheaIA.Delivery.Aws;
        global using TheaIA.Delivery.Docker;
        global using TheaIA.Delivery.Local;
        global using TheaIA.Delivery.Oci;
        """;

    private static IEnumerable<SyntaxTree> Sources(string folder, string except) =>
        Directory
            .EnumerateFiles(
                Path.Combine(Repository.Root, folder),
                "*.cs",
                SearchOption.AllDirectories
            )
            .Where(f => Path.GetFileName(f) != except)
            .Select(f => Parse(File.ReadAllText(f), f));

    private static SyntaxTree Parse(string text, string path = "") =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp14), path);

    private static List<string> Compile(string name, SyntaxTree[] sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p =>
                Path.GetFileName(p)
                    is not ("TheaIA.Components.dll" or "TheaIA.Pipeline.dll" or "_build.dll")
            )
            .Select(p => MetadataReference.CreateFromFile(p));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable
        );
        return
        [
            .. CSharpCompilation
                .Create(name, sources, references, options)
                .GetDiagnostics()
                .Where(d => d.Severity == DiagnosticSeverity.Error)
                .Select(d => d.ToString()),
        ];
    }
}
