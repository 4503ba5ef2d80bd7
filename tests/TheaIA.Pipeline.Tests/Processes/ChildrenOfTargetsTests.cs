namespace TheaIA.Pipeline.Tests.Processes;

/// <summary>What becomes, at the end of a run, of processes that the code of targets started by itself; real ones.</summary>
public sealed class ChildrenOfTargetsTests
{
    public ChildrenOfTargetsTests() =>
        Xunit.Assert.SkipUnless(OperatingSystem.IsLinux(), "Process trees are ended on Linux.");

    [Fact]
    public async Task What_a_target_leaves_ends_with_the_run_and_that_is_said()
    {
        using var build = await TinyBuild.RunAsync(["Leaves"]);
        build.ExitCode.ShouldBe(0, build.Output);
        build.Children().ShouldBeEmpty();
        build.Words.ShouldContain(
            $"Ended with the run, since targets had left it behind: {build.Mark} 300 (process "
        );
    }

    [Fact]
    public async Task What_was_detached_stays()
    {
        using var build = await TinyBuild.RunAsync(["Detaches"]);
        build.ExitCode.ShouldBe(0, build.Output);
        build.Children().Count.ShouldBe(1);
        build.Output.ShouldNotContain("left it behind");
    }
}
