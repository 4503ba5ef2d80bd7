using TheaIA.Delivery.Aws.Tests.Given;

namespace TheaIA.Delivery.Aws.Tests;

public sealed class A_scan_that_runs_is_waited_for : IDisposable
{
    private readonly StandInAws aws = new();

    [Fact]
    public async Task Until_it_is_done()
    {
        aws.Answers(Scan.Call, Scan.With("PENDING"))
            .Answers(Scan.Call, Scan.With("IN_PROGRESS"))
            .Answers(Scan.Call, Scan.Basic(null, Scan.Finding("CVE-1", "LOW", "a", "1")));

        (await ReadAsync()).Findings.Count.ShouldBe(1);

        aws.Time.Waits.ShouldBe([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)]);
    }

    [Fact]
    public async Task For_three_minutes_at_most_less_and_less_often()
    {
        aws.Answers(Scan.Call, Scan.With("IN_PROGRESS"));

        (await ReadAsync()).Unknown.ShouldBe(
            "ECR still scans sha256:4be1f0aa9c02 after 3 min (IN_PROGRESS): ./build.sh Scan asks again."
        );

        var waits = aws.Time.Waits.ToArray();
        waits.ShouldBe(waits.Order());
        waits[^1].ShouldBe(TimeSpan.FromSeconds(15));
        var all = waits.Aggregate((a, b) => a + b);
        all.ShouldBeGreaterThan(TimeSpan.FromSeconds(160));
        all.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task One_that_was_just_ordered_may_not_be_there_yet()
    {
        aws.Refuses(Scan.Call, "ScanNotFoundException")
            .Answers(Scan.Call, Scan.With("IN_PROGRESS"))
            .Answers(Scan.Call, Scan.Basic());

        (await ReadAsync()).Unknown.ShouldBeNull();
    }

    [Fact]
    public async Task One_that_nobody_ordered_is_unknown_with_what_makes_it()
    {
        aws.Refuses(Scan.Call, "ScanNotFoundException");

        (await ReadAsync()).Unknown.ShouldBe(
            $"ECR has not scanned sha256:4be1f0aa9c02 of {StandInAws.Host}/thea/api: aws ecr start-image-scan --region eu-west-1 --repository-name thea/api --image-id imageDigest={StandInAws.Digest} makes it."
        );

        aws.Time.Waits.Aggregate((a, b) => a + b)
            .ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("FAILED", null, "FAILED")]
    [InlineData(
        "UNSUPPORTED_IMAGE",
        "The operating system is not known.",
        "UNSUPPORTED_IMAGE: The operating system is not known"
    )]
    [InlineData("SCAN_ELIGIBILITY_EXPIRED", "", "SCAN_ELIGIBILITY_EXPIRED")]
    [InlineData("FINDINGS_UNAVAILABLE", null, "FINDINGS_UNAVAILABLE")]
    [InlineData("LIMIT_EXCEEDED", null, "LIMIT_EXCEEDED")]
    [InlineData("IMAGE_ARCHIVED", null, "IMAGE_ARCHIVED")]
    [InlineData("SOMETHING_NEW", null, "SOMETHING_NEW")]
    public async Task One_that_ended_otherwise_is_unknown_at_once(
        string status,
        string? description,
        string told
    )
    {
        aws.Answers(Scan.Call, Scan.With(status, description));

        (await ReadAsync()).Unknown.ShouldBe(
            $"ECR's scan of sha256:4be1f0aa9c02 ended without findings ({told}): docs/registries.md says what each status means."
        );
        aws.Time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_without_a_status_is_unknown_too()
    {
        aws.Answers(Scan.Call, new { });

        (await ReadAsync()).Unknown.ShouldNotBeNull().ShouldContain("(no status)");
    }

    [Fact]
    public async Task The_wait_can_be_cancelled()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(StandInAws.Cancel);
        aws.Answers(Scan.Call, Scan.With("IN_PROGRESS"));
        aws.Time.Waiting = cancel.Cancel;

        await Should.ThrowAsync<OperationCanceledException>(
            aws.Ecr.FindingsAsync(StandInAws.What, cancel.Token)
        );

        aws.Calls(Scan.Call).Count.ShouldBeLessThanOrEqualTo(2);
    }

    public void Dispose() => aws.Dispose();

    private Task<FindingsReport> ReadAsync() =>
        aws.Ecr.FindingsAsync(StandInAws.What, StandInAws.Cancel);
}
