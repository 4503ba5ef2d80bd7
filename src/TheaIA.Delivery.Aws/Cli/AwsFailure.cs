using System.Text.RegularExpressions;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Aws.Cli;

/// <summary>
/// Says in one sentence why a call of the CLI failed. The CLI's own text is quoted only where it can hold no
/// credential: a refused signature, for one, is answered with the request's headers, session token included.
/// </summary>
internal static partial class AwsFailure
{
    private const int Longest = 200;

    /// <summary>The exception for a call that ended with another exit code than 0.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="call">The call: <c>describe-repositories</c>.</param>
    /// <param name="where">The host, or HOST/NAME.</param>
    public static OutcomeException Of(CommandResult result, string call, string where)
    {
        var text = result.Error;
        return AwsError.Parse(text) is { } error
            ? OfService(error, call, where)
            : OfNetwork(text, where)
                ?? OfCredentials(text, where)
                ?? OfRegion(text, where)
                ?? OfUsage(text, call)
                ?? Failed(
                    $"aws ecr {call} for {where} ended with exit code {result.ExitCode}{LastLine(text)}"
                );
    }

    private static OutcomeException OfService(AwsError error, string call, string where) =>
        error.Code switch
        {
            "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" => Expired(where),
            "UnrecognizedClientException"
            or "InvalidClientTokenId"
            or "InvalidSignatureException"
            or "SignatureDoesNotMatch"
            or "IncompleteSignature"
            or "MissingAuthenticationToken"
            or "MissingAuthenticationTokenException" => Wrong(
                $"AWS does not take the credentials used for {where} ({error.Code}): aws sts get-caller-identity tells whether they are whole, and the clock must be right."
            ),
            "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" => Denied(
                error,
                where
            ),
            "ThrottlingException"
            or "Throttling"
            or "TooManyRequestsException"
            or "RequestLimitExceeded" => Failed(
                $"AWS takes no more calls of {error.Operation} for {where} now ({error.Code}): wait a minute and run the command again."
            ),
            _ => Failed(
                $"aws ecr {call} for {where} was refused ({error.Code}{Quoted(error.Message)})."
            ),
        };

    // User: ARN is not authorized to perform: ecr:CreateRepository on resource: ARN because ...
    private static OutcomeException Denied(AwsError error, string where)
    {
        var match = NotAuthorized().Match(error.Message);
        var (who, what) = match.Success
            ? (match.Groups["who"].Value, match.Groups["what"].Value)
            : ("these credentials", $"ecr:{error.Operation}");
        return Wrong(
            $"AWS does not allow {who} {what} on {where}: add it to its policy (docs/registries.md has the least one)."
        );
    }

    private static OutcomeException? OfCredentials(string text, string where)
    {
        if (Profile().Match(text) is { Success: true } profile)
        {
            return Wrong(
                $"aws knows no profile {profile.Groups["name"].Value}: name one of `aws configure list-profiles` in AWS_PROFILE."
            );
        }

        if (Has(text, "token has expired") || Has(text, "sso session") || Has(text, "sso token"))
        {
            return Expired(where);
        }

        if (Has(text, "partial credentials"))
        {
            return Wrong(
                $"aws has only a part of the credentials for {where}: set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            );
        }

        return Has(text, "credentials")
            ? Wrong(
                $"aws has no credentials for {where}: run aws configure or aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            )
            : null;
    }

    private static OutcomeException? OfRegion(string text, string where)
    {
        if (Has(text, "must specify a region"))
        {
            return Wrong(
                $"aws has no region for {where}: set AWS_DEFAULT_REGION, or name ACCOUNT.dkr.ecr.REGION.amazonaws.com."
            );
        }

        return Region().Match(text) is { Success: true } region
            ? Wrong(
                $"There is no region {region.Groups["name"].Value} ({where}): correct the host's name, or AWS_DEFAULT_REGION."
            )
            : null;
    }

    private static OutcomeException? OfNetwork(string text, string where)
    {
        var address = Address().Match(text) is { Success: true } match
            ? match.Groups["address"].Value
            : "its address";
        string? how = text switch
        {
            _ when Has(text, "Could not connect to the endpoint") => "no connection",
            _ when Has(text, "Connect timeout on endpoint") => "no connection in 10 s",
            _ when Has(text, "Read timeout on endpoint") => "no answer in 30 s",
            _ when Has(text, "Failed to connect to proxy") => "the proxy does not answer",
            _ when Has(text, "SSL validation failed") => "its certificate is not trusted",
            _ when Has(text, "Connection was closed before") => "it closed the connection",
            _ => null,
        };
        return how is null
            ? null
            : Failed(
                $"The AWS API for {where} cannot be reached at {address} ({how}): check network, proxy and region, then run the command again."
            );
    }

    private static OutcomeException? OfUsage(string text, string call) =>
        Has(text, "Invalid choice") || Has(text, "Unknown options")
            ? Wrong(
                $"This aws is too old for aws ecr {call}: install 1.17.10 or later, or 2 (eng/components.sh awscli)."
            )
            : null;

    private static OutcomeException Expired(string where) =>
        Wrong(
            $"The AWS credentials for {where} have expired: run aws sso login, or get a new session, and run the command again."
        );

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            is [.., var last]
            ? $": {Cut(last)}"
            : " and said nothing: run it by hand with --debug.";

    private static string Quoted(string message) => message.Length > 0 ? $": {Cut(message)}" : "";

    private static string Cut(string text) =>
        text.Length > Longest ? $"{text[..Longest]}..." : text;

    private static bool Has(string text, string part) =>
        text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static OutcomeException Wrong(string sentence) => new(Outcome.Wrong, sentence);

    private static OutcomeException Failed(string sentence) => new(Outcome.Failed, sentence);

    [GeneratedRegex(
        @"User: (?<who>\S+) is not authorized to perform: (?<what>[\w:]+)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NotAuthorized();

    [GeneratedRegex(
        @"config profile \((?<name>[^)]*)\) could not be found",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Profile();

    [GeneratedRegex(
        @"region_name '(?<name>[^']*)' doesn't match|Invalid region[^:]*: (?<name>\S+)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Region();

    [GeneratedRegex("\"(?<address>https?://[^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
