namespace TheaIA.Pipeline.Tests.Processes;

/// <summary>What becomes, at Ctrl-C and SIGTERM, of processes that the code of targets started by itself; real ones.</summary>
public sealed class ChildrenAtASignalTests
{
    private const int HangUp = 1;
    private const int Interrupt = 2;

    public ChildrenAtASignalTests() =>
        Xunit.Assert.SkipUnless(OperatingSystem.IsLinux(), "Process trees are ended on Linux.");

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(NativeMethods.Terminate, 143)]
    [InlineData(HangUp, 143)]
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
    public async Task A_signal_ends_the_tree_of_a_target_that_has_a_time_limit_too()
    {
        using var build = TinyBuild.Start("LongWithin");
        await build.UntilChildrenRunAsync(3);
        NativeMethods.SendSignal(build.Id, NativeMethods.Terminate).ShouldBe(0);
        (await build.EndAsync()).ShouldBe(143, build.Output);
        build.Children().ShouldBeEmpty();
        build.Output.ShouldNotContain("left");
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
}
