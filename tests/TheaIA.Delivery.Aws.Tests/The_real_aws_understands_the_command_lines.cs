using TheaIA.Abstractions;
using TheaIA.Delivery.Aws.Tests.Given;

namespace TheaIA.Delivery.Aws.Tests;

/// <summary>Whatever version is here: an old one, 2, or the newest 1.</summary>
[Trait("Real", "awscli")]
public sealed class The_real_aws_understands_the_command_lines : IAsyncLifetime
{
    private ProgramRunner runner = null!;

    public ValueTask InitializeAsync()
    {
        runner = RealAws.Runner();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_page_of_an_enhanced_scan_is_read()
    {
        await using var endpoint = new EcrEndpoint(
            (
                200,
                Scan.Enhanced("two", Scan.Enhancement("CVE-1", "HIGH", "ACTIVE", ("a", "1", "2")))
            ),
            (200, Scan.Enhanced(null, Scan.Enhancement("CVE-2", "LOW", "ACTIVE", ("b", "3", null))))
        );

        var report = await Ecr(endpoint).FindingsAsync(StandInAws.What, StandInAws.Cancel);

        report.Unknown.ShouldBeNull();
        report.Findings.ShouldBe([
            new("CVE-1", Severity.High, "a 1-2"),
            new("CVE-2", Severity.Low, "b 3"),
        ]);
        endpoint
            .Asked.Select(a => a.Operation)
            .ShouldBe(["DescribeImageScanFindings", "DescribeImageScanFindings"]);
        endpoint.Asked[0].Body.ShouldContain("1000");
        endpoint.Asked[0].Body.ShouldContain("123456789012");
        endpoint.Asked[1].Body.ShouldContain("\"two\"");
    }

    [Theory]
    [InlineData("ExpiredTokenException", "The AWS credentials for ")]
    [InlineData("UnrecognizedClientException", "AWS does not take the credentials used for ")]
    [InlineData(
        "AccessDeniedException",
        "AWS does not allow these credentials ecr:GetAuthorizationToken on "
    )]
    public async Task A_refusal_is_told(string code, string sentence)
    {
        await using var endpoint = new EcrEndpoint(EcrEndpoint.Refusal(code, "It is so."));

        var error = await LoginErrorAsync(endpoint.Url);

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldStartWith(sentence + StandInAws.Host);
    }

    [Fact]
    public async Task No_credentials_are_told()
    {
        runner.Environment.Clear();

        var error = await LoginErrorAsync("http://127.0.0.1:9/");

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldStartWith($"aws has no credentials for {StandInAws.Host}");
    }

    [Fact]
    public async Task An_unknown_profile_is_told()
    {
        runner.Environment["AWS_PROFILE"] = "ops";

        var error = await LoginErrorAsync("http://127.0.0.1:9/");

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldStartWith("aws knows no profile ops");
    }

    [Fact]
    public async Task No_region_is_told()
    {
        var setup = new EcrSetup { AlsoServes = _ => true };

        var error = await Should.ThrowAsync<OutcomeException>(
            Aws.Ecr.Through(runner, setup).LoginAsync("127.0.0.1:5000", StandInAws.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldStartWith("aws has no region for 127.0.0.1:5000");
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_is_told()
    {
        using var refusing = TestPorts.Refusing(out var port);
        runner.Environment["AWS_MAX_ATTEMPTS"] = "1";

        var error = await LoginErrorAsync($"http://127.0.0.1:{port}/");

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"The AWS API for {StandInAws.Host} cannot be reached at http://127.0.0.1:{port}/ (no connection): check network, proxy and region, then run the command again."
        );
    }

    private IRegistryHost Ecr(EcrEndpoint endpoint) =>
        RealAws.Ecr(runner, endpoint.Url, new SkippingTime());

    private Task<OutcomeException> LoginErrorAsync(string url) =>
        Should.ThrowAsync<OutcomeException>(
            RealAws
                .Ecr(runner, url, new SkippingTime())
                .LoginAsync(StandInAws.Host, StandInAws.Cancel)
        );
}
