namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>A hook of the build program that throws hides no failure and loses no work.</summary>
public sealed class HookTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task After_a_failure_the_target_s_own_error_leads()
    {
        var answer = await RunAsync("Bad", "failed");
        answer.Code.ShouldBe(1);
        answer.Output.ShouldBe(
            """
            OnTargetFailed threw after Bad: InvalidOperationException: hook
            FAIL  Bad            0.0 s   InvalidOperationException: went wrong

            Failed: Bad. Its log: .nuke/temp/runs/20261124-140200-4711/Bad.log

            """
        );
        _checkout
            .Read(".nuke/temp/runs/20261124-140200-4711/Bad.log")
            .ShouldContain("OnTargetFailed threw System.InvalidOperationException: hook");
    }

    [Fact]
    public async Task A_target_whose_success_was_spoilt_is_not_up_to_date()
    {
        _checkout.Write("in", "x");
        (await RunAsync("Made", "succeeded")).Code.ShouldBe(1);
        var again = await RunAsync("Made", "");
        again.Code.ShouldBe(0);
        again.Ran.ShouldBe("Made");
    }

    [Theory]
    [InlineData(
        "Good",
        "ok    Good           0.0 s\n",
        "Failed: OnBuildFinished threw after all targets were done."
    )]
    [InlineData(
        "Bad",
        "FAIL  Bad            0.0 s   InvalidOperationException: went wrong\n",
        "Failed: Bad. Its log: .nuke/temp/runs/20261124-140200-4711/Bad.log"
    )]
    public async Task After_the_end_the_run_has_failed_and_says_what_it_did(
        string target,
        string line,
        string last
    )
    {
        var answer = await RunAsync(target, "finished");
        answer.Code.ShouldBe(1);
        answer.Output.ShouldStartWith(
            line + "OnBuildFinished threw InvalidOperationException: hook\n"
        );
        answer.LastLine.ShouldBe(last);
    }

    private Task<Answer> RunAsync(string target, string hook)
    {
        Build.Throwing = hook;
        return _checkout.RunAsync<Build>(target);
    }

    public class Build : TestBuild
    {
        private static readonly AsyncLocal<string?> Hook = new();

        internal static string Throwing
        {
            set => Hook.Value = value;
        }

        Target Good => _ => _.Executes(() => Ran("Good"));
        Target Bad => _ => _.Executes(() => Throw("went wrong"));
        Target Made => _ => _.Inputs("in").Executes(() => Ran("Made"));

        protected internal override void OnTargetFailed(string target) => ThrowIn("failed");

        protected internal override void OnTargetSucceeded(string target) => ThrowIn("succeeded");

        protected internal override void OnBuildFinished() => ThrowIn("finished");

        private static void ThrowIn(string hook)
        {
            if (Hook.Value == hook)
            {
                Throw("hook");
            }
        }
    }
}
