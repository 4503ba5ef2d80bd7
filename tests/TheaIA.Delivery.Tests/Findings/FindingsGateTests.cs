using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Findings;

public sealed class FindingsGateTests
{
    private const string Here = ".nuke/accepted-findings.json";
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Finding High = new("CVE-2026-1", Severity.High, "A 1.0.0");
    private static readonly Finding Medium = new("CVE-2026-2", Severity.Medium, "B 1.0.0");
    private static readonly AcceptedFinding Accepted = new(
        "CVE-2026-1",
        null,
        "not reachable",
        new DateOnly(2026, 12, 1),
        "ada"
    );

    [Fact]
    public void When_nobody_looked_it_is_unknown()
    {
        var measured = FindingsGate.Judge([], AcceptedFindings.None, Today);

        measured.ShouldBe(new Measurement(Verdict.Unknown, "nobody looked", "0 high"));
    }

    [Fact]
    public void When_all_looked_and_found_nothing_it_passes()
    {
        var measured = FindingsGate.Judge(
            [new("gitleaks over 12 commits", []), new("gitleaks over 3 files", [])],
            AcceptedFindings.None,
            Today
        );

        measured.Verdict.ShouldBe(Verdict.Pass);
        measured.Value.ShouldBe("0 high");
        measured.Limit.ShouldBe("0 high");
        measured.Source.ShouldBe("gitleaks over 12 commits, gitleaks over 3 files");
        measured.Details.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Severity.Critical, Verdict.Fail, "1 critical, 0 high")]
    [InlineData(Severity.High, Verdict.Fail, "1 high")]
    [InlineData(Severity.Unknown, Verdict.Fail, "0 high, 1 of unknown severity")]
    [InlineData(Severity.Medium, Verdict.Pass, "0 high, 1 medium")]
    [InlineData(Severity.Low, Verdict.Pass, "0 high, 1 low")]
    public void The_severity_decides(Severity severity, Verdict verdict, string value)
    {
        var measured = Judge(new Finding("CVE-2026-1", severity, "A 1.0.0"));

        (measured.Verdict, measured.Value).ShouldBe((verdict, value));
    }

    [Fact]
    public void Each_culprit_has_a_line_the_worst_first()
    {
        var measured = Judge(
            Medium,
            High,
            new Finding("aws-key", Severity.Unknown, "leak.txt:2"),
            new Finding("CVE-2026-9", Severity.Critical, "C 1.0.0")
        );

        measured.Value.ShouldBe("1 critical, 1 high, 1 of unknown severity, 1 medium");
        measured.Details.ShouldBe([
            "critical: CVE-2026-9 in C 1.0.0",
            "high: CVE-2026-1 in A 1.0.0",
            "of unknown severity: aws-key in leak.txt:2",
        ]);
    }

    [Fact]
    public void When_two_sources_tell_the_same_it_counts_once_as_the_worse()
    {
        var measured = FindingsGate.Judge(
            [
                new("NuGet", [High with { Severity = Severity.Medium }]),
                new(
                    "ECR",
                    [High with { Id = "cve-2026-1" }, High with { Severity = Severity.Low }]
                ),
            ],
            AcceptedFindings.None,
            Today
        );

        measured.Value.ShouldBe("1 high");
    }

    [Fact]
    public void When_a_person_answers_for_it_it_is_waived()
    {
        var measured = Judge([Accepted], High, Medium);

        measured.Verdict.ShouldBe(Verdict.Waived);
        measured.Value.ShouldBe("0 high, 1 medium; 1 accepted until 2026-12-01");
        measured.Details.ShouldBe([
            "accepted until 2026-12-01 by ada: high: CVE-2026-1 in A 1.0.0 (not reachable)",
        ]);
    }

    [Fact]
    public void On_its_last_day_it_still_holds_and_the_day_after_it_fails_and_says_since_when()
    {
        Judge([Accepted with { Expires = Today }], High).Verdict.ShouldBe(Verdict.Waived);

        var measured = Judge([Accepted with { Expires = Today.AddDays(-1) }], High);

        measured.Verdict.ShouldBe(Verdict.Fail);
        measured.Value.ShouldBe("1 high");
        measured.Details.ShouldBe([
            "high: CVE-2026-1 in A 1.0.0: its acceptance expired on 2026-11-23",
        ]);
    }

    [Fact]
    public void An_acceptance_of_one_subject_is_none_of_another()
    {
        var entry = Accepted with { Subject = "a 1.0.0" };

        Judge([entry], High).Verdict.ShouldBe(Verdict.Waived);
        var measured = Judge([entry], High with { Subject = "A 1.0.1" });

        measured.Verdict.ShouldBe(Verdict.Fail);
        measured.Details.ShouldBe([
            "high: CVE-2026-1 in A 1.0.1",
            $"note: CVE-2026-1 in a 1.0.0 was not found: take it out of {Here}",
        ]);
    }

    [Fact]
    public void Of_two_acceptances_the_longer_one_holds() =>
        Judge([Accepted with { Expires = Today.AddDays(-1) }, Accepted], High)
            .Verdict.ShouldBe(Verdict.Waived);

    [Fact]
    public void An_acceptance_that_nobody_needs_is_noted()
    {
        var measured = Judge([Accepted]);

        measured.Verdict.ShouldBe(Verdict.Pass);
        measured.Details.ShouldBe([$"note: CVE-2026-1 was not found: take it out of {Here}"]);
    }

    [Fact]
    public void One_source_that_could_not_look_makes_it_unknown()
    {
        var measured = FindingsGate.Judge(
            [new("gitleaks", []), new("NuGet audit", []) { Unknown = "no source answered" }],
            AcceptedFindings.None,
            Today
        );

        measured.Verdict.ShouldBe(Verdict.Unknown);
        measured.Value.ShouldBe("not known");
        measured.Details.ShouldBe(["unknown: NuGet audit: no source answered"]);
    }

    [Fact]
    public void An_unknown_hides_no_failure_and_no_acceptance()
    {
        FindingsReport blind = new("NuGet audit", []) { Unknown = "no source answered" };

        FindingsGate
            .Judge([blind, new("gitleaks", [High])], AcceptedFindings.None, Today)
            .Verdict.ShouldBe(Verdict.Fail);
        var accepted = FindingsGate.Judge(
            [blind, new("gitleaks", [High])],
            new AcceptedFindings([Accepted]),
            Today
        );
        accepted.Verdict.ShouldBe(Verdict.Unknown);
        accepted.Value.ShouldBe("not known; 1 accepted until 2026-12-01");
        FindingsGate
            .Judge([blind with { Findings = [High] }], AcceptedFindings.None, Today)
            .Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void Hundreds_of_culprits_are_counted()
    {
        var measured = Judge([
            .. Enumerable.Range(0, 250).Select(i => High with { Subject = $"P{i:000}" }),
        ]);

        measured.Value.ShouldBe("250 high");
        measured.Details.Count.ShouldBe(101);
        measured.Details[^1].ShouldBe("and 150 more");
    }

    [Fact]
    public void The_first_acceptance_that_ends_ends_the_waiver()
    {
        FindingsReport report = new("NuGet", [High, High with { Id = "CVE-2026-3" }, Medium]);
        var accepted = new AcceptedFindings([
            Accepted,
            Accepted with
            {
                Id = "CVE-2026-3",
                Expires = new DateOnly(2026, 11, 30),
            },
            Accepted with
            {
                Id = "CVE-2026-2",
                Expires = new DateOnly(2026, 11, 25),
            },
        ]);

        FindingsGate.AcceptedUntil([report], accepted, Today).ShouldBe(new DateOnly(2026, 11, 30));
        FindingsGate.AcceptedUntil([report], AcceptedFindings.None, Today).ShouldBeNull();
        FindingsGate
            .Judge([report], accepted, Today)
            .Value.ShouldBe("0 high; 3 accepted until 2026-11-25");
    }

    [Theory]
    [InlineData("Critical", Severity.Critical)]
    [InlineData("HIGH", Severity.High)]
    [InlineData("moderate", Severity.Medium)]
    [InlineData(" Medium ", Severity.Medium)]
    [InlineData("low", Severity.Low)]
    [InlineData("negligible", Severity.Low)]
    [InlineData("INFORMATIONAL", Severity.Low)]
    [InlineData("UNDEFINED", Severity.Unknown)]
    [InlineData("", Severity.Unknown)]
    [InlineData(null, Severity.Unknown)]
    public void A_source_has_words_of_its_own(string? word, Severity severity) =>
        Severities.Of(word).ShouldBe(severity);

    private static Measurement Judge(params Finding[] findings) => Judge([], findings);

    private static Measurement Judge(
        IReadOnlyList<AcceptedFinding> accepted,
        params Finding[] findings
    ) => FindingsGate.Judge([new("scan", findings)], new AcceptedFindings(accepted), Today);
}
