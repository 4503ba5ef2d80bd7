using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests;

public sealed class Output_of_the_SDK_becomes_a_figure : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public void A_build_with_warnings()
    {
        var report = Build("build-warnings.txt");

        report.Figure.ShouldBe("1 project, 2 warnings");
        report.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void A_build_with_errors_tells_each_once_with_its_place()
    {
        var report = Build("build-failed.txt");

        report.Figure.ShouldBe("1 project, 0 warnings");
        report.Errors.ShouldBe([
            "src/TheaIA.Api/X.cs(1,73): error CS1002: ; expected",
            "CSC : error EnableGenerateDocumentationFile: Set MSBuild property 'GenerateDocumentationFile' to 'true' in project file to enable IDE0005 (Remove unnecessary usings/imports) on build (https://github.com/dotnet/roslyn/issues/41640)",
        ]);
    }

    [Fact]
    public void A_check_of_the_format()
    {
        var report = FormatReport.Parse(File.ReadAllText(Sandbox.Sample("csharpier.txt")));

        report.Figure.ShouldBe("1 212 files, 3 findings");
        report.Unformatted.ShouldBe([
            "src/Directory.Build.props",
            "src/TheaIA.Api/Bad.cs",
            "src/TheaIA.Api/Broken.cs",
        ]);
        FormatReport.Parse("Checked 212 files in 1ms.\n").Figure.ShouldBe("212 files, 0 findings");
    }

    [Fact]
    public void Packages_are_counted_from_the_lock_files_each_version_once()
    {
        const string Lock = """
            { "version": 2, "dependencies": { "net10.0": {
              "CliWrap": { "type": "Direct", "requested": "[3.10.5, )", "resolved": "3.10.5" },
              "serilog": { "type": "Transitive", "resolved": "VERSION" },
              "theaia.abstractions": { "type": "Project" }
            } } }
            """;
        sandbox.Write("src/A/packages.lock.json", Locked("4.3.0"));
        sandbox.Write("src/B/packages.lock.json", Locked("4.2.0"));
        sandbox.Write(
            "tests/C/packages.lock.json",
            Locked("4.3.0").Replace("serilog", "Serilog", StringComparison.Ordinal)
        );
        sandbox.Write("artifacts/D/packages.lock.json", Locked("1"));
        sandbox.Write(".nuke/temp/packages.lock.json", Locked("2"));

        PackageLocks.Figure(sandbox.Root, locked: true).ShouldBe("3 packages, locked");
        PackageLocks.Figure(sandbox["src/A"], locked: false).ShouldBe("2 packages");

        static string Locked(string version) =>
            Lock.Replace("VERSION", version, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void A_broken_lock_file_is_named(string text)
    {
        var file = sandbox.Write("packages.lock.json", text);

        var error = Should.Throw<OutcomeException>(() =>
            PackageLocks.Figure(sandbox.Root, locked: true)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{file} is not a lock file: delete it, then run ./build.sh Restore."
        );
    }

    public void Dispose() => sandbox.Dispose();

    private static BuildReport Build(string sample) =>
        BuildReport.Parse(File.ReadAllText(Sandbox.Sample(sample)), "/home/dev/thea");
}
