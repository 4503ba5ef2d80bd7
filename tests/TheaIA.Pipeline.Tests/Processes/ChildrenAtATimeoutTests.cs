namespace TheaIA.Pipeline.Tests.Processes;

/// <summary>What becomes, at a time limit, of processes that the code of targets started by itself; real ones.</summary>
public sealed class ChildrenAtATimeoutTests
{
    public ChildrenAtATimeoutTests() =>
        Xunit.Assert.SkipUnless(OperatingSystem.IsLinux(), "Process trees are ended on Linux.");

    [Fact]
    public async Task A_timeout_ends_the_whole_tree_of_a_target_alone_also_what_ignores_SIGTERM()
    {
        using var build = await TinyBuild.RunAsync(["Late"]);
        build.ExitCode.ShouldBe(1, build.Output);
        File.Exists(build.At("began-late")).ShouldBeTrue();
        build.Output.ShouldMatch(@"FAIL  Late +\d\.\d s   over its time limit of 1\.0 s\n");
        build.Children().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_timeout_ends_what_code_left_that_stopped_when_told()
    {
        using var build = await TinyBuild.RunAsync(["Honours"]);
        build.ExitCode.ShouldBe(1, build.Output);
        build.Children().ShouldBeEmpty();
        build.Output.ShouldNotContain("left it behind");
    }

    [Fact]
    public async Task A_timeout_beside_other_targets_leaves_its_children_to_the_end_of_the_run_and_says_so()
    {
        using var build = await TinyBuild.RunAsync(["Two"]);
        build.ExitCode.ShouldBe(1, build.Output);
        build.Words.ShouldContain(
            "over its time limit of 1.0 s; other targets run beside it: what its code started by itself ends with the run"
        );
        build.Words.ShouldContain(
            $"Ended with the run, since targets had left it behind: {build.Mark} 300 (process "
        );
        build.Children().ShouldBeEmpty();
    }
}
