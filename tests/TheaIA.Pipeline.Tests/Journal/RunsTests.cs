using System.Text.Json;

namespace TheaIA.Pipeline.Tests.Journal;

/// <summary>What <c>Runs</c> shows.</summary>
public sealed class RunsTests : IDisposable
{
    private readonly Recorded _recorded = new();

    public void Dispose() => _recorded.Dispose();

    [Fact]
    public async Task The_newest_run_comes_first()
    {
        await _recorded.RunAsync<JournalTests.Build>("Measured");
        _recorded.Pass(TimeSpan.FromDays(1));
        await _recorded.RunAsync<JournalTests.Build>("Shut");
        _recorded.Pass(TimeSpan.FromDays(2));
        await _recorded.RunAsync<JournalTests.Build>("Behind Measured");
        await _recorded.RunAsync<JournalTests.Build>("Measured");
        _recorded.CutAfter(3, "targetStarted");
        (await RunsAsync()).Output.ShouldBe(
            """
            20261127-140500-2147483647   today 14:05        Measured                  -   killed in Measured
                                                                                          after 0.0 s
            20261127-140400-2147483647   today 14:04        Measured, Behind      0.0 s   failed: Bad
            20261125-140300-2147483647   Wed 25 Nov 14:03   Shut                  0.0 s   refused: Shut
            20261124-140200-2147483647   Tue 24 Nov 14:02   Measured              0.0 s   done

            """
        );
    }

    [Fact]
    public async Task Yesterday_is_called_so()
    {
        await _recorded.RunAsync<JournalTests.Build>("Measured");
        _recorded.Pass(TimeSpan.FromHours(12));
        (await RunsAsync()).Output.ShouldContain("   yesterday 14:02   ");
    }

    [Fact]
    public async Task Where_none_ran_that_is_said()
    {
        var answer = await RunsAsync();
        answer.Output.ShouldBe(
            "No run is on record here: the first one will be, in .nuke/temp/runs.\n"
        );
        answer.Code.ShouldBe(0);
        (await RunsAsync("--show last")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task One_run_shows_its_targets_gates_and_logs()
    {
        await _recorded.RunAsync<JournalTests.Build>("Behind Shut Left --skip Left");
        (await RunsAsync("--show last")).Output.ShouldBe(
            """
            Left, Shut, Behind   today 14:02, 20261124-140200-2147483647

            ok    Measured       0.0 s   Size: 1 MB [<= 2 MB]
                    gate Size: pass, 1 MB [<= 2 MB]
            -     Left             -     skipped: by --skip
            NO    Shut           0.0 s   Size: 3 MB [<= 2 MB]
                    gate Size: fail, 3 MB [<= 2 MB]
                    log: .nuke/temp/runs/20261124-140200-2147483647/Shut.log
            FAIL  Bad            0.0 s   InvalidOperationException: went wrong
                    log: .nuke/temp/runs/20261124-140200-2147483647/Bad.log
            -     Behind           -     not started: Bad failed

            Refused: Shut after 0.0 s.

            """
        );
    }

    [Fact]
    public async Task A_killed_run_shows_what_it_was_at()
    {
        await _recorded.RunAsync<JournalTests.Build>("Shut");
        _recorded.CutAfter(0, "targetStarted");
        (await RunsAsync("--show last")).Output.ShouldBe(
            """
            Shut   today 14:02, 20261124-140200-2147483647

            ok    Measured       0.0 s   Size: 1 MB [<= 2 MB]
                    gate Size: pass, 1 MB [<= 2 MB]
            -     Shut             -     cut off

            Killed in Shut after 0.0 s.

            """
        );
    }

    [Fact]
    public async Task A_run_at_work_is_named_with_its_process()
    {
        using var alive = new Recorded(Environment.ProcessId);
        await alive.RunAsync<JournalTests.Build>("Shut");
        alive.CutAfter(0, "targetStarted");
        (await alive.AskAsync<JournalTests.Build>("Runs")).Output.ShouldEndWith(
            $"   running (pid {Environment.ProcessId})\n"
        );
        (await alive.AskAsync<JournalTests.Build>("runs --show last")).Output.ShouldContain(
            "-     Shut             -     at work\n"
        );
    }

    [Theory]
    [InlineData("LAST", "Shut   ")]
    [InlineData("20261124-140300-2147483647", "Shut   ")]
    [InlineData("20261124-1402", "Measured   ")]
    public async Task A_run_is_found_by_its_id_the_beginning_of_it_or_last(
        string id,
        string beginning
    )
    {
        await _recorded.RunAsync<JournalTests.Build>("Measured");
        await _recorded.RunAsync<JournalTests.Build>("Shut");
        (await RunsAsync($"--show {id}")).Output.ShouldStartWith(beginning);
    }

    [Theory]
    [InlineData(
        "Runs --show 2025",
        "There is no run '2025' on record.   ./build.sh Runs lists all."
    )]
    [InlineData(
        "Runs --show 2026",
        "'2026' is the beginning of 2 runs: give more of it.   ./build.sh Runs lists all."
    )]
    [InlineData(
        "Runs --show a b",
        "--show 'a b' is not one run's id, with or without json. From the command line."
    )]
    [InlineData("Runs --show", "--show needs a value: [ID] [json].")]
    [InlineData(
        "Measured --show 2026",
        "--show belongs to Runs, which was not asked for.   ./build.sh Runs --show 2026"
    )]
    [InlineData("Runs Measured", "Runs runs no target, so it stands alone: without Measured.")]
    [InlineData(
        "Rnus",
        "There is no target 'Rnus'. Did you mean Runs?   ./build.sh --help lists all."
    )]
    public async Task What_is_wrong_is_one_sentence(string commandLine, string expected)
    {
        await _recorded.RunAsync<JournalTests.Build>("Measured");
        await _recorded.RunAsync<JournalTests.Build>("Shut");
        var answer = await _recorded.AskAsync<JournalTests.Build>(commandLine);
        answer.Code.ShouldBe(2);
        answer.Output.ShouldBe(expected + "\n");
    }

    [Fact]
    public async Task Json_is_the_report_of_one_or_of_all()
    {
        await _recorded.RunAsync<JournalTests.Build>("Measured");
        await _recorded.RunAsync<JournalTests.Build>("Shut");
        var one = await RunsAsync("--show last json");
        one.Output.TrimEnd()
            .ShouldBe(
                File.ReadAllText(Path.Combine(_recorded.Folders[1], "report.json")).TrimEnd()
            );
        using var all = JsonDocument.Parse((await RunsAsync("--show json")).Output);
        all.RootElement.GetProperty("runs").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Asking_is_no_run()
    {
        await _recorded.RunAsync<JournalTests.Build>("Measured");
        await RunsAsync();
        _recorded.Folders.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_target_of_that_name_wins()
    {
        var answer = await _recorded.AskAsync<Own>("Runs");
        answer.Ran.ShouldBe("own");
        (await _recorded.AskAsync<Own>("--help")).Output.ShouldNotContain("on record");
    }

    private Task<Answer> RunsAsync(string options = "") =>
        _recorded.AskAsync<JournalTests.Build>($"Runs {options}");

    public class Own : TestBuild
    {
        Target Runs => _ => _.Executes(() => Ran("own"));
    }
}
