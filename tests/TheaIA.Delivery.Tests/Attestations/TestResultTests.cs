using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Attestations;

/// <summary>Tests are a pass when at least one passed and none failed.</summary>
public sealed class TestResultTests
{
    [Theory]
    [InlineData(1, 0, 0, Verdict.Pass, "1 passed, 0 failed")]
    [InlineData(612, 0, 2, Verdict.Pass, "612 passed, 0 failed, 2 skipped")]
    [InlineData(0, 0, 0, Verdict.Unknown, "0 passed, 0 failed")]
    [InlineData(0, 0, 612, Verdict.Unknown, "0 passed, 0 failed, 612 skipped")]
    [InlineData(611, 1, 0, Verdict.Fail, "611 passed, 1 failed")]
    public void The_counts_decide(
        int passed,
        int failed,
        int skipped,
        Verdict verdict,
        string value
    )
    {
        var check = Given.Read(
            Predicates.Tests(
                Given.Release,
                new TestOutcome(
                    passed,
                    [.. Enumerable.Range(0, failed).Select(i => $"T{i}")],
                    skipped,
                    Given.At
                )
            )
        );

        (check.Verdict, check.Value).ShouldBe((verdict, value));
        check.Source.ShouldBe(
            Given.Attested + (verdict == Verdict.Unknown ? ", but no test passed" : "")
        );
    }

    [Theory]
    [InlineData("PASSED", """ "passedTests": ["A", "B"] """, Verdict.Pass)]
    [InlineData("WARNED", """ "warnedTests": ["A"] """, Verdict.Pass)]
    [InlineData("PASSED", """ "passedTests": [] """, Verdict.Unknown)]
    [InlineData("PASSED", """ "url": "https://ci" """, Verdict.Unknown)]
    [InlineData("PASSED", """ "passedTests": ["A"], "failedTests": ["B"] """, Verdict.Fail)]
    [InlineData("FAILED", """ "passedTests": ["A"], "failedTests": [] """, Verdict.Fail)]
    public void Where_others_attested_it_the_names_are_counted(
        string result,
        string tests,
        Verdict verdict
    ) =>
        Given
            .Read(
                PredicateTypes.TestResult,
                $$"""
                {
                  "result": "{{result}}",
                  "configuration": [
                    { "name": "other", "digest": { "sha256": "ab" } },
                    { "name": "ci.yml", "digest": { "gitCommit": "{{Given.Commit}}" } }
                  ],
                  {{tests}}
                }
                """
            )
            .Verdict.ShouldBe(verdict);
}
