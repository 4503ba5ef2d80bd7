using System.Text.RegularExpressions;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Aws.Registries;

/// <summary>A private registry of ECR, as its host's name tells.</summary>
/// <param name="Host">The host.</param>
/// <param name="Account">The account it belongs to; null: that of the credentials.</param>
/// <param name="Region">Its region; null: the CLI's own configuration names it.</param>
/// <param name="IsFips">It is asked through endpoints that FIPS 140 allows.</param>
internal sealed partial record EcrRegistry(
    string Host,
    string? Account,
    string? Region,
    bool IsFips
)
{
    /// <summary>The registry of that host; null: it is not ECR. ECR Public is another service.</summary>
    public static EcrRegistry? Find(string host, EcrSetup setup)
    {
        var match = Name().Match(host);
        if (match.Success)
        {
            return new(
                host,
                match.Groups["account"].Value,
                match.Groups["region"].Value.ToLowerInvariant(),
                match.Groups["fips"].Success
            );
        }

        return setup.AlsoServes?.Invoke(host) == true
            ? new(host, null, setup.Region, IsFips: false)
            : null;
    }

    /// <summary>The registry of that host.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is not ECR.</exception>
    public static EcrRegistry Of(string host, EcrSetup setup) =>
        Find(host, setup)
        ?? throw new OutcomeException(
            Outcome.Wrong,
            $"{host} is not a private registry of ECR: name ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY after --registry."
        );

    [GeneratedRegex(
        @"^(?<account>[0-9]{12})\.dkr\.ecr(?<fips>-fips)?\.(?<region>[a-z0-9]+(?:-[a-z0-9]+)+)\.amazonaws\.com(?:\.cn)?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Name();
}
