namespace TheaIA.Pipeline.Tests.Journal;

/// <summary>What <c>--continue</c> goes on with, and what runs again.</summary>
public sealed class ContinueTests : IDisposable
{
    private readonly Recorded _recorded = new();

    public ContinueTests()
    {
        _recorded.InitRepository();
        _recorded.Checkout.Write("in/a", "1");
        _recorded.Checkout.Write("fail.txt", "");
    }

    public void Dispose() => _recorded.Dispose();

    [Fact]
    public async Task After_a_failure_only_what_was_not_done_runs()
    {
        (await RunAsync("Ship")).Ran.ShouldBe("Make Plain Slow");
        Mend();
        var again = await RunAsync("Ship --continue");
        again.Ran.ShouldBe("Slow Ship");
        again.Output.ShouldBe(
            """
            same  Make    up to date: unchanged since 1 min ago
            same  Plain    done in the run of 14:02, which failed
            ok    Slow           0.0 s
            ok    Ship           0.0 s

            Done in 0.0 s.

            """
        );
    }

    [Fact]
    public async Task One_target_alone_is_continued_too()
    {
        await RunAsync("Plain Slow");
        (await RunAsync("Plain --continue")).Output.ShouldStartWith(
            "same  Plain            -     done in the run of 14:02, which failed\n"
        );
    }

    [Fact]
    public async Task A_key_that_cannot_be_kept_ends_no_run_and_the_next_starts_anew()
    {
        Directory.CreateDirectory(Path.Combine(_recorded.Root, ".nuke/temp/journal.key"));
        (await RunAsync("Ship --flavour strong")).Ran.ShouldBe("Make Plain Slow");
        Mend();
        (await RunAsync("Ship --flavour strong --continue")).Ran.ShouldBe("Plain Slow Ship");
    }

    [Fact]
    public async Task Without_parameters_no_key_is_made()
    {
        await RunAsync("Ship");
        File.Exists(Path.Combine(_recorded.Root, ".nuke/temp/journal.key")).ShouldBeFalse();
        (await RunAsync("Ship --flavour strong --continue")).FirstLine.ShouldContain(
            "the parameters are not those of"
        );
    }

    [Fact]
    public async Task After_kill_9_as_well()
    {
        await RunAsync("Ship");
        _recorded.CutAfter(0, "targetStarted");
        Mend();
        var again = await RunAsync("Ship --continue");
        again.Ran.ShouldBe("Slow Ship");
        again.Output.ShouldContain("same  Plain    done in the run of 14:02, which was cut off\n");
    }

    [Fact]
    public async Task A_run_that_went_on_can_be_gone_on_with()
    {
        await RunAsync("Ship");
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Slow");
        Mend();
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Slow Ship");
    }

    [Fact]
    public async Task What_is_to_be_rerun_runs_all_the_same()
    {
        await RunAsync("Ship");
        (await RunAsync("Ship --continue --rerun Plain")).Ran.ShouldBe("Plain Slow");
    }

    [Fact]
    public async Task Without_the_option_all_runs_again()
    {
        await RunAsync("Ship");
        Mend();
        (await RunAsync("Ship")).Ran.ShouldBe("Plain Slow Ship");
    }

    [Fact]
    public async Task One_that_was_named_has_its_own_line_with_the_figure_it_told()
    {
        await RunAsync("Told Slow");
        var again = await RunAsync("Told Slow --continue");
        again.Ran.ShouldBe("Slow");
        again.Output.ShouldContain(
            "\nsame  Told             -     3 of 4; done in the run of 14:02, which failed\n"
        );
    }

    [Fact]
    public async Task Other_parameters_count_for_nothing()
    {
        await RunAsync("Ship --flavour strong");
        var again = await RunAsync("Ship --flavour stronger --continue");
        again.Ran.ShouldBe("Plain Slow");
        again.FirstLine.ShouldBe(
            "What has no inputs runs again: the parameters are not those of 14:02."
        );
        _recorded.Checkout.Environment["TOKEN"] = "another secret";
        (await RunAsync("Ship --flavour stronger --continue")).Ran.ShouldBe("Plain Slow");
        (await RunAsync("Ship --flavour stronger --continue")).Ran.ShouldBe("Slow");
    }

    [Fact]
    public async Task Parameters_are_kept_as_a_hash_with_a_key_that_is_the_persons_own()
    {
        await RunAsync("Ship --flavour strong");
        var key = Path.Combine(_recorded.Root, ".nuke/temp/journal.key");
        File.ReadAllBytes(key).Length.ShouldBe(32);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.ReadAllText(_recorded.JournalOf(0)).ShouldNotContain("strong");
        await File.WriteAllBytesAsync(
            key,
            new byte[3],
            Xunit.TestContext.Current.CancellationToken
        );
        (await RunAsync("Ship --flavour strong --continue")).Ran.ShouldBe("Plain Slow");
        File.ReadAllBytes(key).Length.ShouldBe(32);
    }

    [Fact]
    public async Task Another_program_counts_for_nothing()
    {
        await RunAsync("Ship");
        _recorded.Checkout.Environment["NUKE_PROGRAM"] = "two";
        var again = await RunAsync("Ship --continue");
        again.Ran.ShouldBe("Make Plain Slow");
        again.FirstLine.ShouldBe(
            "What has no inputs runs again: the build program is not that of 14:02."
        );
    }

