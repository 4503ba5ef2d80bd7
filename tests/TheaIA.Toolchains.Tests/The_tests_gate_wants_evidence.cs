using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests;

public sealed class The_tests_gate_wants_evidence : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task All_passed()
    {
        var measured = await MeasureAsync([Good()]);

        measured.ShouldBeEquivalentTo(
            new Measurement(Verdict.Pass, "2 of 3", Source: "1 TRX file")
        );
        new TestsGate(() => []).Name.ShouldBe("tests");
    }

    [Fact]
    public async Task One_failed()
    {
        var measured = await MeasureAsync([Good(), Sandbox.Sample("sums.trx")]);

        measured.Verdict.ShouldBe(Verdict.Fail);
        measured.Value.ShouldBe("6 of 10");
        measured.Source.ShouldBe("2 TRX files");
        measured.Details.ShouldContain("T.Sums.It_throws");
    }

    [Fact]
    public async Task A_host_crashed()
    {
        var measured = await MeasureAsync([Good(), Sandbox.Sample("crash.trx")]);

        measured.Verdict.ShouldBe(Verdict.Fail);
        measured.Details.ShouldBe([
            "[xUnit.net 00:01:01.74]     [FATAL ERROR] Xunit.Sdk.TestPipelineException",
        ]);
    }

    [Fact]
    public async Task Nobody_ran_any()
    {
        var measured = await MeasureAsync([]);

        (measured.Verdict, measured.Value).ShouldBe(
            (Verdict.Unknown, "no test results: run ./build.sh Test")
        );
    }

    [Fact]
    public async Task None_ran()
    {
        var measured = await MeasureAsync([Sandbox.Sample("nothing-matched.trx")]);

        (measured.Verdict, measured.Value).ShouldBe((Verdict.Unknown, "no test ran"));
    }

    [Fact]
    public async Task Some_were_filtered_away()
    {
        var measured = await MeasureAsync([Good()], "Name~Sum");

        (measured.Verdict, measured.Value).ShouldBe(
            (
                Verdict.Unknown,
                "2 of 3, but only those that match 'Name~Sum': filtered tests prove nothing"
            )
        );
    }

    public void Dispose() => sandbox.Dispose();

    private string Good() =>
        sandbox.Write(
            "good.trx",
            """
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
              <UnitTestResult testName="A" outcome="Passed" />
              <UnitTestResult testName="B" outcome="Passed" />
              <UnitTestResult testName="C" outcome="NotExecuted" />
            </Results></TestRun>
            """
        );

    private static Task<Measurement> MeasureAsync(string[] files, string? filter = null) =>
        new TestsGate(() => files, filter).MeasureAsync(Sandbox.Cancel);
}
