using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>Code that does not stop still works, and nobody may meet it.</summary>
public sealed class LeftBehindTests
{
    [Fact]
    public async Task What_it_has_for_itself_nobody_gets()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>(
            "Deaf Same Assured Behind Free --max-parallel 4"
        );
        answer.Code.ShouldBe(1);
        answer.Ran.ShouldBe("Free");
        answer.Output.ShouldContain(
            "-     Same, Assured   not started: Deaf was left behind with 'PORT'\n"
                + "-     Behind   not started: Deaf failed\n"
        );
    }

    [Fact]
    public async Task It_is_not_tried_again()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Again");
        answer.Ran.ShouldBe("try");
        answer.FirstLine.ShouldContain("did not stop when told: left behind");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_comes_back_after_that_is_no_part_of_the_run(bool throws)
    {
        using var checkout = new Checkout();
        using var released = new ManualResetEventSlim();
        var back = new TaskCompletionSource();
        Stuck.Now = new(checkout.Interruption, released, back, throws);
        var answer = await checkout.RunAsync<Stuck>("Stays Tidy");
        answer.Code.ShouldBe(130);
        answer.Ran.ShouldBe("tidy back tidied and");
        answer
            .Output.Split('\n')
            .Where(line => line.Contains("Stays", StringComparison.Ordinal))
            .ShouldBe([
                "Stopping: waiting for Stays. A second signal ends all at once.",
                "-     Stays          0.0 s   interrupted, and did not stop when told: left behind",
                "Stopped by Ctrl-C after 0.0 s. Cut off: Stays.",
            ]);
    }

    [Fact]
    public void It_is_said_by_the_exception_or_its_cause()
    {
        var behind = new LeftBehindException();
        LeftBehindException.IsBehind(behind).ShouldBeTrue();
        LeftBehindException
            .IsBehind(new OutcomeException(Outcome.Failed, "x", behind))
            .ShouldBeTrue();
        LeftBehindException.IsBehind(new OutcomeException(Outcome.Failed, "x")).ShouldBeFalse();
        LeftBehindException.IsBehind(null).ShouldBeFalse();
    }

    public class Build : TestBuild
    {
        Target Deaf =>
            _ =>
                _.Exclusive("port")
                    .Within(TimeSpan.FromMilliseconds(100))
                    .ProceedAfterFailure()
                    .Executes(() => Task.Delay(60_000).Wait());
        Target Same => _ => _.Exclusive("PORT").After(Free).Executes(() => Ran("Same"));
        Target Assured =>
            _ =>
                _.AssuredAfterFailure()
                    .Exclusive("PORT")
                    .After(Same)
                    .Executes(() => Ran("Assured"));
        Target Behind => _ => _.DependsOn(Same).Executes(() => Ran("Behind"));
        Target Free => _ => _.Executes(() => Ran("Free"));
        Target Again =>
            _ =>
                _.Retry(2)
                    .Within(TimeSpan.FromMilliseconds(100))
                    .Executes(() =>
                    {
                        Ran("try");
                        Task.Delay(60_000).Wait();
                    });
    }

    internal sealed record Signals(
        Interruption Interruption,
        ManualResetEventSlim Released,
        TaskCompletionSource Back,
        bool Throws
    );

    public class Stuck : TestBuild
    {
        private static readonly AsyncLocal<Signals?> Given = new();

        internal static Signals Now
        {
            get => Given.Value!;
            set => Given.Value = value;
        }

        Target Stays =>
            _ =>
                _.Executes(() =>
                {
                    Now.Interruption.Request(Outcome.Interrupted);
                    Now.Released.Wait();
                    Ran("back");
                    Now.Back.SetResult();
                    if (Now.Throws)
                    {
                        Throw("too late");
                    }
                });

        Target Tidy =>
            _ =>
                _.AssuredAfterFailure()
                    .After(Stays)
                    .Executes(async () =>
                    {
                        Ran("tidy");
                        Now.Released.Set();
                        await Now.Back.Task;
                        // for what its thread still does
                        await Task.Delay(200);
                        Ran("tidied");
                    });

        protected internal override void OnTargetSucceeded(string target) =>
            Ran(target == "Stays" ? "succeeded" : "and");
    }
}
