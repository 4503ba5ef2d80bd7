using TheaIA.Abstractions;
using TheaIA.Delivery.Aws.Tests.Given;

namespace TheaIA.Delivery.Aws.Tests;

public sealed class A_repository_is_made_when_it_is_missing : IDisposable
{
    private const string Describe = "describe-repositories";
    private const string Create = "create-repository";

    private readonly StandInAws aws = new();

    private static string Where => $"{StandInAws.Host}/thea/api";

    [Fact]
    public async Task Immutable_but_for_proofs_and_environments()
    {
        aws.Refuses(Describe, "RepositoryNotFoundException").Answers(Create, new { });

        (await EnsureAsync()).ShouldBe(
            $"{Where} was made: its tags never move but for sha256-*, development, rehearsal, staging and production, and its images are scanned on push."
        );

        aws.Calls(Create).Count.ShouldBe(1);
        aws.Calls(Create)[0].ShouldContain("IMMUTABLE_WITH_EXCLUSION");
    }

    [Fact]
    public async Task An_empty_list_is_a_missing_one_too()
    {
        aws.Answers(Describe, new { repositories = Array.Empty<object>() })
            .Answers(Create, new { });

        (await EnsureAsync()).ShouldNotBeNull().ShouldContain("was made");
    }

    public static TheoryData<string> Unknowing =>
        [
            "usage: aws [options] <command>\n\nUnknown options: --image-tag-mutability-exclusion-filters, filterType=WILDCARD,filter=sha256-*",
            "An error occurred (InvalidParameterException) when calling the CreateRepository operation: Invalid parameter at 'imageTagMutability' failed to satisfy constraint: 'Member must satisfy enum value set: [IMMUTABLE, MUTABLE]'",
        ];

    [Theory]
    [MemberData(nameof(Unknowing))]
    public async Task Where_exclusion_is_not_known_its_tags_can_move_and_that_is_said(string error)
    {
        aws.Refuses(Describe, "RepositoryNotFoundException")
            .Fails(Create, error)
            .Answers(Create, new { });

        (await EnsureAsync()).ShouldBe(
            $"{Where} was made with tags that can move, since this aws or its region cannot leave sha256-*, development, rehearsal, staging and production out of immutability, and tags that never move refuse a second attestation and every deployment. With an aws of July 2025 or later: aws ecr put-image-tag-mutability --registry-id 123456789012 --region eu-west-1 --repository-name thea/api --image-tag-mutability IMMUTABLE_WITH_EXCLUSION --image-tag-mutability-exclusion-filters 'filterType=WILDCARD,filter=sha256-*' filterType=WILDCARD,filter=development filterType=WILDCARD,filter=rehearsal filterType=WILDCARD,filter=staging filterType=WILDCARD,filter=production"
        );

        var second = aws.Calls(Create)[1];
        second.ShouldContain("MUTABLE");
        second.ShouldContain("scanOnPush=true");
        second.ShouldNotContain("--image-tag-mutability-exclusion-filters");
    }

    [Fact]
    public async Task Made_by_another_run_meanwhile_it_is_there()
    {
        aws.Refuses(Describe, "RepositoryNotFoundException")
            .Refuses(Create, "RepositoryAlreadyExistsException");

        (await EnsureAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Not_allowed_to_make_it_says_so()
    {
        aws.Refuses(Describe, "RepositoryNotFoundException")
            .Refuses(
                Create,
                "AccessDeniedException",
                $"User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: ecr:CreateRepository on resource: arn:aws:ecr:eu-west-1:123456789012:repository/thea/api because no identity-based policy allows the ecr:CreateRepository action"
            );

        var error = await Should.ThrowAsync<OutcomeException>(EnsureAsync());

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"AWS does not allow arn:aws:sts::123456789012:assumed-role/ci/run ecr:CreateRepository on {Where}: add it to its policy (docs/registries.md has the least one)."
        );
        aws.Calls(Create).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_ECR_refuses_otherwise_is_quoted()
    {
        aws.Refuses(Describe, "RepositoryNotFoundException")
            .Refuses(Create, "LimitExceededException", "The quota is 100000 repositories.");

        var error = await Should.ThrowAsync<OutcomeException>(EnsureAsync());

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"aws ecr create-repository for {Where} was refused (LimitExceededException: The quota is 100000 repositories.)."
        );
    }

    [Fact]
    public async Task What_is_not_JSON_made_nothing()
    {
        aws.Answers(Describe, "<html>Log in to the hotel's network</html>");

        var error = await Should.ThrowAsync<OutcomeException>(EnsureAsync());

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            "aws ecr describe-repositories answered what is not its JSON: run it by hand to see what stands in between."
        );
        aws.Calls(Create).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"repositories\":null}")]
    [InlineData("{\"repositories\":[{}]}")]
    public async Task Nor_what_is_another_document(string output)
    {
        aws.Answers(Describe, output);

        var error = await Should.ThrowAsync<OutcomeException>(EnsureAsync());

        error.Message.ShouldStartWith(
            "aws ecr describe-repositories answered what is not its JSON"
        );
    }

    [Fact]
    public void More_tags_than_ECR_has_filters_are_told_at_once()
    {
        var error = Should.Throw<OutcomeException>(() =>
            aws.Through(new EcrSetup { MovingTags = ["a", "b", "c", "d", "e"] })
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            "ECR takes 5 filters of tags that move, one of them is sha256-*: give EcrSetup.MovingTags 4 tags, not 5; a star in one stands for any text."
        );
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("a,filter=b")]
    public void So_is_what_is_no_tag(string tag)
    {
        var error = Should.Throw<OutcomeException>(() =>
            aws.Through(new EcrSetup { MovingTags = [tag] })
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"'{tag}' is no tag or filter of ECR: name one of letters, digits, '.', '_', '-' and '*' in EcrSetup.MovingTags."
        );
    }

    public void Dispose() => aws.Dispose();

    private Task<string?> EnsureAsync() =>
        aws.Ecr.EnsureRepositoryAsync(StandInAws.Host, "thea/api", StandInAws.Cancel);
}
