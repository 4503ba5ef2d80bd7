using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>--override GATE --reason WHY.</summary>
public sealed class OverrideTests
{
    private static string Who => Environment.UserName;

    [Fact]
    public async Task A_gate_that_says_no_is_passed_over_and_that_is_noted()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Ship --override scan --reason unreachable");
        answer.Code.ShouldBe(0, answer.Output);
        answer.Ran.ShouldBe("Ship");
        answer.FirstLine.ShouldBe(
            $"note  Ship             -     scan: waived: 1 CVE [0]: \"unreachable\" ({Who})"
        );
    }

    [Fact]
    public async Task A_gate_that_passes_needs_no_waiver()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Good --override size --reason why");
        answer.FirstLine.ShouldBe("ok    Good           0.0 s   size: 1 MB [5 MB]");
    }

    [Fact]
    public async Task Other_gates_still_stop()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Ship Good --override size --reason why");
        answer.Code.ShouldBe(3);
        answer.Ran.ShouldBe("Good");
    }

    [Fact]
    public async Task A_target_whose_actions_measure_may_ask_and_is_not_up_to_date_next_time()
    {
        using var checkout = new Checkout();
        checkout.Write("in", "x");
        (await checkout.RunAsync<Build>("Coverage")).Code.ShouldBe(3);
        var answer = await checkout.RunAsync<Build>("Coverage --override COVERAGE --reason known");
        answer.Code.ShouldBe(0, answer.Output);
        answer.FirstLine.ShouldBe($"note  Coverage         -     waived: \"known\" ({Who})");
        answer.Trace.Bag["waived"].ShouldBe($"\"known\" ({Who})");
        (await checkout.RunAsync<Build>("Coverage")).Code.ShouldBe(3);
    }

    [Fact]
    public async Task A_waiver_that_was_not_needed_is_none()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Good Asks --override Good --reason why");
        answer.Code.ShouldBe(0, answer.Output);
        answer.Trace.Bag["waived"].ShouldBe("nobody");
    }

    [Theory]
    [InlineData(
        "Ship --override scan",
        "--override scan needs a reason: --reason \"why it may be passed over\"."
    )]
    [InlineData(
        "Ship --override scn --reason why",
        "--override: there is no gate 'scn' in this plan. Did you mean scan?   ./build.sh --plan shows it."
    )]
    [InlineData("Ship --override", "--override needs a value: GATE.")]
    public async Task What_is_wrong_is_said_and_nothing_runs(string commandLine, string expected)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>(commandLine);
        answer.Code.ShouldBe(2);
        answer.Ran.ShouldBe("");
        answer.FirstLine.ShouldBe(expected);
    }

    [Fact]
    public async Task The_environment_overrides_nothing()
    {
        using var checkout = new Checkout();
        checkout.Environment["NUKE_OVERRIDE"] = "scan";
        checkout.Environment["OVERRIDE"] = "scan";
        checkout.Environment["NUKE_REASON"] = "why";
        (await checkout.RunAsync<Build>("Ship")).Code.ShouldBe(3);
    }

    [Fact]
    public async Task A_builds_own_parameter_called_reason_gets_it_too()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Ship --override scan --reason unreachable");
        answer.Trace.Bag["reason"].ShouldBe("unreachable");
    }

    [Fact]
    public async Task Help_lists_that_parameter_and_not_the_option_of_the_same_name()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("--help");
        answer
            .Output.Split('\n')
            .Count(l => l.StartsWith("  --reason", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    public class Build : TestBuild
    {
        [Parameter]
        public string? Reason { get; set; }

        Target Ship =>
            _ =>
                _.Gate(new Fixed("scan", new Measurement(Verdict.Fail, "1 CVE", "0")))
                    .Executes(() =>
                    {
                        Ran("Ship");
                        Set("reason", Reason ?? "");
                    });
        Target Good =>
            _ =>
                _.Gate(new Fixed("size", new Measurement(Verdict.Pass, "1 MB", "5 MB")))
                    .Before(Ship)
                    .Executes(() => Ran("Good"));
        Target Asks =>
            _ =>
                _.After(Good)
                    .Executes(() => Set("waived", TargetContext.Waived("size") ?? "nobody"));
        Target Coverage =>
            _ =>
                _.Inputs("in")
                    .Executes(() =>
                    {
                        if (TargetContext.Waive("coverage") is not { } waiver)
                        {
                            throw new OutcomeException(Outcome.Refused, "97.1 %");
                        }

                        Set("waived", TargetContext.Waived("coverage")!);
                        Progress.Note($"waived: {waiver}");
                    });
    }

    private sealed class Fixed(string name, Measurement measurement) : IGate
    {
        public string Name => name;

        public Task<Measurement> MeasureAsync(CancellationToken cancel) =>
            Task.FromResult(measurement);
    }
}
