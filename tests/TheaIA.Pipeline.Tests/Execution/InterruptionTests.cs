using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>Ctrl-C and SIGTERM.</summary>
public sealed class InterruptionTests
{
    [Theory]
    [InlineData(Outcome.Interrupted, 130, "Stopped by Ctrl-C after 0.0 s. Cut off: Long.")]
    [InlineData(Outcome.Terminated, 143, "Stopped by SIGTERM after 0.0 s. Cut off: Long.")]
    public async Task A_signal_ends_what_runs_and_assured_targets_still_run(
        Outcome outcome,
        int code,
        string last
    )
    {
        using var checkout = new Checkout();
        var interruption = checkout.Interruption;
        Build.Began = () => interruption.Request(outcome);
        var answer = await checkout.RunAsync<Build>("Both");
        answer.Code.ShouldBe(code);
        answer.Ran.ShouldBe("long tidy");
        answer.LastLine.ShouldBe(last);
        answer.Output.ShouldContain("-     Long           0.0 s   interrupted\n");
        answer.Output.ShouldContain("-     Next, Both   not started: interrupted\n");
    }

    [Fact]
    public async Task Code_that_does_not_stop_is_left_behind_and_that_is_said()
    {
        using var checkout = new Checkout();
        var interruption = checkout.Interruption;
        Build.Began = () => interruption.Request(Outcome.Interrupted);
        var answer = await checkout.RunAsync<Build>("Deaf");
        answer.Code.ShouldBe(130);
        answer.FirstLine.ShouldBe("Stopping: waiting for Deaf. A second signal ends all at once.");
        answer.Output.ShouldContain(
            "\n-     Deaf           0.0 s   interrupted, and did not stop when told: left behind\n"
        );
        answer.LastLine.ShouldBe("Stopped by Ctrl-C after 0.0 s. Cut off: Deaf.");
    }

    [Fact]
    public async Task No_further_action_of_a_target_starts()
    {
        using var checkout = new Checkout();
        var interruption = checkout.Interruption;
        Build.Began = () => interruption.Request(Outcome.Interrupted);
        var answer = await checkout.RunAsync<Build>("Steps");
        answer.Code.ShouldBe(130);
        answer.Ran.ShouldBe("first");
    }

    [Fact]
    public async Task It_counts_before_a_time_limit_that_was_over_too()
    {
        using var checkout = new Checkout();
        var interruption = checkout.Interruption;
        Build.Began = () => interruption.Request(Outcome.Interrupted);
        var answer = await checkout.RunAsync<Build>("Late");
        answer.Code.ShouldBe(130);
        answer.Output.ShouldStartWith("-     Late           0.0 s   interrupted\n");
    }

    [Fact]
    public async Task Only_what_still_runs_is_waited_for()
    {
        using var checkout = new Checkout();
        var interruption = checkout.Interruption;
        Build.Began = () => interruption.Request(Outcome.Interrupted);
        (await checkout.RunAsync<Build>("Deaf Before")).Output.ShouldContain(
            "Stopping: waiting for Deaf. "
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_ends_well_although_it_was_told_to_stop_is_not_taken_as_made(bool stops)
    {
        using var checkout = new Checkout();
        checkout.Write("in", "x");
        var interruption = checkout.Interruption;
        Build.Began = () =>
        {
            if (stops)
            {
                interruption.Request(Outcome.Interrupted);
            }
        };
        var answer = await checkout.RunAsync<Build>("Unaware");
        answer.Code.ShouldBe(stops ? 130 : 0);
        answer.Output.ShouldStartWith(
            stops ? "-     Unaware        0.0 s   interrupted\n" : "ok    Unaware        0.0 s"
        );
        Directory.Exists(Path.Combine(checkout.Root, ".nuke/temp/fingerprints")).ShouldBe(!stops);
    }

    [Fact]
    public async Task An_effect_is_waited_for()
    {
        using var checkout = new Checkout();
        var interruption = checkout.Interruption;
        Build.Began = () => interruption.Request(Outcome.Interrupted);
        var answer = await checkout.RunAsync<Build>("Push");
        answer.Code.ShouldBe(130);
        answer.Ran.ShouldBe("pushed");
    }

    [Fact]
    public async Task Before_the_first_target_it_ends_the_run()
    {
        using var checkout = new Checkout();
        checkout.Interruption.Request(Outcome.Interrupted);
        var answer = await checkout.RunAsync<Build>("Both");
        answer.Code.ShouldBe(130);
        answer.Ran.ShouldBe("");
    }

    [Fact]
    public async Task It_ends_a_preflight()
    {
        using var checkout = new Checkout();
        var interruption = checkout.Interruption;
        Build.Began = () => interruption.Request(Outcome.Terminated);
        var answer = await checkout.RunAsync<Build>("Checked");
        answer.Code.ShouldBe(143);
        answer.Ran.ShouldBe("");
        answer.Output.ShouldBe("Stopped by SIGTERM before any target ran.\n");
    }

    [Fact]
    public void The_second_signal_forces_the_exit_with_the_first_ones_code()
    {
        var forced = 0;
        using var interruption = new Interruption { Force = code => forced = code };
        interruption.Request(Outcome.Terminated);
        forced.ShouldBe(0);
        interruption.Request(Outcome.Interrupted);
        forced.ShouldBe(143);
        interruption.Requested.ShouldBe(Outcome.Terminated);
    }

    [Fact]
    public void Signals_within_50_ms_are_one()
    {
        using var interruption = new Interruption();
        var millisecond = TimeProvider.System.TimestampFrequency / 1000;
        var first = 5000 * millisecond;
        interruption.IsEcho(first).ShouldBeFalse();
        interruption.IsEcho(first + (49 * millisecond)).ShouldBeTrue();
        interruption.IsEcho(first + (99 * millisecond)).ShouldBeFalse();
    }

    public class Build : TestBuild
    {
        private static readonly AsyncLocal<Action?> Start = new();

        internal static Action Began
        {
            set => Start.Value = value;
        }

        Target Long =>
            _ =>
                _.Executes(async cancel =>
                {
                    Ran("long");
                    Start.Value!();
                    await Task.Delay(60_000, cancel);
                });
        Target Steps =>
            _ =>
                _.Executes(
                    () =>
                    {
                        Ran("first");
                        Start.Value!();
                    },
                    () => Ran("second")
                );
        Target Late =>
            _ =>
                _.Within(TimeSpan.FromMilliseconds(100))
                    .Executes(async cancel =>
                    {
                        await Task.Delay(60_000, cancel)
                            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        Start.Value!();
                        Throw("too late");
                    });
        Target Before => _ => _.Executes(() => Ran("before"));
        Target Deaf =>
            _ =>
                _.After(Before)
                    .Executes(() =>
                    {
                        Start.Value!();
                        Task.Delay(60_000).Wait();
                    });
        Target Unaware => _ => _.Inputs("in").Executes(() => Start.Value!());
        Target Push =>
            _ =>
                _.Effect()
                    .Executes(async () =>
                    {
                        Start.Value!();
                        await Task.Delay(100);
                        Ran("pushed");
                    });
        Target Next => _ => _.DependsOn(Long).Executes(() => Ran("next"));
        Target Tidy => _ => _.AssuredAfterFailure().After(Long).Executes(() => Ran("tidy"));
        Target Both => _ => _.DependsOn(Long, Next, Tidy).Executes(() => Ran("both"));
        Target Checked =>
            _ =>
                _.Preflight(async cancel =>
                    {
                        Start.Value!();
                        await Task.Delay(60_000, cancel);
                    })
                    .Executes(() => Ran("checked"));
    }
}
