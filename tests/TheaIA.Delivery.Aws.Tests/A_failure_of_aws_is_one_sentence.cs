using TheaIA.Abstractions;
using TheaIA.Delivery.Aws.Cli;
using TheaIA.Delivery.Aws.Tests.Given;

namespace TheaIA.Delivery.Aws.Tests;

/// <summary>Texts as aws 1.45 and 2 print them on standard error.</summary>
public sealed class A_failure_of_aws_is_one_sentence : IDisposable
{
    private const string Where = "example.com";

    private readonly StandInAws aws = new();

    [Theory]
    [InlineData(
        "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
        "aws has no credentials for example.com: run aws configure or aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
    )]
    [InlineData(
        "aws: [ERROR]: Error when retrieving credentials from custom-process: nothing",
        "aws has no credentials for example.com: run aws configure or aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
    )]
    [InlineData(
        "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY",
        "aws has only a part of the credentials for example.com: set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
    )]
    [InlineData(
        "The config profile (ops) could not be found",
        "aws knows no profile ops: name one of `aws configure list-profiles` in AWS_PROFILE."
    )]
    [InlineData(
        "Error when retrieving token from sso: Token has expired and refresh failed",
        "The AWS credentials for example.com have expired: run aws sso login, or get a new session, and run the command again."
    )]
    [InlineData(
        "The SSO session associated with this profile has expired or is otherwise invalid.",
        "The AWS credentials for example.com have expired: run aws sso login, or get a new session, and run the command again."
    )]
    [InlineData(
        "Error loading SSO Token: Token for ops does not exist",
        "The AWS credentials for example.com have expired: run aws sso login, or get a new session, and run the command again."
    )]
    [InlineData(
        "You must specify a region. You can also configure your region by running \"aws configure\".",
        "aws has no region for example.com: set AWS_DEFAULT_REGION, or name ACCOUNT.dkr.ecr.REGION.amazonaws.com."
    )]
    [InlineData(
        "Provided region_name 'eu_west!' doesn't match a supported format.",
        "There is no region eu_west! (example.com): correct the host's name, or AWS_DEFAULT_REGION."
    )]
    [InlineData(
        "aws: error: argument operation: Invalid choice, valid choices are:\n\nbatch-get-image",
        "This aws is too old for aws ecr get-login-password: install 1.17.10 or later, or 2 (eng/components.sh awscli)."
    )]
    public void That_a_person_can_mend_at_once(string error, string sentence) =>
        ShouldSay(error, Outcome.Wrong, sentence);

    [Theory]
    [InlineData("Could not connect to the endpoint URL: \"https://a.b/\"", "no connection")]
    [InlineData("Connect timeout on endpoint URL: \"https://a.b/\"", "no connection in 10 s")]
    [InlineData("Read timeout on endpoint URL: \"https://a.b/\"", "no answer in 30 s")]
    [InlineData(
        "SSL validation failed for \"https://a.b/\" [SSL: CERTIFICATE_VERIFY_FAILED]",
        "its certificate is not trusted"
    )]
    [InlineData(
        "Connection was closed before we received a valid response from endpoint URL: \"https://a.b/\".",
        "it closed the connection"
    )]
    [InlineData("Failed to connect to proxy URL: \"https://a.b/\"", "the proxy does not answer")]
    public void Of_the_network(string error, string how) =>
        ShouldSay(
            error,
            Outcome.Failed,
            $"The AWS API for example.com cannot be reached at https://a.b/ ({how}): check network, proxy and region, then run the command again."
        );

    [Fact]
    public void Of_the_network_even_where_the_address_speaks_of_credentials() =>
        ShouldSay(
            "Could not connect to the endpoint URL: \"https://sso/federation/credentials\"",
            Outcome.Failed,
            "The AWS API for example.com cannot be reached at https://sso/federation/credentials (no connection): check network, proxy and region, then run the command again."
        );

    [Theory]
    [InlineData("ExpiredTokenException")]
    [InlineData("ExpiredToken")]
    [InlineData("RequestExpired")]
    public void Of_a_session_that_is_over(string code) =>
        ShouldSay(
            Service(code, "The security token included in the request is expired"),
            Outcome.Wrong,
            "The AWS credentials for example.com have expired: run aws sso login, or get a new session, and run the command again."
        );

