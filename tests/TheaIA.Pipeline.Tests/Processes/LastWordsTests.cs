namespace TheaIA.Pipeline.Tests.Processes;

/// <summary>A run that does not come to its own end still says what became of it.</summary>
public sealed class LastWordsTests
{
    [Fact]
    public async Task A_target_that_ends_the_process_has_failed_and_what_comes_after_it_did_not_run()
    {
        using var build = await TinyBuild.RunAsync(["AfterExits"]);
        build.ExitCode.ShouldBe(1, build.Output);
        build.Words.ShouldBe(
            "Failed: Exits ended the process (exit code 0). What comes after it did not run."
        );
        build.Children().ShouldBeEmpty();
        build.Read("report.json").ShouldContain("\"failed\"");
    }

    [Fact]
    public async Task A_thread_that_throws_fails_the_run_with_its_words_masked()
    {
        using var build = await TinyBuild.RunAsync(["Threads"], token: "s3cr3t-word");
        build.ExitCode.ShouldBe(1, build.Output);
        build.Words.ShouldStartWith(
            "Failed: a thread that Threads started threw InvalidOperationException: died of ***"
        );
        build.Output.ShouldNotContain("s3cr3t-word");
    }

    [Fact]
    public async Task A_second_signal_says_what_it_cut()
    {
        using var build = TinyBuild.Start("DeafEffect");
        await build.UntilThereIsAsync("began");
        NativeMethods.SendSignal(build.Id, NativeMethods.Terminate).ShouldBe(0);
        await build.UntilSaysAsync("waiting for DeafEffect. A second signal ends all at once.");
        NativeMethods.SendSignal(build.Id, NativeMethods.Terminate).ShouldBe(0);
        (await build.EndAsync()).ShouldBe(143, build.Output);
        build.Words.ShouldContain("Ended at once by a second signal after ");
        build.Words.ShouldContain("In the middle of it: DeafEffect.");
    }

    [Fact]
    public async Task A_second_signal_takes_the_rows_of_what_runs_off_the_terminal()
    {
        using var build = TinyBuild.Start("DeafEffect", "--host", "Terminal");
        await build.UntilSaysAsync("run DeafEffect");
        NativeMethods.SendSignal(build.Id, NativeMethods.Terminate).ShouldBe(0);
        await build.UntilSaysAsync("A second signal ends all at once.");
        NativeMethods.SendSignal(build.Id, NativeMethods.Terminate).ShouldBe(0);
        (await build.EndAsync()).ShouldBe(143, build.Output);
        var end = build.Output[
            build.Output.LastIndexOf("Ended at once", StringComparison.Ordinal)..
        ];
        end.Split("run   DeafEffect")[^1].ShouldContain("\e[2K");
    }

    [Fact]
    public async Task A_target_whose_processes_were_ended_under_it_is_cut_off_and_no_failure()
    {
        using var build = TinyBuild.Start("Long");
        await build.UntilChildrenRunAsync(3);
        NativeMethods.SendSignal(build.Id, NativeMethods.Terminate).ShouldBe(0);
        (await build.EndAsync()).ShouldBe(143, build.Output);
        build.Output.ShouldNotContain("FAIL");
        build.Words.ShouldContain("Cut off: Long.");
    }
}
