using TheaIA.Delivery.Aws.Tests.Given;

namespace TheaIA.Delivery.Aws.Tests;

public sealed class Findings_are_read_from_every_page : IDisposable
{
    private readonly StandInAws aws = new();

    [Fact]
    public async Task Of_a_basic_scan_with_package_and_version_the_worst_first()
    {
        aws.Answers(
            Scan.Call,
            Scan.Basic(
                null,
                Scan.Finding("CVE-2026-2", "LOW", "zlib", "1.3"),
                Scan.Finding("CVE-2026-1", "CRITICAL", "openssl", "3.0.11-1~deb12u2"),
                new { name = "CVE-2026-3", severity = "MEDIUM" }
            )
        );

        var report = await ReadAsync();

        report.Source.ShouldBe("ECR scan of sha256:4be1f0aa9c02");
        report.Unknown.ShouldBeNull();
        report.Findings.ShouldBe([
            new("CVE-2026-1", Severity.Critical, "openssl 3.0.11-1~deb12u2"),
            new("CVE-2026-3", Severity.Medium, "the image"),
            new("CVE-2026-2", Severity.Low, "zlib 1.3"),
        ]);
    }

    [Fact]
    public async Task Of_an_enhanced_scan_with_all_packages_but_not_what_it_closed()
    {
        aws.Answers(
            Scan.Call,
            Scan.Enhanced(
                null,
                Scan.Enhancement("CVE-2026-7", "HIGH", "CLOSED", ("curl", "8", null)),
                // accepted in the console is not accepted here
                Scan.Enhancement("CVE-2026-8", "HIGH", "SUPPRESSED", ("curl", "8", null)),
                Scan.Enhancement(
                    "CVE-2026-9",
                    "MEDIUM",
                    "ACTIVE",
                    ("libssl3", "3.0.11", "1~deb12u2"),
                    ("openssl", "3.0.11", "1~deb12u2"),
                    ("openssl", "3.0.11", "1~deb12u2")
                ),
                new { title = "A title alone", severity = "UNTRIAGED" }
            )
        );

        (await ReadAsync()).Findings.ShouldBe([
            new("A title alone", Severity.Unknown, "the image"),
            new("CVE-2026-8", Severity.High, "curl 8"),
            new(
                "CVE-2026-9",
                Severity.Medium,
                "libssl3 3.0.11-1~deb12u2, openssl 3.0.11-1~deb12u2"
            ),
        ]);
    }

    [Fact]
    public async Task Page_after_page_until_there_is_no_next_one()
    {
        aws.Answers(Scan.Call, Scan.Basic("two", Scan.Finding("CVE-1", "LOW", "a", "1")))
            .Answers(Scan.Call, Scan.Basic("three", Scan.Finding("CVE-2", "LOW", "a", "1")))
            .Answers(
                Scan.Call,
                Scan.Basic(
                    null,
                    Scan.Finding("CVE-3", "LOW", "a", "1"),
                    // the same again is one
                    Scan.Finding("CVE-1", "LOW", "a", "1")
                )
            );

        (await ReadAsync()).Findings.Select(f => f.Id).ShouldBe(["CVE-1", "CVE-2", "CVE-3"]);

        aws.Calls(Scan.Call)
            .Select(c => c.SkipWhile(a => a != "--next-token").Skip(1).FirstOrDefault())
            .ShouldBe([null, "two", "three"]);
    }

    [Fact]
    public async Task A_page_that_fails_makes_all_of_it_unknown()
    {
        aws.Answers(Scan.Call, Scan.Basic("two", Scan.Finding("CVE-1", "LOW", "a", "1")))
            .Refuses(Scan.Call, "ServerException", "Try again.");

        await UnknownAsync(
            $"aws ecr describe-image-scan-findings for {StandInAws.Host}/thea/api was refused (ServerException: Try again.)."
        );
    }

    [Theory]
    [InlineData("CRITICAL", Severity.Critical)]
    [InlineData("HIGH", Severity.High)]
    [InlineData("MEDIUM", Severity.Medium)]
    [InlineData("LOW", Severity.Low)]
    [InlineData("INFORMATIONAL", Severity.Low)]
    [InlineData("UNDEFINED", Severity.Unknown)]
    [InlineData("UNTRIAGED", Severity.Unknown)]
    [InlineData("Something new", Severity.Unknown)]
    public async Task Severities_are_those_of_its_source(string word, Severity severity)
    {
        aws.Answers(Scan.Call, Scan.Basic(null, Scan.Finding("CVE-1", word, "a", "1")));

        (await ReadAsync()).Findings.ShouldBe([new("CVE-1", severity, "a 1")]);
    }

    [Fact]
    public async Task None_found_is_an_answer()
    {
        aws.Answers(Scan.Call, Scan.Basic());

        var report = await ReadAsync();

        report.Unknown.ShouldBeNull();
        report.Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Done_without_a_list_is_none()
    {
        aws.Answers(Scan.Call, Scan.With("COMPLETE"));

        await UnknownAsync(
            "ECR's scan of sha256:4be1f0aa9c02 cannot be read: its answer has no list of findings."
        );
    }

    [Fact]
    public async Task Nor_is_one_that_counts_more_than_it_lists()
    {
        aws.Answers(
            Scan.Call,
            new
            {
                imageScanStatus = new { status = "COMPLETE" },
                imageScanFindings = new
                {
                    findings = (object[])[Scan.Finding("CVE-1", "LOW", "a", "1")],
                    findingSeverityCounts = new { HIGH = 2, LOW = 1 },
                },
            }
        );

        await UnknownAsync(
            "ECR's scan of sha256:4be1f0aa9c02 cannot be read: it counts 3 findings and lists 1."
        );
    }

    [Fact]
    public async Task What_is_not_its_JSON_is_unknown()
    {
        aws.Answers(Scan.Call, "not JSON");

        await UnknownAsync(
            "aws ecr describe-image-scan-findings answered what is not its JSON: run it by hand to see what stands in between."
        );
    }

    [Theory]
    [InlineData("ImageNotFoundException")]
    [InlineData("RepositoryNotFoundException")]
    public async Task An_image_that_is_not_there_is_unknown(string code)
    {
        aws.Refuses(Scan.Call, code);

        await UnknownAsync(
            $"There is no sha256:4be1f0aa9c02 in {StandInAws.Host}/thea/api: ./build.sh Push brings it there."
        );
    }

    [Fact]
    public async Task A_source_that_cannot_be_asked_is_unknown_by_the_same_sentence()
    {
        aws.Fails(
            Scan.Call,
            "Could not connect to the endpoint URL: \"https://api.ecr.eu-west-1.amazonaws.com/\""
        );

        await UnknownAsync(
            $"The AWS API for {StandInAws.Host}/thea/api cannot be reached at https://api.ecr.eu-west-1.amazonaws.com/ (no connection): check network, proxy and region, then run the command again."
        );
    }

    public void Dispose() => aws.Dispose();

    private Task<FindingsReport> ReadAsync() =>
        aws.Ecr.FindingsAsync(StandInAws.What, StandInAws.Cancel);

    private async Task UnknownAsync(string sentence)
    {
        var report = await ReadAsync();
        report.Unknown.ShouldBe(sentence);
        report.Findings.ShouldBeEmpty();
    }
}
