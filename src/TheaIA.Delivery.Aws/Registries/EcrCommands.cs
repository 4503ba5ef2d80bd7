using TheaIA.Abstractions;
using TheaIA.Delivery.Aws.Cli;

namespace TheaIA.Delivery.Aws.Registries;

/// <summary>The command lines for ECR. They are built here and run elsewhere.</summary>
internal sealed class EcrCommands(EcrSetup setup)
{
    // the most that ECR gives in one page
    private const string PageSize = "1000";

    /// <summary>Prints a password for the user AWS, good for 12 hours.</summary>
    public Command Password(EcrRegistry registry) =>
        Of(registry, "get-login-password") with
        {
            PrintsSecret = true,
        };

    /// <summary>Asks for one repository.</summary>
    public Command Describe(EcrRegistry registry, string repository) =>
        OfAccount(registry, "describe-repositories", "--repository-names", repository);

    /// <summary>Makes a repository whose images are scanned on push.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="repository">The repository's name.</param>
    /// <param name="rule">Which of its tags move: <see cref="TagRule.Options"/> or <see cref="TagRule.Movable"/>.</param>
    public Command Create(EcrRegistry registry, string repository, IEnumerable<string> rule) =>
        OfAccount(
            registry,
            "create-repository",
            [
                "--repository-name",
                repository,
                "--image-scanning-configuration",
                "scanOnPush=true",
                .. rule,
            ]
        );

    /// <summary>
    /// Asks for one page of a scan's findings. Pages are ours: the CLI's own paging joins those of an
    /// enhanced scan in its newer versions only.
    /// </summary>
    /// <param name="registry">The registry.</param>
    /// <param name="repository">The repository's name.</param>
    /// <param name="digest">The image.</param>
    /// <param name="next">Where the page before ended; null: the first.</param>
    public Command Findings(EcrRegistry registry, string repository, string digest, string? next) =>
        OfAccount(
            registry,
            "describe-image-scan-findings",
            [
                "--repository-name",
                repository,
                "--image-id",
                $"imageDigest={digest}",
                "--no-paginate",
                "--max-results",
                PageSize,
                .. Option("--next-token", next),
            ]
        );

    /// <summary>An option with its value; nothing when there is none.</summary>
    public static string[] Option(string name, string? value) => value is null ? [] : [name, value];

    private Command OfAccount(
        EcrRegistry registry,
        string call,
        params IReadOnlyList<string> arguments
    ) =>
        Of(
            registry,
            call,
            [.. Option("--registry-id", registry.Account), .. arguments, "--output", "json"]
        );

    private Command Of(EcrRegistry registry, string call, params IReadOnlyList<string> arguments)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            // both majors know the variable, one of them the option
            ["AWS_PAGER"] = "",
            ["AWS_CLI_AUTO_PROMPT"] = "off",
        };
        if (registry.IsFips && setup.EndpointUrl is null)
        {
            environment["AWS_USE_FIPS_ENDPOINT"] = "true";
        }

        return new(
            AwsCli.Program,
            [
                "ecr",
                call,
                .. arguments,
                .. Option("--region", registry.Region),
                .. Option("--endpoint-url", setup.EndpointUrl),
                // see AwsFailure: its sentences name these
                "--cli-connect-timeout",
                "10",
                "--cli-read-timeout",
                "30",
            ]
        )
        {
            Environment = environment,
        };
    }
}
