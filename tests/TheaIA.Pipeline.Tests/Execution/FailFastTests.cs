namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>--fail-fast: the first failure cancels what runs.</summary>
public sealed class FailFastTests
{
    [Fact]
    public async Task Cancels_what_runs_starts_nothing_new_and_runs_what_is_assured()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("All Tidy --fail-fast --max-parallel 2");
        answer.Code.ShouldBe(1);
        answer.Ran.ShouldBe("Slow Bad cancelled Tidy");
        answer.Output.ShouldBe(
            """
            FAIL  Bad            0.0 s   InvalidOperationException: went wrong
            -     Slow           0.0 s   cancelled: Bad failed
            ok    Tidy           0.0 s
            -     Free, All   not started: Bad failed

            Failed: Bad. Its log: .nuke/temp/runs/20261124-140200-4711/Bad.log

            """
        );
    }

    [Fact]
    public async Task Without_it_what_runs_may_finish()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Finishes Bad --max-parallel 2");
        answer.Code.ShouldBe(1);
        answer.Output.ShouldContain("ok    Finishes");
    }

    [Fact]
    public async Task An_effect_goes_to_its_end()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Ship Bad --fail-fast --max-parallel 2");
        answer.Code.ShouldBe(1);
        answer.Output.ShouldContain("ok    Ship");
    }

    [Fact]
    public async Task An_effect_that_stops_at_its_safe_point_was_cancelled()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Stops Bad --fail-fast --max-parallel 2");
        answer.Code.ShouldBe(1);
        answer.Output.ShouldContain("-     Stops          0.0 s   cancelled: Bad failed\n");
    }

    [Fact]
    public async Task What_fails_since_it_was_told_to_stop_is_no_failure_of_its_own()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Breaks Bad --fail-fast --max-parallel 2");
        answer.Output.ShouldContain("-     Breaks         0.0 s   cancelled: Bad failed\n");
        answer.LastLine.ShouldStartWith("Failed: Bad. ");
        checkout
            .Read(".nuke/temp/runs/20261124-140200-4711/Breaks.log")
            .ShouldStartWith("System.InvalidOperationException: its process ended");
    }

    [Fact]
    public async Task A_failure_that_may_proceed_cancels_nothing()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>(
            "Lenient Finishes --fail-fast --max-parallel 2"
        );
        answer.Code.ShouldBe(1);
        answer.Output.ShouldContain("ok    Finishes");
    }

    [Fact]
    public async Task It_may_be_a_setting()
    {
        using var checkout = new Checkout();
        checkout.Environment["NUKE_FAIL_FAST"] = "true";
        (await checkout.RunAsync<Build>("All --max-parallel 2")).Output.ShouldContain(
            "cancelled: Bad failed"
        );
    }

    public class Build : TestBuild
    {
        private readonly TaskCompletionSource _began = new();
        private readonly TaskCompletionSource _failing = new();

        Target Slow =>
            _ =>
                _.Executes(async cancel =>
                {
                    Ran("Slow");
                    _began.SetResult();
                    try
                    {
                        await Task.Delay(Timeout.Infinite, cancel);
                    }
                    catch (OperationCanceledException)
                    {
                        Ran("cancelled");
                        throw;
                    }
                });
        Target Bad =>
            _ =>
                _.Executes(async () =>
                {
                    await _began.Task;
                    Ran("Bad");
                    _failing.TrySetResult();
                    Throw("went wrong");
                });
        Target Free => _ => _.After(Slow).Executes(() => Ran("Free"));
        Target Finishes => _ => _.Executes(FinishAsync);
        Target Ship => _ => _.Effect().Executes(_ => FinishAsync(CancellationToken.None));
        Target Stops => _ => _.Effect().Executes(UntilToldAsync);
        Target Breaks =>
            _ =>
                _.Executes(async cancel =>
                {
                    await UntilToldAsync(cancel)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    Throw("its process ended");
                });
        Target Lenient =>
            _ =>
                _.ProceedAfterFailure()
                    .Executes(async () =>
                    {
                        await _began.Task;
                        _failing.TrySetResult();
                        Throw("went wrong");
                    });
        Target All => _ => _.DependsOn(Slow, Bad, Free).Executes(() => Ran("All"));
        Target Tidy => _ => _.AssuredAfterFailure().After(Slow, Bad).Executes(() => Ran("Tidy"));

        private Task UntilToldAsync(CancellationToken cancel)
        {
            _began.SetResult();
            return Task.Delay(Timeout.Infinite, cancel);
        }

        /// <summary>Ends well, after the other one has failed.</summary>
        private async Task FinishAsync(CancellationToken cancel)
        {
            _began.SetResult();
            await _failing.Task;
            await Task.Delay(100, CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
        }
    }
}