    [Theory]
    [InlineData("UnrecognizedClientException")]
    [InlineData("InvalidClientTokenId")]
    [InlineData("InvalidSignatureException")]
    [InlineData("SignatureDoesNotMatch")]
    [InlineData("IncompleteSignature")]
    [InlineData("MissingAuthenticationTokenException")]
    public void Of_credentials_that_AWS_does_not_take_and_the_request_is_not_quoted(string code) =>
        ShouldSay(
            Service(code, "should have been 'POST / x-amz-security-token:IQoJb3JpZ2lu'"),
            Outcome.Wrong,
            $"AWS does not take the credentials used for example.com ({code}): aws sts get-caller-identity tells whether they are whole, and the clock must be right."
        );

    [Theory]
    [InlineData(
        "User: arn:aws:iam::1:user/ci is not authorized to perform: ecr:GetAuthorizationToken on resource: *",
        "arn:aws:iam::1:user/ci ecr:GetAuthorizationToken"
    )]
    [InlineData("No.", "these credentials ecr:GetAuthorizationToken")]
    public void Of_a_permission_that_is_missing(string message, string who) =>
        ShouldSay(
            Service("AccessDeniedException", message),
            Outcome.Wrong,
            $"AWS does not allow {who} on example.com: add it to its policy (docs/registries.md has the least one)."
        );

    [Fact]
    public void Of_too_many_calls() =>
        ShouldSay(
            "An error occurred (ThrottlingException) when calling the GetAuthorizationToken operation (reached max retries: 4): Rate exceeded",
            Outcome.Failed,
            "AWS takes no more calls of GetAuthorizationToken for example.com now (ThrottlingException): wait a minute and run the command again."
        );

    [Fact]
    public void Of_what_the_service_says_otherwise_cut_to_what_is_read() =>
        ShouldSay(
            Service("ServerException", new string('a', 300)),
            Outcome.Failed,
            $"aws ecr get-login-password for example.com was refused (ServerException: {new string('a', 200)}...)."
        );

    [Fact]
    public void Of_what_the_service_does_not_explain() =>
        ShouldSay(
            Service("KmsException", ""),
            Outcome.Failed,
            "aws ecr get-login-password for example.com was refused (KmsException)."
        );

    [Theory]
    [InlineData("", " and said nothing: run it by hand with --debug.")]
    [InlineData("Traceback\n  File\nImportError: no module\n", ": ImportError: no module")]
    public void Of_all_else(string error, string told) =>
        ShouldSay(
            error,
            Outcome.Failed,
            $"aws ecr get-login-password for example.com ended with exit code 255{told}"
        );

    [Fact]
    public async Task It_comes_with_the_call_that_failed()
    {
        aws.Refuses("get-login-password", "ExpiredTokenException");
        aws.Refuses("describe-repositories", "ExpiredTokenException");

        foreach (
            var ask in (Func<Task>[])
                [
                    () => aws.Ecr.LoginAsync(StandInAws.Host, StandInAws.Cancel),
                    () => aws.Ecr.EnsureRepositoryAsync(StandInAws.Host, "a", StandInAws.Cancel),
                ]
        )
        {
            var error = await Should.ThrowAsync<OutcomeException>(ask);
            error.Outcome.ShouldBe(Outcome.Wrong);
            error.Message.ShouldStartWith($"The AWS credentials for {StandInAws.Host}");
        }
    }

    [Fact]
    public async Task Without_aws_it_says_what_installs_it()
    {
        const string sentence = "aws is not here: eng/components.sh awscli installs it.";
        var empty = Directory.CreateTempSubdirectory("theaia-no-aws-");
        try
        {
            var ecr = Ecr.Through(new ProgramRunner(empty.FullName));

            foreach (
                var ask in (Func<Task>[])
                    [
                        () => ecr.LoginAsync(StandInAws.Host, StandInAws.Cancel),
                        () => ecr.EnsureRepositoryAsync(StandInAws.Host, "a", StandInAws.Cancel),
                    ]
            )
            {
                var error = await Should.ThrowAsync<OutcomeException>(ask);
                error.Outcome.ShouldBe(Outcome.Wrong);
                error.Message.ShouldBe(sentence);
                error.InnerException.ShouldNotBeNull();
            }

            (await ecr.FindingsAsync(StandInAws.What, StandInAws.Cancel)).Unknown.ShouldBe(
                sentence
            );
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }

    public void Dispose() => aws.Dispose();

    private static string Service(string code, string message) =>
        $"\nAn error occurred ({code}) when calling the GetAuthorizationToken operation: {message}\n";

    private static void ShouldSay(string error, Outcome outcome, string sentence)
    {
        var said = AwsFailure.Of(new(255, "", error), "get-login-password", Where);

        said.Message.ShouldBe(sentence);
        said.Outcome.ShouldBe(outcome);
    }
}
