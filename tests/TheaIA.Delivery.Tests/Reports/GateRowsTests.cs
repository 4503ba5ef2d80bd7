using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Reports;

public sealed class GateRowsTests
{
    private static readonly Policy Strict = new(["tests"], Forgiving: false);
    private static readonly Policy Forgiving = new(["tests"], Forgiving: true);

    [Fact]
    public void When_checks_are_shown_their_columns_stand_below_each_other()
    {
        string.Join(
                '\n',
                GateRows.Of([
                    One("tests", Verdict.Pass, "612 of 612", "attested for sha256:4be1f0aa9c02"),
                    One("coverage", Verdict.Fail, "97.1 % [>= 98 %]", "this run"),
                    One("scan", Verdict.Waived, "CVE-2026-1234", "ops-1"),
                    One("lint", Verdict.Unknown, "", "nobody made this check"),
                    One(
                        "sbom",
                        Verdict.Unknown,
                        "",
                        "no signed attestation for sha256:4be1f0aa9c02: nobody made this check"
                    ),
                ])
            )
            .ShouldBe(
                """
                pass     tests     612 of 612        attested for sha256:4be1f0aa9c02
                fail     coverage  97.1 % [>= 98 %]  this run
                waived   scan      CVE-2026-1234     ops-1
                unknown  lint                        nobody made this check
                unknown  sbom      no signed attestation for sha256:4be1f0aa9c02: nobody made this check
                """
            );
    }

    [Fact]
    public void When_there_are_none_there_are_no_rows() => GateRows.Of([]).ShouldBeEmpty();

    [Fact]
    public void When_all_pass_the_summary_counts_them() =>
        GateRows
            .Summary([One("tests", Verdict.Pass), One("scan", Verdict.Waived)], Strict)
            .ShouldBe("2 of 2 gates passed.");

    [Fact]
    public void When_one_is_unknown_a_strict_place_would_stop() =>
        GateRows
            .Summary([One("tests", Verdict.Pass), One("scan", Verdict.Unknown)], Strict)
            .ShouldBe("1 of 2 gates passed. Deploy would stop here: an unknown is not a pass.");

    [Fact]
    public void When_one_fails_any_place_would_stop() =>
        GateRows
            .Summary([One("tests", Verdict.Fail)], Forgiving)
            .ShouldBe("0 of 1 gates passed. Deploy would stop here: a gate says no.");

    [Fact]
    public void When_one_is_unknown_a_forgiving_place_would_go_on() =>
        GateRows
            .Summary([One("tests", Verdict.Unknown)], Forgiving)
            .ShouldBe("0 of 1 gates passed. Deploy would go on: an unknown is noted here.");

    private static Check One(string gate, Verdict verdict, string value = "", string source = "") =>
        new(gate, "sha256:4be1f0aa9c02", verdict, source) { Value = value };
}
