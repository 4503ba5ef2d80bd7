using TheaIA.Abstractions;
using TheaIA.Delivery.Aws.Registries;
using TheaIA.Delivery.Aws.Tests.Given;

namespace TheaIA.Delivery.Aws.Tests;

public sealed class Hosts_of_ECR_are_known_by_their_names : IDisposable
{
    private readonly StandInAws aws = new();

    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1", false)]
    [InlineData("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1", true)]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1", false)]
    [InlineData("123456789012.DKR.ECR.EU-WEST-1.AMAZONAWS.COM", "eu-west-1", false)]
    public void A_private_registry_names_account_and_region(string host, string region, bool fips)
    {
        aws.Ecr.Serves(host).ShouldBeTrue();

        EcrRegistry
            .Find(host, new EcrSetup())
            .ShouldBe(new EcrRegistry(host, "123456789012", region, fips));
    }

    [Theory]
    [InlineData("public.ecr.aws")]
    [InlineData("12345678901.dkr.ecr.eu-west-1.amazonaws.com")]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com.example.org")]
    [InlineData("x.123456789012.dkr.ecr.eu-west-1.amazonaws.com")]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com\n")]
    [InlineData("123456789012.dkr.ecr..amazonaws.com")]
    [InlineData("123456789012.dkr.ecr.a/b-c.amazonaws.com")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("ghcr.io")]
    [InlineData("")]
    public void Another_registry_is_none_of_ours(string host) =>
        aws.Ecr.Serves(host).ShouldBeFalse();

    [Fact]
    public void A_build_can_name_more_of_them()
    {
        var setup = new EcrSetup { AlsoServes = h => h == "127.0.0.1:5000", Region = "eu-west-1" };

        aws.Through(setup).Serves("127.0.0.1:5000").ShouldBeTrue();
        aws.Through(setup).Serves("127.0.0.1:5001").ShouldBeFalse();
        EcrRegistry
            .Find("127.0.0.1:5000", setup)
            .ShouldBe(new EcrRegistry("127.0.0.1:5000", null, "eu-west-1", IsFips: false));
    }

    [Fact]
    public async Task Asked_for_another_host_it_says_which_it_takes()
    {
        Func<Task>[] asked =
        [
            () => aws.Ecr.LoginAsync("ghcr.io", StandInAws.Cancel),
            () => aws.Ecr.EnsureRepositoryAsync("ghcr.io", "a", StandInAws.Cancel),
            () => aws.Ecr.FindingsAsync(new("ghcr.io/a", StandInAws.Digest), StandInAws.Cancel),
            () => aws.Ecr.FindingsAsync(new("ghcr.io", StandInAws.Digest), StandInAws.Cancel),
        ];
        foreach (var ask in asked)
        {
            var error = await Should.ThrowAsync<OutcomeException>(ask);
            error.Outcome.ShouldBe(Outcome.Wrong);
            error.Message.ShouldBe(
                "ghcr.io is not a private registry of ECR: name ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY after --registry."
            );
        }
    }

    public void Dispose() => aws.Dispose();
}
