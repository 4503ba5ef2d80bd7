using TheaIA.Delivery.Aws.Registries;
using TheaIA.Delivery.Aws.Tests.Given;

namespace TheaIA.Delivery.Aws.Tests;

public sealed class Command_lines_are_built_and_not_run
{
    private const string Limits = "--cli-connect-timeout 10 --cli-read-timeout 30";

    private static readonly EcrRegistry Registry = EcrRegistry.Of(StandInAws.Host, new EcrSetup());

    [Fact]
    public void Each_names_account_region_and_limits_of_its_own()
    {
        var commands = new EcrCommands(new EcrSetup());

        commands
            .Password(Registry)
            .ToString()
            .ShouldBe($"aws ecr get-login-password --region eu-west-1 {Limits}");
        commands
            .Describe(Registry, "thea/api")
            .ToString()
            .ShouldBe(
                $"aws ecr describe-repositories --registry-id 123456789012 --repository-names thea/api --output json --region eu-west-1 {Limits}"
            );
        commands
            .Create(Registry, "thea/api", new TagRule(new EcrSetup()).Options)
            .ToString()
            .ShouldBe(
                "aws ecr create-repository --registry-id 123456789012 --repository-name thea/api --image-scanning-configuration scanOnPush=true --image-tag-mutability IMMUTABLE_WITH_EXCLUSION --image-tag-mutability-exclusion-filters filterType=WILDCARD,filter=sha256-* filterType=WILDCARD,filter=development filterType=WILDCARD,filter=rehearsal filterType=WILDCARD,filter=staging filterType=WILDCARD,filter=production --output json --region eu-west-1 "
                    + Limits
            );
        commands
            .Findings(Registry, "thea/api", StandInAws.Digest, "more")
            .ToString()
            .ShouldBe(
                $"aws ecr describe-image-scan-findings --registry-id 123456789012 --repository-name thea/api --image-id imageDigest={StandInAws.Digest} --no-paginate --max-results 1000 --next-token more --output json --region eu-west-1 {Limits}"
            );
    }

    [Fact]
    public void A_host_that_names_neither_leaves_both_to_the_CLI()
    {
        var setup = new EcrSetup { EndpointUrl = "http://127.0.0.1:5566", AlsoServes = _ => true };

        new EcrCommands(setup)
            .Describe(EcrRegistry.Of("127.0.0.1:5000", setup), "api")
            .ToString()
            .ShouldBe(
                $"aws ecr describe-repositories --repository-names api --output json --endpoint-url http://127.0.0.1:5566 {Limits}"
            );
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com", null, "true")]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com", null, null)]
    // AWS has no such endpoint of another's: both together are an error of the CLI
    [InlineData("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com", "http://127.0.0.1:1", null)]
    public void A_FIPS_host_is_asked_through_FIPS_endpoints(
        string host,
        string? endpoint,
        string? fips
    )
    {
        var setup = new EcrSetup { EndpointUrl = endpoint };

        var command = new EcrCommands(setup).Password(EcrRegistry.Of(host, setup));

        command.Environment.GetValueOrDefault("AWS_USE_FIPS_ENDPOINT").ShouldBe(fips);
        command.Environment["AWS_PAGER"].ShouldBe("");
    }

    [Fact]
    public void What_prints_a_password_says_so() =>
        new EcrCommands(new())
            .Password(EcrRegistry.Of(StandInAws.Host, new()))
            .PrintsSecret.ShouldBeTrue();
}
