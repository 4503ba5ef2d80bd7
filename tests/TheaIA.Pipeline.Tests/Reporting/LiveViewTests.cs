using System.Text.RegularExpressions;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Reporting;

/// <summary>What a terminal shows while targets run.</summary>
public sealed class LiveViewTests
{
    [Fact]
    public async Task A_run_that_lasts_shows_what_runs_and_lines_above_it()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Slow>("Quick Test --host terminal");
        answer.Code.ShouldBe(0);
        answer.Output.ShouldContain("run   Test           0.0 s   312 passed");
        answer.Output.ShouldContain("\e[32mok    \e[0mQuick          0.0 s");
        answer.Output.ShouldContain("\e[32mok    \e[0mTest           0.0 s   612 passed");
        answer.Output.ShouldContain("Done in 0.0 s.");
        // what is done no longer shows as running
        answer
            .Output[answer.Output.IndexOf("612 passed", StringComparison.Ordinal)..]
            .ShouldNotContain("run  ");
    }

    [Fact]
    public void A_row_is_clipped_and_shows_why_the_target_runs_until_it_says_more()
    {
        var time = new StillTime();
        using var reporter = new Reporter(
            new PlainScreen(TextWriter.Null),
            new Layout([]),
            Verbosity.Normal,
            new SecretMask(),
            time
        );
        var getter = typeof(string).GetProperty("Length")!.GetMethod!;
        using var running = new RunningTarget(
            new ExecutableTarget("Test", 0, new TargetDefinition(this, getter)),
            reporter,
            new RunFolder("/nowhere", time.GetUtcNow(), 1),
            new SecretMask()
        )
        {
            Start = time.GetTimestamp(),
            Reason = "changed: src/X.cs",
        };
        time.Move(TimeSpan.FromSeconds(23));
        LiveView.Rows([running], time).ShouldBe(["run   Test            23 s   changed: src/X.cs"]);
        ((IProgressReport)running).Doing("half\e[2J\r\n");
        LiveView
            .Rows([running], time)
            .ShouldBe([@"run   Test            23 s   half\u001b[2J\r\n"]);
        ((IProgressReport)running).Doing(string.Join(' ', Enumerable.Repeat("word", 40)));
        LiveView.Rows([running], time)[0].Length.ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public async Task Wide_characters_count_as_the_two_cells_that_they_take()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Wide>("Test --host terminal");
        // 80 cells, the last one free, 29 before the text
        Regex.Match(answer.Output, "日+").Length.ShouldBe(25);
    }

    public class Wide : TestBuild
    {
        Target Test =>
            _ =>
                _.Executes(async () =>
                {
                    Progress.Doing(new string('日', 60));
                    await Task.Delay(900);
                });
    }

    public class Slow : TestBuild
    {
        Target Quick => _ => _.Executes(() => Task.Delay(400));
        Target Test =>
            _ =>
                _.Executes(async () =>
                {
                    Progress.Doing("312 passed");
                    await Task.Delay(900);
                    Progress.Figure("612 passed");
                });

        public Slow() => Set("made", true);
    }
}
