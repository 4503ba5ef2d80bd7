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
}
