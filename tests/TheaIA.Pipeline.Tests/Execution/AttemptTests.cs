using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>Actions of every kind, Within and Retry.</summary>
public sealed class AttemptTests
{
    [Fact]
    public async Task Actions_of_every_kind_are_awaited_in_order()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Kinds");
        answer.Ran.ShouldBe("one two three four five six seven eight");
        answer.Code.ShouldBe(0, answer.Output);
    }

    [Fact]
    public async Task A_target_over_its_limit_fails_and_names_it()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Late");
        answer.Code.ShouldBe(1);
        answer.FirstLine.ShouldBe("FAIL  Late           0.0 s   over its time limit of 0.1 s");
        answer.Ran.ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_target_that_ends_with_a_success_after_its_limit_failed_all_the_same()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("LateButDone");
        answer.FirstLine.ShouldBe("FAIL  LateButDone    0.0 s   over its time limit of 0.1 s");
    }

    [Fact]
    public async Task A_target_within_its_limit_is_not_touched()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Build>("Early")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Code_that_ignores_its_token_is_left_behind_and_that_is_said()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Deaf");
        answer.Output.ShouldStartWith(
            "FAIL  Deaf           0.0 s   over its time limit of 0.1 s, and did not stop when told: left behind\n"
        );
    }

    [Fact]
    public async Task A_target_without_a_limit_may_take_longer_than_the_grace()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Patient");
        answer.Code.ShouldBe(0, answer.Output);
        answer.Ran.ShouldBe("patient");
    }

    [Fact]
    public async Task Before_it_is_tried_again_it_waits()
    {
        using var checkout = new Checkout();
        var began = TimeProvider.System.GetTimestamp();
        (await checkout.RunAsync<Build>("Backs")).Ran.ShouldBe("try try");
        // a timer may be a tick too early
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.28));
    }

    [Fact]
    public async Task A_flaky_target_is_tried_again()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Flaky");
        answer.Code.ShouldBe(0);
        answer.Ran.ShouldBe("try try try");
        answer.FirstLine.ShouldBe("ok    Flaky          0.0 s   attempt 3 of 3");
        checkout
            .Read(".nuke/temp/runs/20261124-140200-4711/Flaky.log")
            .ShouldStartWith("attempt 2 of 3, after: System.InvalidOperationException: not yet");
    }

    [Theory]
    [InlineData("Hopeless", "try try", 1, "after 2 attempts: InvalidOperationException: ")]
    [InlineData("Refused", "try", 3, "")]
    public async Task A_target_fails_when_no_attempt_helps(
        string target,
        string expected,
        int code,
        string words
    )
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>(target);
        answer.Ran.ShouldBe(expected);
        answer.Code.ShouldBe(code);
        answer.FirstLine.ShouldContain($" 0.0 s   {words}");
    }

    public class Build : TestBuild
    {
        private int _tries;

        Target Kinds =>
            _ =>
                _.Executes(() => Ran("one"), () => Ran("two"))
                    .Executes(async () =>
                    {
                        await Task.Delay(20);
                        Ran("three");
                    })
                    .Executes(async () =>
                    {
                        await Task.Delay(20);
                        Ran("four");
                        return 4;
                    })
                    .Executes(FiveAsync)
                    .Executes(SixAsync)
                    .Executes(() =>
                    {
                        Ran("seven");
                        return 7;
                    })
                    .Executes(async cancel =>
                    {
                        await Task.Delay(20, cancel);
                        Ran("eight");
                    });
        Target Late =>
            _ =>
                _.Within(TimeSpan.FromMilliseconds(100))
                    .Executes(async cancel =>
                    {
                        try
                        {
                            await Task.Delay(60_000, cancel);
                        }
                        finally
                        {
                            Ran("cancelled");
                        }
                    });
        Target LateButDone =>
            _ =>
                _.Within(TimeSpan.FromMilliseconds(100))
                    .Executes(cancel =>
                        Task.Delay(60_000, cancel).ContinueWith(_ => { }, TaskScheduler.Default)
                    );
        Target Early => _ => _.Within(TimeSpan.FromMinutes(1)).Executes(() => Ran("early"));
        Target Deaf =>
            _ => _.Within(TimeSpan.FromMilliseconds(100)).Executes(() => Task.Delay(60_000).Wait());
        Target Patient =>
            _ =>
                _.Executes(async () =>
                {
                    await Task.Delay(Attempt.Grace + TimeSpan.FromMilliseconds(300));
                    Ran("patient");
                });
        Target Backs =>
            _ =>
                _.Retry(2, TimeSpan.FromSeconds(0.3))
                    .Executes(() =>
                    {
                        Ran("try");
                        Throw("never");
                    });
        Target Flaky =>
            _ =>
                _.Retry(3, TimeSpan.FromMilliseconds(1))
                    .Executes(() =>
                    {
                        Ran("try");
                        if (++_tries < 3)
                        {
                            Throw("not yet");
                        }
                    });
        Target Hopeless =>
            _ =>
                _.Retry(2)
                    .Executes(() =>
                    {
                        Ran("try");
                        Throw("never");
                    });
        Target Refused =>
            _ =>
                _.Retry(5)
                    .Executes(() =>
                    {
                        Ran("try");
                        throw new OutcomeException(Outcome.Refused, "no");
                    });

        private static async ValueTask FiveAsync()
        {
            await Task.Delay(20);
            Ran("five");
        }

        private static async ValueTask<int> SixAsync()
        {
            await Task.Delay(20);
            Ran("six");
            return 6;
        }
    }
}
