using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests;

public sealed class The_coverage_gate_wants_evidence : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task Enough_lines_are_run()
    {
        var measured = await Gate(98, ("src/A/A.cs", [1, 2], [])).MeasureAsync(Sandbox.Cancel);

        measured.ShouldBeEquivalentTo(
            new Measurement(Verdict.Pass, "100.0 % of 2 lines", ">= 98 %", "1 Cobertura file")
        );
        Gate(98).Name.ShouldBe("coverage");
    }

    [Fact]
    public async Task Too_few_are()
    {
        var gate = Gate(98, ("src/A/A.cs", [1], [2, 3]));

        var measured = await gate.MeasureAsync(Sandbox.Cancel);

        measured.Verdict.ShouldBe(Verdict.Fail);
        measured.Value.ShouldBe("33.3 % of 3 lines");
        measured.Details.ShouldBe([
            "src/A/A.cs   33 %   lines 2-3",
            "report: artifacts/coverage/index.html",
        ]);
    }

    [Fact]
    public async Task Without_a_page_to_open_none_is_told()
    {
        var file = sandbox.Write("1.xml", Reports.Of(sandbox.Root, ("src/A/A.cs", [], [1])));

        var measured = await new CoverageGate(98, sandbox.Root, () => [file]).MeasureAsync(
            Sandbox.Cancel
        );

        measured.Details.ShouldBe(["src/A/A.cs    0 %   line 1"]);
    }

    [Fact]
    public async Task There_is_no_report()
    {
        var gate = new CoverageGate(98, sandbox.Root, () => []);

        var measured = await gate.MeasureAsync(Sandbox.Cancel);

        measured.ShouldBeEquivalentTo(
            new Measurement(Verdict.Unknown, "no coverage report: run ./build.sh Test", ">= 98 %")
        );
    }

    [Fact]
    public async Task There_are_no_lines()
    {
        var measured = await Gate(0, ("tests/A.cs", [1], [])).MeasureAsync(Sandbox.Cancel);

        (measured.Verdict, measured.Value).ShouldBe(
            (Verdict.Unknown, "no line below src/ was measured")
        );
    }

    [Fact]
    public async Task A_room_is_in_no_report()
    {
        var gate = new CoverageGate(
            98,
            sandbox.Root,
            () => [sandbox.Write("1.xml", Reports.Of(sandbox.Root, ("src/A/A.cs", [1], [])))]
        )
        {
            Rooms = ["src/A", "src/B", "src/C/"],
        };

        var measured = await gate.MeasureAsync(Sandbox.Cancel);

        (measured.Verdict, measured.Value).ShouldBe(
            (
                Verdict.Unknown,
                "no report has a line of src/B, src/C/: a test project must reference it"
            )
        );
    }

    public void Dispose() => sandbox.Dispose();

    private CoverageGate Gate(
        decimal goal,
        params (string File, int[] Run, int[] NotRun)[] files
    ) =>
        new(goal, sandbox.Root, () => [sandbox.Write("1.xml", Reports.Of(sandbox.Root, files))])
        {
            Html = "artifacts/coverage/index.html",
        };
}
