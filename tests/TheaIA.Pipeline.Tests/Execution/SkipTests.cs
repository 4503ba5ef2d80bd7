namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>What is said of a skip, and which hooks are told. What is skipped is in the table of Nuke/.</summary>
public sealed class SkipTests
{
    [Fact]
    public async Task The_reason_is_the_condition_as_written()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Above");
        answer.Output.ShouldBe(
            """
            -     Need, Off   skipped: only when Yes && No
            ok    Above          0.0 s

            Done in 0.0 s.

            """
        );
    }

    [Fact]
    public async Task A_condition_that_throws_fails_its_target()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("ThrowsLater");
        answer.Code.ShouldBe(1);
        answer.FirstLine.ShouldBe(
            "FAIL  ThrowsLater    0.0 s   InvalidOperationException: no answer"
        );
    }

    [Fact]
    public async Task Skips_for_one_reason_share_a_line()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Other --skip Other+Need");
        answer.Output.ShouldBe("-     Need, Other   skipped: by --skip\n\nDone in 0.0 s.\n");
    }

    [Fact]
    public async Task The_hooks_are_told()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Hooked>("All");
        answer.Ran.ShouldBe(
            "created initialized skipped:Static running:Good good succeeded:Good skipped:Dynamic running:Bad failed:Bad finished:1"
        );
        answer.Trace.Bag["while"].ShouldBe("Running: Good Skipped: Static Succeeding: True");
        answer
            .Trace.Bag["after"]
            .ShouldBe(
                "Invoked: All Succeeded: Good Failed: Bad Finished: 5 Scheduled: 0 Failing: True"
            );
    }

    public class Build : TestBuild
    {
        static bool Yes => true;
        static bool No => false;

        static bool NoAnswer() => throw new InvalidOperationException("no answer");

        Target Need => _ => _.Executes(() => Ran(nameof(Need)));
        Target Off =>
            _ => _.OnlyWhenStatic(() => Yes && No).DependsOn(Need).Executes(() => Ran(nameof(Off)));
        Target Above => _ => _.DependsOn(Off).Executes(() => Ran(nameof(Above)));
        Target Other => _ => _.DependsOn(Need).Executes(() => Ran(nameof(Other))).Before(Above);
        Target ThrowsLater => _ => _.OnlyWhenDynamic(() => NoAnswer()).Executes(() => Ran("never"));
    }

    public class Hooked : TestBuild
    {
        Target Static => _ => _.OnlyWhenStatic(() => false).Executes(() => Ran("never"));
        Target Good =>
            _ =>
                _.After(Static)
                    .Executes(() =>
                    {
                        Ran("good");
                        Set(
                            "while",
                            $"Running: {Names(RunningTargets)} Skipped: {Names(SkippedTargets)} Succeeding: {IsSucceeding}"
                        );
                    });
        Target Dynamic =>
            _ => _.After(Good).OnlyWhenDynamic(() => false).Executes(() => Ran("never"));
        Target Bad => _ => _.After(Dynamic).Executes(() => Throw("bad"));
        Target All => _ => _.DependsOn(Static, Good, Dynamic, Bad);

        protected internal override void OnBuildCreated() => Ran("created");

        protected internal override void OnBuildInitialized() => Ran("initialized");

        protected internal override void OnBuildFinished()
        {
            Ran($"finished:{ExitCode}");
            Set(
                "after",
                $"Invoked: {Names(InvokedTargets)} Succeeded: {Names(SucceededTargets)} Failed: {Names(FailedTargets)} "
                    + $"Finished: {FinishedTargets.Count} Scheduled: {ScheduledTargets.Count} Failing: {IsFailing}"
            );
        }

        protected internal override void OnTargetRunning(string target) => Ran($"running:{target}");

        protected internal override void OnTargetSkipped(string target) => Ran($"skipped:{target}");

        protected internal override void OnTargetSucceeded(string target) =>
            Ran($"succeeded:{target}");

        protected internal override void OnTargetFailed(string target) => Ran($"failed:{target}");

        private static string Names(IEnumerable<ExecutableTarget> targets) =>
            string.Join(',', targets);
    }
}
