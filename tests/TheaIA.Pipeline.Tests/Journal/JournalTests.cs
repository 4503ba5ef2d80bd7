using System.Text;
using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Journal;

/// <summary>What a run leaves on record of itself, also when it is cut off.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly Recorded _recorded = new();

    public void Dispose() => _recorded.Dispose();

    [Fact]
    public async Task Each_event_is_a_line()
    {
        await _recorded.RunAsync<Build>("Shut Left --skip Left");
        Events(0)
            .ShouldBe([
                "runStarted",
                "targetEnded Left skipped",
                "targetStarted Measured",
                "gateMeasured Measured",
                "targetEnded Measured done",
                "targetStarted Shut",
                "gateMeasured Shut",
                "targetEnded Shut refused",
                "runEnded",
            ]);
        using var head = JsonDocument.Parse(File.ReadLines(_recorded.JournalOf(0)).First());
        head.RootElement.GetProperty("pid").GetInt32().ShouldBe(int.MaxValue);
        head.RootElement.GetProperty("program").GetString().ShouldBe("one");
        head.RootElement.GetProperty("asked").GetArrayLength().ShouldBe(2);
        head.RootElement.GetProperty("plan").GetArrayLength().ShouldBe(3);
        head.RootElement.GetProperty("inside").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task An_end_says_how_long_why_and_where_the_log_is()
    {
        await _recorded.RunAsync<Build>("Bad");
        var bad = Read(0).Find("Bad")!;
        bad.Result.ShouldBe(TargetResult.Failed);
        bad.End!.Error.ShouldBe("InvalidOperationException: went wrong");
        bad.End.Log.ShouldBe(".nuke/temp/runs/20261124-140200-2147483647/Bad.log");
        var run = Read(0);
        run.RootCause.ShouldBe(run.Find("Bad"));
        run.Find("Behind").ShouldBeNull();

        await _recorded.RunAsync<Build>("Behind");
        var behind = Read(1).Find("Behind")!;
        behind.Result.ShouldBe(TargetResult.NotStarted);
        behind.End!.Reason.ShouldBe("Bad failed");
        behind.End.Log.ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_only_reads_leaves_nothing()
    {
        await _recorded.RunAsync<Build>("Look");
        Directory.Exists(Path.Combine(_recorded.Root, ".nuke/temp/runs")).ShouldBeFalse();
    }

    [Fact]
    public async Task No_secret_is_in_it()
    {
        _recorded.Checkout.Environment["TOKEN"] = "s3cr\"t";
        _recorded.Checkout.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(
            _recorded.Root,
            "summary.md"
        );
        (await _recorded.RunAsync<Build>("Leak")).Code.ShouldBe(1);
        (await _recorded.RunAsync<Build>("LeakGate")).Code.ShouldBe(3);
        var files = Directory.GetFiles(_recorded.Root, "*", SearchOption.AllDirectories);
        files.Length.ShouldBeGreaterThan(6);
        foreach (var file in files)
        {
            File.ReadAllText(file).ShouldNotContain("s3cr");
        }

        Read(0).Find("Leak")!.Text.ShouldBe("InvalidOperationException: failed with ***");
        var gate = Read(1).Find("LeakGate")!.Gates.ShouldHaveSingleItem();
        (gate.Value, gate.Limit).ShouldBe(("measured ***", "<= ***"));
    }

    [Fact]
    public async Task An_interruption_is_on_record_with_what_it_cut_off()
    {
        var interruption = _recorded.Checkout.Interruption;
        Build.Began = () => interruption.Request(Outcome.Terminated);
        (await _recorded.RunAsync<Build>("AfterLong")).Code.ShouldBe(143);
        var run = Read(0);
        run.State.ShouldBe(RunState.Interrupted);
        run.Interrupted!.By.ShouldBe("SIGTERM");
        run.Find("Long")!.Result.ShouldBe(TargetResult.Interrupted);
        run.Find("AfterLong")!.End!.Reason.ShouldBe("interrupted");
    }

    [Fact]
    public async Task A_run_in_which_nothing_happens_shows_that_it_is_there()
    {
        (await _recorded.RunAsync<Build>("Waits")).Code.ShouldBe(0);
        Events(0).ShouldContain("runAlive");
        Read(0).State.ShouldBe(RunState.Done);
    }

    [Fact]
    public async Task A_run_that_the_second_signal_ended_was_interrupted_and_not_killed()
    {
        var interruption = _recorded.Checkout.Interruption;
        Build.Began = () => interruption.Request(Outcome.Interrupted);
        await _recorded.RunAsync<Build>("AfterLong");
        _recorded.CutAfter(0, "runInterrupted");
        var run = Read(0);
        run.State.ShouldBe(RunState.Interrupted);
        RunWords.Ended(run).ShouldBe("interrupted by Ctrl-C");
    }

    [Fact]
    public async Task A_run_without_an_end_was_killed_unless_its_process_is_there()
    {
        await _recorded.RunAsync<Build>("Measured");
        _recorded.CutAfter(0, "targetStarted");
        Read(0).State.ShouldBe(RunState.Killed);
        Read(0).Find("Measured")!.Result.ShouldBe(TargetResult.Running);

        using var alive = new Recorded(Environment.ProcessId);
        await alive.RunAsync<Build>("Measured");
        alive.CutAfter(0, "targetStarted");
        RunHistory.Read(alive.Folders[0])!.State.ShouldBe(RunState.Running);
    }

    [Fact]
    public async Task Another_process_of_the_same_id_is_not_the_run()
    {
        using var reused = new Recorded(Environment.ProcessId);
        await reused.RunAsync<Build>("Measured");
        reused.CutAfter(0, "targetStarted");
        var start = ProcessStart.Of(Environment.ProcessId)!;
        var text = File.ReadAllText(reused.JournalOf(0));
        text.ShouldContain(start);
        File.WriteAllText(
            reused.JournalOf(0),
            text.Replace(start, "1@x", StringComparison.Ordinal)
        );
        RunHistory.Read(reused.Folders[0])!.State.ShouldBe(RunState.Killed);
    }

    [Fact]
    public async Task Lines_that_nobody_can_read_are_passed_over()
    {
        await _recorded.RunAsync<Build>("Measured");
        var journal = _recorded.JournalOf(0);
        var lines = File.ReadAllLines(journal).ToList();
        lines.Insert(1, "{}");
        lines.Insert(1, "[]");
        lines.Insert(1, "\0\0\0");
        lines.Insert(1, "{\"event\":\"targetEnded\",\"at\":\"today\"}");
        lines.Insert(1, "{\"event\":\"ofALaterVersion\",\"at\":\"2026-11-24T14:02:00Z\"}");
        lines.Insert(1, lines[2].Replace("gateMeasured", "targetEnded", StringComparison.Ordinal));
        File.WriteAllLines(journal, lines);
        var run = Read(0);
        run.State.ShouldBe(RunState.Done);
        run.Find("Measured")!.Result.ShouldBe(TargetResult.Done);
    }

    [Fact]
    public async Task Without_a_beginning_there_is_no_run()
    {
        await _recorded.RunAsync<Build>("Measured");
        var journal = _recorded.JournalOf(0);
        File.WriteAllLines(journal, File.ReadAllLines(journal)[1..]);
        RunHistory.Read(_recorded.Folders[0]).ShouldBeNull();
        File.WriteAllText(journal, "");
        RunHistory.All(_recorded.Root).ShouldBeEmpty();
    }

    [Fact]
    public void Every_event_reads_back_as_it_was_written()
    {
        var at = new DateTimeOffset(2026, 11, 24, 14, 2, 0, 123, TimeSpan.Zero);
        RunEvent[] events =
        [
            new TargetStarted(at, "A"),
            new GateMeasured(at, "A", "Size", Verdict.Waived, "1 \"MB\"\n\r\t\u0001 \\", "<= 2"),
            new TargetEnded(at, "A", TargetResult.UpToDate)
            {
                Took = TimeSpan.FromSeconds(1.5),
                Figure = "é ✓ <b>",
                IsNote = true,
                Reason = "changed: in/a",
                Error = "no",
                Log = "a/b.log",
            },
            new TargetEnded(at, "A", TargetResult.NotStarted),
            new RunAlive(at),
            new RunInterrupted(at, "Ctrl-C"),
            new RunEnded(at, Outcome.RolledBack, TimeSpan.FromMinutes(3), "A"),
            new RunEnded(at, Outcome.Done, TimeSpan.Zero, null),
        ];
        foreach (var happened in events)
        {
            RunEvent.Read(Line(happened)).ShouldBe(happened);
        }
    }

    [Fact]
    public async Task A_run_goes_on_without_a_journal_when_it_cannot_be_written()
    {
        _recorded.Checkout.Write(".nuke/temp/runs", "a file in its place");
        var answer = await _recorded.RunAsync<Build>("Measured");
        answer.Code.ShouldBe(0);
        answer.Ran.ShouldBe("measured");
        answer.Output.ShouldStartWith(
            "This run has no journal, so that --continue will not know it: "
        );
    }

    [Fact]
    public async Task A_hook_that_throws_at_the_end_is_an_end()
    {
        (await _recorded.RunAsync<BadEnd>("Good")).Code.ShouldBe(1);
        var run = Read(0);
        (run.State, run.End!.Outcome).ShouldBe((RunState.Failed, Outcome.Failed));
        run.Find("Good")!.Result.ShouldBe(TargetResult.Done);
    }

    [Fact]
    public async Task The_last_run_is_kept_however_many_only_looked_since()
    {
        await _recorded.RunAsync<Build>("Measured");
        for (var i = 10; i < 40; i++)
        {
            _recorded.Checkout.Write($".nuke/temp/runs/202612{i}-000000-999999999/x.log", "");
        }

        _recorded.Pass(TimeSpan.FromDays(3650));
        await _recorded.RunAsync<Build>("Looks");
        _recorded.Folders.Length.ShouldBe(21);
        RunHistory.Last(_recorded.Root)!.Head.Id.ShouldBe("20261124-140200-2147483647");
        await _recorded.RunAsync<Build>("Measured");
        _recorded.Folders.Length.ShouldBe(21);
    }

    [Fact]
    public async Task A_run_within_a_run_is_not_the_last_one()
    {
        await _recorded.RunAsync<Build>("Measured");
        await _recorded.RunAsync<Build>("Bad");
        var journal = _recorded.JournalOf(1);
        File.WriteAllText(
            journal,
            File.ReadAllText(journal)
                .Replace("\"inside\":false", "\"inside\":true", StringComparison.Ordinal)
        );
        RunHistory.Last(_recorded.Root)!.Head.Asked.ShouldBe(["Measured"]);
        RunHistory.All(_recorded.Root).Count.ShouldBe(2);
    }

    private RunRecord Read(int run) => RunHistory.Read(_recorded.Folders[run])!;

    private IEnumerable<string> Events(int run)
    {
        foreach (var line in File.ReadLines(_recorded.JournalOf(run)))
        {
            using var json = JsonDocument.Parse(line);
            var text = new List<string>();
            foreach (var field in new[] { "event", "target", "result" })
            {
                if (json.RootElement.TryGetProperty(field, out var value))
                {
                    text.Add(value.GetString()!);
                }
            }

            yield return string.Join(' ', text);
        }
    }

    private static byte[] Line(RunEvent happened)
    {
        var json = new JsonText();
        happened.WriteTo(json);
        json.ToString().ShouldNotContain('\n');
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    public class Build : TestBuild
    {
        private static readonly AsyncLocal<Action?> Start = new();

        internal static Action Began
        {
            set => Start.Value = value;
        }

        [Parameter, Secret]
        string? Token { get; set; }

        Target Measured =>
            _ => _.Gate(new Size(Verdict.Pass, "1 MB", "<= 2 MB")).Executes(() => Ran("measured"));
        Target Left => _ => _.Executes(() => Ran("left"));
        Target Shut =>
            _ =>
                _.DependsOn(Measured)
                    .Gate(new Size(Verdict.Fail, "3 MB", "<= 2 MB"))
                    .Executes(() => Ran("shut"));
        Target Bad => _ => _.Executes(() => Throw("went wrong\nand how"));
        Target Behind => _ => _.DependsOn(Bad).Executes(() => Ran("behind"));
        Target Look => _ => _.Concurrent().Executes(() => Ran("look"));
        Target Looks => _ => _.Concurrent().Executes(() => TargetContext.Log("looks"));
        Target Leak =>
            _ =>
                _.Executes(() =>
                {
                    Progress.Figure($"told {Token}");
                    Throw($"failed with {Token}");
                });
        Target LeakGate =>
            _ =>
                _.Gate(new Size(Verdict.Fail, $"measured {Token}", $"<= {Token}"))
                    .Executes(() => Ran("no"));
        Target Waits =>
            _ =>
                _.Executes(async cancel =>
                {
                    var runs = (RootDirectory / ".nuke" / "temp" / "runs").ToString();
                    var journal = Directory.GetFiles(runs, "*.jsonl", SearchOption.AllDirectories);
                    while (
                        !File.ReadAllText(journal[0]).Contains("runAlive", StringComparison.Ordinal)
                    )
                    {
                        await Task.Delay(50, cancel);
                    }
                });
        Target Long =>
            _ =>
                _.Executes(async cancel =>
                {
                    Start.Value!();
                    await Task.Delay(60_000, cancel);
                });
        Target AfterLong => _ => _.DependsOn(Long).Executes(() => Ran("after"));
    }

    public class BadEnd : TestBuild
    {
        Target Good => _ => _.Executes(() => Ran("good"));

        protected internal override void OnBuildFinished() => Throw("hook");
    }

    internal sealed class Size(Verdict verdict, string value, string limit) : IGate
    {
        public string Name => "Size";

        public Task<Measurement> MeasureAsync(CancellationToken cancel) =>
            Task.FromResult(new Measurement(verdict, value, limit));
    }
}
