using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests;

public sealed class Test_results_are_read_from_TRX : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public void Passed_failed_skipped_and_how_long_it_took()
    {
        var results = Trx.Read(Sandbox.Sample("sums.trx"));

        (results.Passed, results.Failed.Count, results.Skipped, results.Total).ShouldBe(
            (4, 2, 1, 7)
        );
        results.Figure.ShouldBe("2 failed, 4 passed, 1 skipped");
        results.Duration.ShouldBe(TimeSpan.FromTicks(28_708_280));
        results.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Failed_tests_tell_their_message_and_where_in_our_code()
    {
        var results = Trx.Read(Sandbox.Sample("sums.trx"));

        results.Details.ShouldBe([
            "T.Sums.It_throws",
            "  System.InvalidOperationException : no database",
            "  second line",
            "    at T.Sums.It_throws() in /home/dev/sums/T/T.cs:line 8",
            "T.Sums.Two_and_two_are_five",
            "  Assert.Equal() Failure: Values differ",
            "  Expected: 5",
            "  Actual:   4",
            "    at T.Sums.Help() in /home/dev/sums/T/T.cs:line 7",
            "    at T.Sums.Two_and_two_are_five() in /home/dev/sums/T/T.cs:line 6",
        ]);
    }

    [Fact]
    public void Of_a_long_message_the_start_and_the_end_are_shown()
    {
        string[] message = [.. Enumerable.Range(1, 100).Select(i => $"line {i}")];

        new FailedTest("T", string.Join('\n', message[..40]), []).Lines.ShouldBe([
            "T",
            .. message[..40].Select(l => "  " + l),
        ]);
        new FailedTest("T", string.Join('\n', message), []).Lines.ShouldBe([
            "T",
            .. message[..12].Select(l => "  " + l),
            "  [61 lines left out]",
            .. message[73..].Select(l => "  " + l),
        ]);
    }

    [Fact]
    public void Several_files_add_up()
    {
        var results = Trx.Read(
            Sandbox.Sample("sums.trx"),
            Sandbox.Sample("nothing-matched.trx"),
            Sandbox.Sample("sums.trx")
        );

        (results.Passed, results.Failed.Count, results.Skipped).ShouldBe((8, 4, 2));
        results.Duration.ShouldBe(TimeSpan.FromTicks(686_191_543));
    }

    [Fact]
    public void A_crashed_host_is_a_problem_of_the_run()
    {
        var results = Trx.Read(Sandbox.Sample("crash.trx"));

        results.Total.ShouldBe(0);
        results.Problems.ShouldBe([
            "[xUnit.net 00:01:01.74]     [FATAL ERROR] Xunit.Sdk.TestPipelineException",
        ]);
        results.Details.ShouldBe(results.Problems);
    }

    [Fact]
    public void A_failure_without_a_word_tells_its_outcome()
    {
        var file = sandbox.Write(
            "a.trx",
            """
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results>
                <UnitTestResult testName="A.B" outcome="Timeout" />
                <UnitTestResult testName="A.C" outcome="Failed"><Output><ErrorInfo>
                  <StackTrace>   at System.One()
               at System.Two()
               at System.Three()
               at System.Four()</StackTrace></ErrorInfo></Output></UnitTestResult>
              </Results>
            </TestRun>
            """
        );

        var results = Trx.Read(file);

        results.Duration.ShouldBe(TimeSpan.Zero);
        results.Details.ShouldBe([
            "A.B",
            "  Timeout",
            "A.C",
            "  Failed",
            "    at System.One()",
            "    at System.Two()",
            "    at System.Three()",
        ]);
    }

    [Fact]
    public void No_file_is_no_test()
    {
        Trx.Read().ShouldBe(TestResults.None);
        TestResults.None.Figure.ShouldBe("0 passed, 0 skipped");
    }

    [Theory]
    [InlineData("<TestRun")]
    [InlineData("<coverage />")]
    [InlineData(null)]
    public void What_is_not_TRX_is_named(string? text)
    {
        var file = text is null ? sandbox["none.trx"] : sandbox.Write("a.trx", text);

        var error = Should.Throw<OutcomeException>(() => Trx.Read(file));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{file} holds no test results (missing, cut off or not TRX): run ./build.sh Test again."
        );
    }

    public void Dispose() => sandbox.Dispose();
}
