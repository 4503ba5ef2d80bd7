using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>What a failure stops, what it does not, and the exit code.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("Behind", "Bad", 1)]
    // a soft order is a block as well
    [InlineData("Bad SoftBehind", "Bad", 1)]
    [InlineData("Bad Farther", "Bad", 1)]
    // what has nothing to do with it may run
    [InlineData("Bad Free --sequential", "Bad Free", 1)]
    // an assured target runs, also behind what did not start
    [InlineData("Bad Tidy", "Bad Tidy", 1)]
    [InlineData("Behind TidyBehind", "Bad TidyBehind", 1)]
    // ... and what depends on it stays behind the failure
    [InlineData("BehindTidy", "Bad Tidy", 1)]
    // an assured target that is not reached by a failure runs as any other
    [InlineData("Tidy", "Tidy", 0)]
    // after a failure that may proceed all runs, and the run has failed
    [InlineData("BehindLenient", "Lenient BehindLenient", 1)]
    // the exit code is the root cause's own
    [InlineData("Refuses", "", 3)]
    [InlineData("RolledBack", "", 4)]
    [InlineData("Lenient RolledBack --sequential", "Lenient", 4)]
    [InlineData("SaysDone", "", 1)]
    public async Task The_command_line_runs(string commandLine, string expected, int code)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>(commandLine);
        answer.Ran.ShouldBe(expected);
        answer.Code.ShouldBe(code);
    }

    [Fact]
    public async Task The_last_line_names_the_failed_target_and_its_log()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Behind Tidy");
        answer.Output.ShouldBe(
            """
            FAIL  Bad            1.5 s   InvalidOperationException: went wrong
                    and how
            ok    Tidy           0.0 s
            -     Behind   not started: Bad failed

            Failed: Bad. Its log: .nuke/temp/runs/20261124-140200-4711/Bad.log

            """
        );
        checkout
            .Read(".nuke/temp/runs/20261124-140200-4711/Bad.log")
            .ShouldStartWith("System.InvalidOperationException: went wrong");
    }

    [Fact]
    public async Task Several_failures_are_named_with_the_root_cause_first()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("RolledBack Refuses Bad --sequential");
        answer.LastLine.ShouldBe(
            "Failed: Bad, Refuses, RolledBack. Their logs: .nuke/temp/runs/20261124-140200-4711"
        );
    }

    [Fact]
    public async Task A_target_may_say_the_last_line_of_its_failure()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("RolledBack");
        answer.Output.ShouldBe(
            """
            FAIL  RolledBack     0.0 s   was never ready
                    last log line: refused

            development is healthy on 3f2c1a9.

            """
        );
    }

    [Fact]
    public async Task What_a_task_was_waited_for_with_is_told_and_not_its_wrapping()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Wrapped");
        answer.Output.ShouldContain("NotSupportedException: inside");
        answer = await checkout.RunAsync<Build>("Invoked");
        answer.Output.ShouldContain("NotSupportedException: reflected");
    }

    [Fact]
    public async Task A_quiet_run_shows_the_last_ten_lines_of_what_failed()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Talks --verbosity quiet");
        answer.Output.ShouldContain("        line 3\n");
        answer.Output.ShouldContain("        line 12\n");
        answer.Output.ShouldNotContain("line 2\n");
    }

    [Fact]
    public async Task A_hook_that_throws_fails_its_target()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<BadHook>("Good");
        answer.Code.ShouldBe(1);
        answer.Output.ShouldContain("InvalidOperationException: hook");
    }

    public class Build : TestBuild
    {
        Target Bad =>
            _ =>
                _.Executes(() =>
                {
                    Ran(nameof(Bad));
                    Take(1.5);
                    Throw("went wrong\nand how");
                });
        Target Behind => _ => _.DependsOn(Bad).Executes(() => Ran(nameof(Behind)));
        Target SoftBehind => _ => _.After(Bad).Executes(() => Ran(nameof(SoftBehind)));
        Target Farther => _ => _.DependsOn(SoftBehind).Executes(() => Ran(nameof(Farther)));
        Target Free => _ => _.Executes(() => Ran(nameof(Free)));
        Target Tidy => _ => _.AssuredAfterFailure().After(Bad).Executes(() => Ran(nameof(Tidy)));
        Target TidyBehind =>
            _ => _.AssuredAfterFailure().DependsOn(Behind).Executes(() => Ran(nameof(TidyBehind)));
        Target BehindTidy => _ => _.DependsOn(Bad, Tidy).Executes(() => Ran(nameof(BehindTidy)));
        Target Lenient =>
            _ =>
                _.ProceedAfterFailure()
                    .Executes(() =>
                    {
                        Ran(nameof(Lenient));
                        Throw("lenient");
                    });
        Target BehindLenient =>
            _ => _.DependsOn(Lenient).Executes(() => Ran(nameof(BehindLenient)));
        Target Refuses => _ => _.Executes(() => Give(new OutcomeException(Outcome.Refused, "no")));
        Target RolledBack =>
            _ =>
                _.Executes(() =>
                    Give(
                        new OutcomeException(Outcome.RolledBack, "was never ready")
                        {
                            Details = ["last log line: refused"],
                            Closing = "development is healthy on 3f2c1a9.",
                        }
                    )
                );
        Target SaysDone => _ => _.Executes(() => Give(new OutcomeException(Outcome.Done, "odd")));
        Target Wrapped =>
            _ => _.Executes(() => Task.Run(() => Give(new NotSupportedException("inside"))).Wait());

        Target Invoked =>
            _ =>
                _.Executes(() =>
                    Give(new TargetInvocationException(new NotSupportedException("reflected")))
                );
        Target Talks =>
            _ =>
                _.Executes(() =>
                {
                    for (var i = 1; i <= 12; i++)
                    {
                        Console.WriteLine($"line {i}");
                    }

                    Throw("after all that");
                });

        private static void Give(Exception exception) => throw exception;
    }

    public class BadHook : TestBuild
    {
        Target Good => _ => _.Executes(() => Ran(nameof(Good)));

        protected internal override void OnTargetSucceeded(string target) => Throw("hook");
    }
}
