using System.Text.Json;

namespace TheaIA.Abstractions.Tests;

public sealed class OutcomeTests
{
    [Fact]
    public void Outcomes_are_the_exit_codes_of_the_README() =>
        Enum.GetValues<Outcome>()
            .ToDictionary(o => o.ToString(), o => (int)o)
            .ShouldBe(
                new Dictionary<string, int>
                {
                    ["Done"] = 0,
                    ["Failed"] = 1,
                    ["Wrong"] = 2,
                    ["Refused"] = 3,
                    ["RolledBack"] = 4,
                    ["RollbackFailed"] = 5,
                    ["Interrupted"] = 130,
                    ["Terminated"] = 143,
                },
                ignoreOrder: true
            );

    [Fact]
    public void A_verdict_that_nobody_gave_is_unknown() =>
        default(Verdict).ShouldBe(Verdict.Unknown);

    [Fact]
    public void An_outcome_carries_its_sentence_its_cause_and_no_details_by_default()
    {
        var cause = new InvalidOperationException("why");
        var thrown = new OutcomeException(Outcome.Wrong, "There is no key.", cause);
        thrown.Outcome.ShouldBe(Outcome.Wrong);
        thrown.Message.ShouldBe("There is no key.");
        thrown.InnerException.ShouldBeSameAs(cause);
        thrown.Details.ShouldBeEmpty();
        thrown.Closing.ShouldBeNull();
    }

    [Fact]
    public void A_measurement_has_no_limit_source_or_details_by_default()
    {
        var measured = new Measurement(Verdict.Pass, "98.7 %");
        measured.Limit.ShouldBeEmpty();
        measured.Source.ShouldBeEmpty();
        measured.Details.ShouldBeEmpty();
    }
}

public sealed class SecretTests
{
    [Fact]
    public void A_secret_shows_only_stars_however_it_is_written()
    {
        var secret = new Secret("s3cret");
        secret.ToString().ShouldBe("***");
        $"{secret}".ShouldBe("***");
        JsonSerializer.Serialize(secret).ShouldNotContain("s3cret");
        secret.Reveal().ShouldBe("s3cret");
    }
}
