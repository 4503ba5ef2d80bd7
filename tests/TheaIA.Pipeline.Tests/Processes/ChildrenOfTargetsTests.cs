namespace TheaIA.Pipeline.Tests.Processes;

/// <summary>What becomes of processes that the code of targets started by itself; real ones.</summary>
public sealed class ChildrenOfTargetsTests
{
    private const int Interrupt = 2;

    public ChildrenOfTargetsTests() =>
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

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(NativeMethods.Terminate, 143)]
    public async Task A_signal_ends_the_whole_tree_and_assured_targets_run(int signal, int code)
    {
        using var build = TinyBuild.Start("Both");
        await build.UntilChildrenRunAsync(3);
        NativeMethods.SendSignal(build.Id, signal).ShouldBe(0);
        (await build.EndAsync()).ShouldBe(code, build.Output);
        File.Exists(build.At("tidied")).ShouldBeTrue(build.Output);
        build.Children().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_second_signal_ends_all_at_once()
    {
        using var build = TinyBuild.Start("Both");
        await build.UntilChildrenRunAsync(3);
        NativeMethods.SendSignal(build.Id, NativeMethods.Terminate).ShouldBe(0);
        // two signals at once may be told in any order
        await build.UntilJournalSaysAsync("interrupted");
        NativeMethods.SendSignal(build.Id, Interrupt).ShouldBe(0);
        (await build.EndAsync()).ShouldBe(143, build.Output);
        build.Children().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_effects_children_live_to_its_safe_point()
    {
        using var build = TinyBuild.Start("Ship");
        await build.UntilThereIsAsync("began");
        NativeMethods.SendSignal(build.Id, NativeMethods.Terminate).ShouldBe(0);
        (await build.EndAsync()).ShouldBe(143, build.Output);
        File.Exists(build.At("shipped")).ShouldBeTrue(build.Output);
    }

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
