using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Attestations;

/// <summary>What is written about a release.</summary>
public sealed class WrittenStatementsTests
{
    [Fact]
    public void Each_statement_reads_as_it_did() =>
        string.Join("\n\n", Given.All.Select(a => $"{a.Gate}  {a.PredicateType}\n{a.Predicate}"))
            .MatchSnapshot();

    [Fact]
    public void Each_statement_has_a_gate_and_a_type_of_its_own()
    {
        Given
            .All.Select(a => a.Gate)
            .ShouldBe([
                "tests",
                "coverage",
                "lint",
                "scan",
                "vulnerabilities",
                "sbom",
                "provenance",
            ]);
        Given.All.Select(a => a.PredicateType).ShouldBeUnique();
    }

    [Fact]
    public void No_statement_holds_what_a_person_logs_in_with_nor_a_key()
    {
        foreach (var statement in Given.All)
        {
            statement.Predicate.ShouldNotContain("ghs_notToBeSeen");
            statement.Predicate.ShouldNotContain("x-access-token");
            statement.Predicate.ShouldNotContain("awskms");
        }
    }

    [Fact]
    public void Each_statement_is_the_same_in_another_culture()
    {
        var here = Given.All.Select(a => a.Predicate).ToList();
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new("ar-SA");
            Given.All.Select(a => a.Predicate).ShouldBe(here);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Thousands_of_names_are_cut()
    {
        var names = Enumerable.Range(0, 6_000).Select(i => $"Test{i}").ToList();
        var statement = Predicates.Tests(
            Given.Release,
            new TestOutcome(6_000, names, 0, Given.At) { PassedNames = names }
        );
        using var json = JsonDocument.Parse(statement.Predicate);

        foreach (var list in (string[])["passedTests", "failedTests"])
        {
            var told = json.RootElement.GetProperty(list).EnumerateArray().ToList();
            told.Count.ShouldBe(TestOutcome.MostNames + 1);
            told[^1].GetString().ShouldBe("and 5500 more");
        }
        Given.Read(statement).Value.ShouldBe("6000 passed, 6000 failed");
    }

    [Fact]
    public void Hundreds_of_details_are_cut()
    {
        var measurement = Given.Coverage with
        {
            Details = [.. Enumerable.Range(0, 300).Select(i => $"file {i}")],
        };
        using var json = JsonDocument.Parse(
            Predicates.Measured("coverage", Given.Release, measurement, Given.At).Predicate
        );

        var details = json.RootElement.GetProperty("details").EnumerateArray().ToList();
        details.Count.ShouldBe(201);
        details[^1].GetString().ShouldBe("and 100 more");
    }

    [Theory]
    [InlineData(0, 0, 0, "WARNED")]
    [InlineData(5, 0, 0, "PASSED")]
    [InlineData(5, 0, 1, "WARNED")]
    [InlineData(5, 1, 0, "FAILED")]
    [InlineData(0, 1, 0, "FAILED")]
    public void The_result_says_what_the_counts_say(
        int passed,
        int failed,
        int skipped,
        string result
    )
    {
        using var json = JsonDocument.Parse(
            Predicates
                .Tests(
                    Given.Release,
                    new TestOutcome(
                        passed,
                        [.. Enumerable.Range(0, failed).Select(i => $"T{i}")],
                        skipped,
                        Given.At
                    )
                )
                .Predicate
        );

        json.RootElement.GetProperty("result").GetString().ShouldBe(result);
    }

    [Fact]
    public void The_page_of_the_run_is_told_where_there_is_one() =>
        Predicates
            .Tests(Given.Release, Given.Passed with { Url = "https://ci/1" })
            .Predicate.ShouldContain("\"url\": \"https://ci/1\"");

    [Fact]
    public void There_is_no_measurement_of_another_gate() =>
        Should
            .Throw<ArgumentException>(() =>
                Predicates.Measured("signature", Given.Release, Given.Coverage, Given.At)
            )
            .Message.ShouldStartWith("No measurement is attested for 'signature'.");

    [Fact]
    public void A_waiver_without_an_expiry_is_not_written() =>
        Should
            .Throw<ArgumentException>(() =>
                Predicates.Measured(
                    "scan",
                    Given.Release,
                    new Measurement(Verdict.Waived, "1 accepted"),
                    Given.At
                )
            )
            .Message.ShouldStartWith("A waiver has an expiry.");

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "bomFormat": "SPDX" }""")]
    [InlineData("""{ "bomFormat": 7 }""")]
    [InlineData("""{ "bomFormat": "CycloneDX", "bomFormat": "CycloneDX" }""")]
    public void What_is_no_bill_of_materials_is_not_attested(string json)
    {
        var error = Should.Throw<OutcomeException>(() => Predicates.Sbom(Given.Release, json));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            "What should be the bill of materials is no CycloneDX JSON: run ./build.sh Release again."
        );
    }

    [Fact]
    public void An_older_commit_in_a_bill_gives_way()
    {
        var first = Predicates.Sbom(Given.Release with { Commit = Given.Other }, Given.Bill);
        var second = Predicates.Sbom(Given.Release, first.Predicate);

        second.Predicate.ShouldNotContain(Given.Other);
        Given.Read(second).Verdict.ShouldBe(Verdict.Pass);
    }
}
