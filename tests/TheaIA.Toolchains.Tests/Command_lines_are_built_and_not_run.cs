using TheaIA.Abstractions;

namespace TheaIA.Toolchains.Tests;

public sealed class Command_lines_are_built_and_not_run
{
    [Fact]
    public void Each_as_a_person_would_type_it()
    {
        Command[] commands =
        [
            DotNet.Restore("TheaIA.sln", locked: true),
            DotNet.Restore("TheaIA.sln", locked: false),
            DotNet.ToolRestore(),
            DotNet.Build("TheaIA.sln", "Release", "theaia-4711"),
            DotNet.Test(new TestRun("tests/A.Tests", "Release", "artifacts/test", "A.trx")),
            DotNet.Test(
                new TestRun("tests/A.Tests", "Debug", "artifacts/test", "A.trx")
                {
                    Coverage = false,
                    Filter = "FullyQualifiedName~Rollback",
                    Settings = "tests/coverlet.runsettings",
                }
            ),
            DotNet.FormatCheck("."),
            DotNet.Format("src", "tests"),
            DotNet.FormatAnalyzers("TheaIA.sln", verify: true),
            DotNet.FormatAnalyzers("TheaIA.sln", verify: false),
            DotNet.Publish(new Publish("src/A", "out", "own", "/home/dev/a b/", "3f2c1a9d")),
            DotNet.Publish(new Publish("src/A", "out", "own", "/a", "3f2c1a9d") { Locked = false }),
            DotNet.ReportHtml(["a.xml", "b.xml"], "artifacts/coverage", "/home/dev"),
            DotNet.Watch("src/TheaIA.Api", ".nuke/temp/serve"),
            DotNet.Watch("src/TheaIA.Api", ".nuke/temp/serve", "--port", "8000"),
            Git.Status("/home/dev"),
            Git.Head("/home/dev"),
        ];

        string.Join('\n', commands.Select(c => c.ToString())).MatchSnapshot();
    }

    [Fact]
    public void An_empty_filter_is_none() =>
        DotNet
            .Test(new TestRun("A", "Debug", "r", "A.trx") { Filter = "" })
            .Arguments.ShouldNotContain("--filter");

    [Fact]
    public void Output_is_English_and_no_server_stays()
    {
        var surroundings = DotNet.ToolRestore().Environment;

        surroundings["DOTNET_CLI_UI_LANGUAGE"].ShouldBe("en");
        surroundings["MSBUILDDISABLENODEREUSE"].ShouldBe("1");
        surroundings["DOTNET_CLI_USE_MSBUILD_SERVER"].ShouldBe("0");
        DotNet.Restore("A", locked: true).Arguments.ShouldContain("--disable-build-servers");
    }
}
