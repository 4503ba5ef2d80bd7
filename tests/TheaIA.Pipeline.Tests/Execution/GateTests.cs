using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>Gates and preflights: what stops a run early, and what it says then.</summary>
public sealed class GateTests
{
    [Fact]
    public async Task A_gate_that_says_no_stops_before_the_actions()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Deploy");
        answer.Code.ShouldBe(3);
        answer.Ran.ShouldBe("");
        answer.Output.ShouldBe(
            """
            NO    Coverage       0.0 s   97.1 % of 6 240 lines [>= 98 %]
                    src/Upload.cs   61 %   lines 40-88, 91
            -     Deploy   not started: Coverage said no

            Stopped at the gate Coverage. Nothing was built or deployed.

            """
        );
    }

    [Fact]
    public async Task A_pass_and_a_waiver_go_on_with_what_was_measured()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Good Waived Own Measured --sequential");
        answer.Code.ShouldBe(0);
        answer.Ran.ShouldBe("good waived own");
        answer.Output.ShouldBe(
            """
            ok    Good           0.0 s   coverage: 99 % [>= 98 %]
            note  Waived           -     scan: waived: CVE-2026-1234
            ok    Own            0.0 s   its own figure
            ok    Measured       0.0 s   coverage: 99 % [>= 98 %]

            Done in 0.0 s.

            """
        );
    }

    [Fact]
    public async Task A_monitor_that_errs_is_unknown_and_every_gate_that_stops_is_named()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Blind");
        answer.Code.ShouldBe(3);
        answer.Output.ShouldBe(
            """
            NO    Blind          0.0 s   uptime: unknown: no answer in 10 s
                    coverage: 97.1 % of 6 240 lines [>= 98 %]
                    src/Upload.cs   61 %   lines 40-88, 91

            Stopped at the gates uptime and coverage. Nothing was built or deployed.

            """
        );
    }

    [Theory]
    [InlineData("NoMeasurement", "licences: unknown: the gate gave no measurement")]
    [InlineData("NoTask", "licences: unknown: the gate gave no measurement")]
    [InlineData("NoValue", "licences: unknown: the gate gave no measurement")]
    [InlineData("Speechless", "licences: unknown: TimeoutException")]
    public async Task A_gate_that_gives_nothing_is_unknown_and_named(string target, string expected)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<NoAnswers>(target);
        answer.Code.ShouldBe(3);
        answer.FirstLine.ShouldEndWith($"   {expected}");
        answer.LastLine.ShouldStartWith("Stopped at the gate licences. ");
        answer.Ran.ShouldBe("");
    }

    [Theory]
    [InlineData("AfterFiles", "Stopped at the gate AfterFiles. Nothing was deployed.")]
    [InlineData("AfterWork", "Stopped at the gate AfterWork. Nothing was deployed.")]
    [InlineData("AfterGate", "Stopped at the gate AfterGate. Nothing was built or deployed.")]
    // a push that failed may have done a part
    [InlineData("AfterBadPush", "Stopped at the gate AfterBadPush.")]
    [InlineData("AfterPush", "Stopped at the gate AfterPush. Done before it: Push.")]
    public async Task The_last_line_says_what_was_done_before_it(string target, string expected)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>(target);
        answer.Code.ShouldBe(3);
        answer.LastLine.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Checked Free", 2, "")]
    [InlineData("Checked Free --skip Checked", 0, "free")]
    [InlineData("Fine Free --sequential", 0, "looked free fine")]
    public async Task A_preflight_refuses_the_run_before_any_target(
        string commandLine,
        int code,
        string ran
    )
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>(commandLine);
        answer.Code.ShouldBe(code);
        answer.Ran.ShouldBe(ran);
        if (code != 0)
        {
            answer.Output.ShouldBe(
                "looking\nPort 8000 is taken.\n  by process 4711\n\nNothing changed.\n"
            );
        }
    }

    private sealed class Given(string name, Func<Measurement> measure) : IGate
    {
        public string Name => name;

        public Task<Measurement> MeasureAsync(CancellationToken cancel) =>
            Task.FromResult(measure());
    }

    private sealed class Silent : IGate
    {
        public string Name => "licences";

        public Task<Measurement> MeasureAsync(CancellationToken cancel) => null!;
    }

    public class NoAnswers : TestBuild
    {
        Target NoMeasurement => _ => Gated(_, () => null!);
        Target NoTask => _ => _.Gate(new Silent()).Executes(() => Ran("never"));
        Target NoValue => _ => Gated(_, () => new Measurement(Verdict.Pass, null!));
        Target Speechless => _ => Gated(_, () => throw new TimeoutException(""));

        private static ITargetDefinition Gated(ITargetDefinition _, Func<Measurement> measure) =>
            _.Gate(new Given("licences", measure)).Executes(() => Ran("never"));
    }

    public class Build : TestBuild
    {
        private static Given TooLow =>
            new(
                "coverage",
                () =>
                    new Measurement(Verdict.Fail, "97.1 % of 6 240 lines", ">= 98 %")
                    {
                        Details = ["src/Upload.cs   61 %   lines 40-88, 91"],
                    }
            );
        private static Given High =>
            new("coverage", () => new Measurement(Verdict.Pass, "99 %", ">= 98 %"));
        private static Given Waiver =>
            new("scan", () => new Measurement(Verdict.Waived, "CVE-2026-1234"));
        private static Given Broken =>
            new("uptime", () => throw new TimeoutException("no answer in 10 s"));

        Target Coverage => _ => _.Gate(TooLow).Executes(() => Ran("never"));
        Target Deploy => _ => _.DependsOn(Coverage).Executes(() => Ran("never"));
        Target Good => _ => _.Gate(High).Executes(() => Ran("good"));
        Target Waived => _ => _.After(Good).Gate(Waiver).Executes(() => Ran("waived"));
        Target Own =>
            _ =>
                _.After(Waived)
                    .Gate(High)
                    .Executes(() =>
                    {
                        Ran("own");
                        Progress.Figure("its own figure");
                    });
        Target Measured => _ => _.After(Own).Gate(High);
        Target Blind => _ => _.Gate(Broken, TooLow).Executes(() => Ran("never"));
        Target Files => _ => _.Outputs("out.txt").Executes(() => Ran("files"));
        Target AfterFiles => _ => _.DependsOn(Files).Executes(Refuse);
        Target Work => _ => _.Executes(() => Ran("work"));
        Target AfterWork => _ => _.DependsOn(Work).Executes(Refuse);
        Target AfterGate => _ => _.DependsOn(Measured).Executes(Refuse);
        Target Push => _ => _.Effect().Executes(() => Ran("push"));
        Target AfterPush => _ => _.DependsOn(Push, Files).Executes(Refuse);
        Target BadPush => _ => _.Effect().ProceedAfterFailure().Executes(() => Throw("cut off"));
        Target AfterBadPush => _ => _.DependsOn(BadPush).Executes(Refuse);
        Target Free => _ => _.Executes(() => Ran("free"));
        Target Fine =>
            _ =>
                _.After(Free)
                    .Preflight(_ =>
                    {
                        Ran("looked");
                        return Task.CompletedTask;
                    })
                    .Executes(() => Ran("fine"));
        Target Checked =>
            _ =>
                _.After(Free)
                    .Preflight(_ =>
                    {
                        TargetContext.Progress.Say("looking");
                        throw new OutcomeException(Outcome.Wrong, "Port 8000 is taken.")
                        {
                            Details = ["by process 4711"],
                            Closing = "Nothing changed.",
                        };
                    })
                    .Executes(() => Ran("never"));

        private static void Refuse() => throw new OutcomeException(Outcome.Refused, "no");
    }
}
