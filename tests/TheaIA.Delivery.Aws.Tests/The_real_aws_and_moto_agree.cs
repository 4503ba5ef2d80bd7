using System.Text.Json;
using TheaIA.Delivery.Aws.Tests.Given;

namespace TheaIA.Delivery.Aws.Tests;

/// <summary>The whole way with nothing of ours in between, but for AWS itself.</summary>
[Trait("Real", "awscli")]
[Trait("Real", "moto")]
public sealed class The_real_aws_and_moto_agree(Moto moto) : IClassFixture<Moto>, IAsyncLifetime
{
    private const string Manifest = """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},"layers":[]}
        """;

    private readonly string repository = $"thea/{Guid.NewGuid():N}";
    private ProgramRunner runner = null!;
    private string url = null!;

    public async ValueTask InitializeAsync() =>
        (runner, url) = (RealAws.Runner(), await moto.UrlAsync());

    [Fact]
    public async Task A_login_is_had_and_is_in_no_log()
    {
        var login = await Ecr.LoginAsync(StandInAws.Host, StandInAws.Cancel);

        login.User.ShouldBe("AWS");
        var password = login.Password.Reveal();
        password.ShouldNotBeEmpty();
        runner.Log.ShouldAllBe(l => !l.Contains(password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repository_is_made_once_by_the_rule_that_this_aws_knows()
    {
        var made = await EnsureAsync();

        var (mutability, scanned) = await RepositoryAsync();
        scanned.ShouldBeTrue();
        made.ShouldNotBeNull();
        mutability.ShouldBe(
            made.Contains("tags that can move", StringComparison.Ordinal)
                ? "MUTABLE"
                : "IMMUTABLE_WITH_EXCLUSION"
        );
        var again = await EnsureAsync();
        if (mutability == "MUTABLE")
        {
            again.ShouldNotBeNull().ShouldContain("lets anybody who pushes move its tags");
        }
        else
        {
            again.ShouldBeNull();
        }
    }

    [Fact]
    public async Task Two_at_once_make_one()
    {
        var told = await Task.WhenAll(EnsureAsync(), EnsureAsync());

        told.Count(t => t?.Contains("was made", StringComparison.Ordinal) == true).ShouldBe(1);
        (await RepositoryAsync()).Scanned.ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_was_there_is_noted()
    {
        await AskAsync("CreateRepository", new { imageTagMutability = "IMMUTABLE" });

        (await EnsureAsync()).ShouldNotBeNull().ShouldContain("lets no tag move");
    }

    [Fact]
    public async Task Findings_are_read_of_an_image_that_was_scanned()
    {
        var digest = await PushedAsync();
        var what = new Claim($"{StandInAws.Host}/{repository}", digest);

        (await Ecr.FindingsAsync(what, StandInAws.Cancel))
            .Unknown.ShouldNotBeNull()
            .ShouldStartWith($"ECR has not scanned {what.Short}");

        await AskAsync("StartImageScan", new { imageId = new { imageDigest = digest } });
        var report = await Ecr.FindingsAsync(what, StandInAws.Cancel);
        report.Unknown.ShouldBeNull();
        report.Source.ShouldBe($"ECR scan of {what.Short}");
        report.Findings.ShouldBe([new("CVE-9999-9999", Severity.High, "moto_fake 9.9.9")]);
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_unknown()
    {
        await AskAsync("CreateRepository");

        var what = StandInAws.What with { Repository = $"{StandInAws.Host}/{repository}" };
        (await Ecr.FindingsAsync(what, StandInAws.Cancel)).Unknown.ShouldBe(
            $"There is no sha256:4be1f0aa9c02 in {StandInAws.Host}/{repository}: ./build.sh Push brings it there."
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IRegistryHost Ecr => RealAws.Ecr(runner, url, new SkippingTime());

    private Task<string?> EnsureAsync() =>
        Ecr.EnsureRepositoryAsync(StandInAws.Host, repository, StandInAws.Cancel);

    private async Task<(string Mutability, bool Scanned)> RepositoryAsync()
    {
        using var document = JsonDocument.Parse(
            await AskAsync("DescribeRepositories", new { repositoryNames = new[] { repository } })
        );
        var found = document.RootElement.GetProperty("repositories")[0];
        return (
            found.GetProperty("imageTagMutability").GetString()!,
            found.GetProperty("imageScanningConfiguration").GetProperty("scanOnPush").GetBoolean()
        );
    }

    private async Task<string> PushedAsync()
    {
        await AskAsync("CreateRepository");
        using var document = JsonDocument.Parse(
            await AskAsync("PutImage", new { imageTag = "git-1", imageManifest = Manifest })
        );
        return document
            .RootElement.GetProperty("image")
            .GetProperty("imageId")
            .GetProperty("imageDigest")
            .GetString()!;
    }

    private Task<string> AskAsync(string operation, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more)?.AsObject() ?? [];
        body["repositoryName"] = repository;
        return moto.AskAsync(operation, body.ToJsonString());
    }
}
