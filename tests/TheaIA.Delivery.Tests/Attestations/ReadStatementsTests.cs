using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Attestations;

/// <summary>What a place makes of what was said about a release.</summary>
public sealed class ReadStatementsTests
{
    public static TheoryData<int> Each => [.. Enumerable.Range(0, Given.All.Count)];

    [Fact]
    public void What_was_written_is_read()
    {
        var checks = Given.All.Select(a => Given.Read(a)).ToList();

        checks
            .Select(c => $"{c.Gate}: {c.Verdict}: {c.Value}")
            .ShouldBe([
                "tests: Pass: 612 passed, 0 failed",
                "coverage: Pass: 98.7 % of 6 240 lines [>= 98 %]",
                "lint: Pass: 412 files, 0 findings",
                "scan: Pass: 0 high [0 high]",
                "vulnerabilities: Waived: 0 high; 1 accepted until 2126-12-01 [0 high]",
                "sbom: Pass: 2 packages",
                "provenance: Pass: made in 42 s by https://github.com/theaia/thea/.github/workflows/thea_ci.yml@refs/heads/main",
            ]);
        checks.ShouldAllBe(c =>
            c.Source == Given.Attested && c.Digest == Given.Release.What.Digest
        );
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void When_it_speaks_of_another_commit_nobody_knows(int which)
    {
        var check = Given.Read(Given.All[which], Given.Release with { Commit = Given.Other });

        check.Verdict.ShouldBe(Verdict.Unknown);
        check.Source.ShouldBe(
            $"{Given.Attested}, but speaks of another commit: 3f2c1a9, not 9999999"
        );
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void When_the_image_tells_no_commit_nobody_knows(int which)
    {
        var nameless = Given.Release with { Commit = "" };
        var written = Given.All[which];
        var check = Given.Read(
            written with
            {
                Predicate = written.Predicate.Replace(Given.Commit, "", StringComparison.Ordinal),
            },
            nameless
        );

        check.Verdict.ShouldBe(Verdict.Unknown);
        check.Source.ShouldBe(
            $"{Given.Attested}, but the image does not say which commit it was made from"
        );
    }

    [Theory]
    [InlineData(
        PredicateTypes.TestResult,
        """{ "result": "PASSED", "configuration": [], "passedTests": ["A"] }"""
    )]
    [InlineData(PredicateTypes.Coverage, """{ "verdict": "pass" }""")]
    [InlineData(
        PredicateTypes.CycloneDx,
        """{ "bomFormat": "CycloneDX", "components": [ { "name": "A" } ] }"""
    )]
    [InlineData(
        PredicateTypes.Provenance,
        """
            {
              "buildDefinition": { "buildType": "https://x", "externalParameters": {} },
              "runDetails": { "builder": { "id": "https://x" } }
            }
            """
    )]
    public void When_it_speaks_of_no_commit_nobody_knows(string type, string json)
    {
        var check = Given.Read(type, json);

        check.Verdict.ShouldBe(Verdict.Unknown);
        check.Source.ShouldBe($"{Given.Attested}, but speaks of no commit");
    }

    [Fact]
    public void What_stands_where_a_commit_should_is_not_shown() =>
        Given
            .Read(PredicateTypes.Lint, """{ "verdict": "pass", "commit": "\u001b[31mred" }""")
            .Source.ShouldBe(
                $"{Given.Attested}, but speaks of another commit: something that is no commit, not 3f2c1a9"
            );

    [Theory]
    [InlineData(PredicateTypes.Index)]
    [InlineData("https://example.com/other")]
    [InlineData("")]
    public void A_type_of_no_gate_is_no_check(string type)
    {
        using var json = JsonDocument.Parse("{}");

        Predicates.Read(Given.Release, type, json.RootElement).ShouldBeNull();
    }

    [Theory]
    [InlineData(Verdict.Pass)]
    [InlineData(Verdict.Fail)]
    [InlineData(Verdict.Unknown)]
    public void A_measurement_keeps_its_verdict(Verdict verdict) =>
        Given
            .Read(
                Predicates.Measured(
                    "coverage",
                    Given.Release,
                    Given.Coverage with
                    {
                        Verdict = verdict,
                    },
                    Given.At
                )
            )
            .Verdict.ShouldBe(verdict);

    [Theory]
    [InlineData("2026-12-01", Verdict.Waived, "")]
    [InlineData("2026-12-02", Verdict.Fail, ", but what it accepts expired on 2026-12-01")]
    public void What_it_accepts_expires(string today, Verdict verdict, string remark)
    {
        var waived = Predicates.Measured(
            "scan",
            Given.Release,
            new Measurement(Verdict.Waived, "0 high; 1 accepted until 2026-12-01"),
            Given.At,
            new DateOnly(2026, 12, 1)
        );
        using var json = JsonDocument.Parse(waived.Predicate);
        var check = Predicates
            .Read(
                Given.Release,
                waived.PredicateType,
                json.RootElement,
                new FakeTimeProvider(DateTimeOffset.Parse(today + "T23:59:00Z"))
            )
            .ShouldNotBeNull();

        check.Verdict.ShouldBe(verdict);
        check.Source.ShouldBe(Given.Attested + remark);
    }

    [Fact]
    public void A_waiver_without_an_expiry_is_unknown()
    {
        var check = Given.Read(
            PredicateTypes.Scan,
            $$"""{ "verdict": "waived", "commit": "{{Given.Commit}}" }"""
        );

        check.Verdict.ShouldBe(Verdict.Unknown);
        check.Source.ShouldBe(
            $"{Given.Attested}, but cannot be read: \"acceptedUntil\" is missing"
        );
    }

    [Fact]
    public void A_value_that_would_write_over_the_screen_is_one_short_line()
    {
        var long_ = "a\u001b[2J\n" + new string('b', 400);
        var check = Given.Read(
            Predicates.Measured(
                "lint",
                Given.Release,
                new Measurement(Verdict.Pass, long_),
                Given.At
            )
        );

        check.Value.ShouldStartWith("a [2J bbb");
        check.Value.Length.ShouldBe(203);
    }

    [Fact]
    public void When_it_was_made_is_read_where_it_is_told()
    {
        foreach (var statement in Given.All)
        {
            using var json = JsonDocument.Parse(statement.Predicate);
            Predicates
                .MadeOn(statement.PredicateType, json.RootElement)
                .ShouldBe(statement.Gate == "provenance" ? Given.At.AddSeconds(41.5) : Given.At);
        }
        using var empty = JsonDocument.Parse("""{ "measuredOn": "soon" }""");
        Predicates.MadeOn(PredicateTypes.Lint, empty.RootElement).ShouldBeNull();
        Predicates.MadeOn(PredicateTypes.TestResult, empty.RootElement).ShouldBeNull();
        Predicates.MadeOn(PredicateTypes.CycloneDx, empty.RootElement).ShouldBeNull();
        Predicates.MadeOn(PredicateTypes.Provenance, empty.RootElement).ShouldBeNull();
    }
}