    [Fact]
    public async Task One_with_keys_alone_goes_by_its_keys()
    {
        await RunAsync("Keyed Slow");
        (await RunAsync("Keyed Slow --continue")).Ran.ShouldBe("Slow");
        _recorded.Checkout.Write("notes.txt", "which git ignores");
        (await RunAsync("Keyed Slow --continue")).Ran.ShouldBe("Keyed Slow");
    }

    [Fact]
    public async Task What_comes_after_something_that_ran_again_runs_again()
    {
        await RunAsync("Chain");
        Mend();
        _recorded.Checkout.Write("out.txt", "by hand");
        // Make mends its output, and what comes after it, also through one that only stands for it
        (await RunAsync("Chain --continue")).Ran.ShouldBe("Make AfterMake Slow");
    }

    [Fact]
    public async Task An_effect_and_what_tidies_up_run_each_time()
    {
        await RunAsync("Tidy Push Slow");
        (await RunAsync("Tidy Push Slow --continue")).Ran.ShouldBe("Tidy Push Slow");
    }

    [Fact]
    public async Task A_declared_output_that_is_gone_is_made_again()
    {
        await RunAsync("Writes Slow");
        (await RunAsync("Writes Slow --continue")).Ran.ShouldBe("Slow");
        File.Delete(Path.Combine(_recorded.Root, "written"));
        (await RunAsync("Writes Slow --continue")).Ran.ShouldBe("Writes Slow");
    }

    [Fact]
    public async Task There_may_be_nothing_to_continue()
    {
        var first = await RunAsync("Plain --continue");
        first.Ran.ShouldBe("Plain");
        first.FirstLine.ShouldBe("Nothing to continue: no run is on record here.");
        var second = await RunAsync("Plain --continue");
        second.Ran.ShouldBe("Plain");
        second.FirstLine.ShouldBe("Nothing to continue: the last run (Plain, 14:02) ended well.");
        _recorded.Pass(TimeSpan.FromDays(1));
        (await RunAsync("Plain --continue")).FirstLine.ShouldBe(
            "Nothing to continue: the last run (Plain, 24 Nov 14:03) ended well."
        );
    }

    [Fact]
    public async Task A_run_at_work_is_nothing_to_continue()
    {
        using var alive = new Recorded(Environment.ProcessId);
        await alive.RunAsync<Build>("Plain");
        alive.CutAfter(0, "targetStarted");
        (await alive.RunAsync<Build>("Plain --continue")).FirstLine.ShouldBe(
            "Nothing to continue: the last run (Plain, 14:02) is still at work."
        );
    }

    [Fact]
    public async Task A_run_of_one_target_takes_no_fingerprint()
    {
        await RunAsync("Plain");
        File.Exists(Path.Combine(_recorded.Root, ".nuke/temp/journal.key")).ShouldBeFalse();
        RunHistory.Last(_recorded.Root)!.Head.Fingerprint.ShouldBe(new("one", null, null));
        await RunAsync("Plain Slow");
        RunHistory.Last(_recorded.Root)!.Head.Fingerprint.Tree.ShouldNotBeNull();
        await RunAsync("Slow");
        // the last run knew nothing of Plain
        (await RunAsync("Plain Slow --continue")).Ran.ShouldBe("Plain Slow");
    }

    private void Mend() => File.Delete(Path.Combine(_recorded.Root, "fail.txt"));

    private Task<Answer> RunAsync(string commandLine) => _recorded.RunAsync<Build>(commandLine);

    public class Build : TestBuild
    {
        [Parameter]
        string Flavour { get; set; } = "plain";

        [Parameter, Secret]
        string? Token { get; set; }

        Target Make =>
            _ =>
                _.Inputs("in/**")
                    .Outputs("out.txt")
                    .Executes(() =>
                    {
                        Ran(nameof(Make));
                        File.WriteAllText((RootDirectory / "out.txt").ToString(), "x");
                    });
        Target Plain => _ => _.Executes(() => Ran($"{nameof(Plain)}"));
        Target Keyed =>
            _ =>
                _.InputKeys(() => File.Exists((RootDirectory / "notes.txt").ToString()) ? "1" : "0")
                    .Executes(() => Ran(nameof(Keyed)));
        Target Told =>
            _ =>
                _.Executes(() =>
                {
                    Ran(nameof(Told));
                    Progress.Figure("3 of 4");
                });
        Target Slow =>
            _ =>
                _.DependsOn(Make)
                    .After(Plain, Keyed, Told, AfterMake, Tidy, Push, Writes)
                    .Executes(() =>
                    {
                        Ran(nameof(Slow));
                        if (File.Exists((RootDirectory / "fail.txt").ToString()))
                        {
                            Throw("not yet");
                        }
                    });
        Target Ship => _ => _.DependsOn(Plain, Slow).Effect().Executes(() => Ran(nameof(Ship)));
        Target Stands => _ => _.DependsOn(Make);
        Target AfterMake => _ => _.DependsOn(Stands).Executes(() => Ran(nameof(AfterMake)));
        Target Chain => _ => _.DependsOn(AfterMake, Slow);
        Target Tidy => _ => _.AssuredAfterFailure().Executes(() => Ran(nameof(Tidy)));
        Target Push => _ => _.Effect().Executes(() => Ran(nameof(Push)));
        Target Writes =>
            _ =>
                _.Outputs("written")
                    .Executes(() =>
                    {
                        Ran(nameof(Writes));
                        File.WriteAllText((RootDirectory / "written").ToString(), "x");
                    });
        Target Elsewhere => _ => _.Outputs("made/*", "folder").Executes(() => { });
    }
}
