namespace TheaIA.Pipeline.Tests.Reporting;

/// <summary>Odd exceptions and attempts, through a whole run.</summary>
public sealed class WiredTests
{
    [Theory]
    [InlineData("Null")]
    [InlineData("Throwing")]
    public async Task A_target_whose_exception_cannot_say_itself_fails_with_a_line(string target)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>(target);
        answer.Code.ShouldBe(1);
        answer.FirstLine.ShouldBe($"FAIL  {target, -14} 0.0 s   Odd");
        answer.LastLine.ShouldStartWith($"Failed: {target}. Its log: ");
        checkout
            .Read($".nuke/temp/runs/20261124-140200-4711/{target}.log")
            .ShouldStartWith(typeof(Odd).FullName!);
    }

    [Fact]
    public async Task A_target_says_which_attempt_it_took()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Build>("Flaky")).FirstLine.ShouldBe(
            "ok    Flaky          0.0 s   attempt 3 of 3"
        );
        (await checkout.RunAsync<Build>("Hopeless")).FirstLine.ShouldBe(
            "FAIL  Hopeless       0.0 s   after 2 attempts: InvalidOperationException: no"
        );
    }

    private sealed class Odd(bool throws) : Exception
    {
        public override string Message =>
            throws ? throw new InvalidOperationException("no message") : null!;
    }

    public class Build : TestBuild
    {
        private int _tries;

        Target Null => _ => _.Executes(() => Give(new Odd(throws: false)));
        Target Throwing => _ => _.Executes(() => Give(new Odd(throws: true)));
        Target Flaky =>
            _ =>
                _.Retry(3)
                    .Executes(() =>
                    {
                        if (++_tries < 3)
                        {
                            Throw("not yet");
                        }
                    });
        Target Hopeless => _ => _.Retry(2).Executes(() => Throw("no"));

        private static void Give(Exception thrown) => throw thrown;
    }
}
