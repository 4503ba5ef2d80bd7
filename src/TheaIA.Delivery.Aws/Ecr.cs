using TheaIA.Abstractions;
using TheaIA.Delivery.Aws.Cli;
using TheaIA.Delivery.Aws.Registries;

namespace TheaIA.Delivery.Aws;

/// <summary>
/// Amazon ECR's private registries, through the AWS CLI (1.17.10 and later, or 2): its credentials, profiles
/// and single sign-on are the CLI's own. What it needs to be allowed is in docs/registries.md.
/// </summary>
public static class Ecr
{
    /// <summary>Serves <c>ACCOUNT.dkr.ecr.REGION.amazonaws.com</c>, its <c>-fips</c> form and <c>.cn</c>.</summary>
    /// <param name="runner">Runs aws.</param>
    /// <returns>
    /// The host. What a person can mend is an <see cref="OutcomeException"/> of one sentence; findings that
    /// nobody could read are <see cref="FindingsReport.Unknown"/> with that sentence.
    /// </returns>
    public static IRegistryHost Through(IRunner runner) => Through(runner, new EcrSetup());

    /// <summary>The same where something is not as usual: another endpoint, another name, other tags.</summary>
    /// <param name="runner">Runs aws.</param>
    /// <param name="setup">What is not as usual.</param>
    public static IRegistryHost Through(IRunner runner, EcrSetup setup) =>
        new EcrHost(new AwsCli(runner), setup);
}
