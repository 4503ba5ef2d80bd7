using TheaIA.Delivery.Aws.Tests.Given;

namespace TheaIA.Delivery.Aws.Tests;

public sealed class A_repository_that_was_there_is_judged : IDisposable
{
    private const string Mend =
        "To mend it with an aws of July 2025 or later: aws ecr put-image-tag-mutability --registry-id 123456789012 --region eu-west-1 --repository-name thea/api --image-tag-mutability IMMUTABLE_WITH_EXCLUSION --image-tag-mutability-exclusion-filters 'filterType=WILDCARD,filter=sha256-*' filterType=WILDCARD,filter=development filterType=WILDCARD,filter=rehearsal filterType=WILDCARD,filter=staging filterType=WILDCARD,filter=production";

    private readonly StandInAws aws = new();

    private static string Where => $"{StandInAws.Host}/thea/api";

    [Fact]
    public async Task One_that_is_as_we_make_it_needs_no_word() =>
        (
            await NoteAsync(
                "IMMUTABLE_WITH_EXCLUSION",
                "sha256-*",
                "development",
                "rehearsal",
                "staging",
                "production"
            )
        ).ShouldBeNull();

    [Fact]
    public async Task Nor_one_whose_filters_cover_more() =>
        (
            await NoteAsync("IMMUTABLE_WITH_EXCLUSION", "sha*", "*e*", "*ing", "production")
        ).ShouldBeNull();

    [Fact]
    public async Task Nor_one_that_holds_the_tags_of_releases() =>
        (await NoteAsync("MUTABLE_WITH_EXCLUSION", "git-*")).ShouldBeNull();

    [Theory]
    [InlineData("IMMUTABLE_WITH_EXCLUSION")]
    [InlineData("MUTABLE_WITH_EXCLUSION")]
    public async Task An_old_CLI_tells_no_filters_and_nothing_is_guessed(string mutability)
    {
        aws.Answers(
            "describe-repositories",
            new { repositories = (object[])[Repository(mutability, null)] }
        );

        (await EnsureAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task One_whose_tags_move_is_noted_with_what_mends_it() =>
        (await NoteAsync("MUTABLE")).ShouldBe(
            $"{Where} lets anybody who pushes move its tags, git-SHA too. {Mend}"
        );

    [Fact]
    public async Task So_is_one_that_holds_others_only() =>
        (await NoteAsync("MUTABLE_WITH_EXCLUSION", "v*")).ShouldBe(
            $"{Where} lets anybody who pushes move its tags git-SHA. {Mend}"
        );

    [Fact]
    public async Task So_is_one_whose_tags_never_move() =>
        (await NoteAsync("IMMUTABLE")).ShouldBe(
            $"{Where} lets no tag move: a second attestation by cosign 2 and the environments' tags will be refused. {Mend}"
        );

    [Fact]
    public async Task So_is_one_that_leaves_too_little_out() =>
        (await NoteAsync("IMMUTABLE_WITH_EXCLUSION", "sha256-*", "staging")).ShouldBe(
            $"{Where} does not let development, rehearsal and production move, which attestations or deployments do. {Mend}"
        );

    [Fact]
    public async Task Nothing_is_made_and_nothing_changed()
    {
        await NoteAsync("MUTABLE");

        aws.Calls("create-repository").ShouldBeEmpty();
        aws.Calls("put-image-tag-mutability").ShouldBeEmpty();
        aws.Calls("describe-repositories").Count.ShouldBe(1);
    }

    public void Dispose() => aws.Dispose();

    private Task<string?> NoteAsync(string mutability, params string[] filters)
    {
        aws.Answers(
            "describe-repositories",
            new { repositories = (object[])[Repository(mutability, filters)] }
        );
        return EnsureAsync();
    }

    private Task<string?> EnsureAsync() =>
        aws.Ecr.EnsureRepositoryAsync(StandInAws.Host, "thea/api", StandInAws.Cancel);

    private static Dictionary<string, object> Repository(string mutability, string[]? filters)
    {
        var repository = new Dictionary<string, object>
        {
            ["repositoryArn"] = "arn:aws:ecr:eu-west-1:123456789012:repository/thea/api",
            ["registryId"] = "123456789012",
            ["repositoryName"] = "thea/api",
            ["repositoryUri"] = Where,
            ["createdAt"] = 1795902260.378,
            ["imageTagMutability"] = mutability,
            ["imageScanningConfiguration"] = new { scanOnPush = true },
        };
        if (filters is not null)
        {
            repository["imageTagMutabilityExclusionFilters"] = filters
                .Select(filter => new { filterType = "WILDCARD", filter })
                .ToArray();
        }

        return repository;
    }
}
