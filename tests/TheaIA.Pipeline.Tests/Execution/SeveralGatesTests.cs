using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>Several gates on one target: all are measured, and all that stop it are named.</summary>
public sealed class SeveralGatesTests
{
    [Fact]
    public async Task All_that_pass_are_told_and_any_number_of_waivers_makes_it_a_note()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Both Mixed --sequential");
        answer.Code.ShouldBe(0);
        answer.Output.ShouldBe(
            """
            ok    Both           0.0 s   size: 3 MB; speed: 9 ms [<= 10 ms]
            note  Mixed            -     size: 3 MB; scan: waived: CVE-2026-1234; scan: waived: CVE-2026-1234

            Done in 0.0 s.

            """
        );
    }

    [Fact]
    public async Task What_passed_is_no_figure_of_a_target_that_another_gate_stopped()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Stopped");
        answer.Code.ShouldBe(3);
        answer.Ran.ShouldBe("");
        answer.Output.ShouldBe(
            """
            NO    Stopped        0.0 s   licence: 2 forbidden [none]
                    GPL in left-pad
                    scan: unknown: nobody looked

            Stopped at the gates licence and scan. Nothing was built or deployed.

            """
        );
    }

    [Fact]
    public async Task A_gate_of_the_targets_own_name_is_called_as_the_target()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("ReadyForRelease");
        answer.Output.ShouldBe(
            """
            NO    ReadyForRelease    0.0 s   unknown: nobody looked

            Stopped at the gate ReadyForRelease. Nothing was built or deployed.

            """
        );
    }

    [Fact]
    public async Task Each_further_gate_that_stops_is_called_by_its_name_also_the_targets_own()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Scan");
        answer.Output.ShouldBe(
            """
            NO    Scan           0.0 s   licence: 2 forbidden [none]
                    GPL in left-pad
                    Scan: unknown: nobody looked
                    size: unknown: nobody looked
                    size: unknown: nobody looked

            Stopped at the gates licence, Scan and size. Nothing was built or deployed.

            """
        );
    }

    [Fact]
    public async Task A_gate_that_is_cut_off_measured_nothing_and_is_no_refusal()
    {
        using var checkout = new Checkout();
        Build.Interruption.Value = checkout.Interruption;
        var answer = await checkout.RunAsync<Build>("CutOff");
        answer.Code.ShouldBe(130);
        answer.Output.ShouldContain("Stopped by Ctrl-C after 0.0 s. Cut off: CutOff.");
    }

    private sealed class Given(string name, Func<CancellationToken, Measurement> measure) : IGate
    {
        public Given(string name, Measurement measured)
            : this(name, _ => measured) { }

        public string Name => name;

        public Task<Measurement> MeasureAsync(CancellationToken cancel) =>
            Task.FromResult(measure(cancel));
    }

    public class Build : TestBuild
    {
        internal static AsyncLocal<Interruption?> Interruption { get; } = new();

        private static Given Size => new("size", new Measurement(Verdict.Pass, "3 MB"));
        private static Given Speed =>
            new("speed", new Measurement(Verdict.Pass, "9 ms", "<= 10 ms"));
        private static Given Waiver =>
            new("scan", new Measurement(Verdict.Waived, "CVE-2026-1234"));
        private static Given Licence =>
            new(
                "licence",
                new Measurement(Verdict.Fail, "2 forbidden", "none")
                {
                    Details = ["GPL in left-pad"],
                }
            );

        private static Given Unknown(string name) =>
            new(name, new Measurement(Verdict.Unknown, "nobody looked"));

        Target Both => _ => _.Gate(Size, Speed).Executes(() => { });
        Target Mixed => _ => _.After(Both).Gate(Size, Waiver, Waiver).Executes(() => { });
        Target Stopped => _ => _.Gate(Size, Licence, Unknown("scan")).Executes(() => Ran("never"));
        Target Scan => _ => _.Gate(Licence, Unknown("scan"), Unknown("size"), Unknown("size"));
        Target ReadyForRelease =>
            _ => _.Gate(Unknown("ready-for-release")).Executes(() => Ran("never"));
        Target CutOff =>
            _ =>
                _.Gate(
                        new Given(
                            "slow",
                            cancel =>
                            {
                                Interruption.Value!.Request(Outcome.Interrupted);
                                cancel.ThrowIfCancellationRequested();
                                return new Measurement(Verdict.Pass, "never");
                            }
                        )
                    )
                    .Executes(() => Ran("never"));
    }
}
