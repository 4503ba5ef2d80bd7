using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>
/// Services, environments, and what a person says about them. All that has consequences is taken from
/// the command line only: a stray variable must not deploy.
/// </summary>
public interface IHaveDelivery : IHaveSources
{
    /// <summary>Where images lie when no registry is named: makes it from $THEAIA_STATE.</summary>
    /// <param name="stateRoot">$THEAIA_STATE.</param>
    IRegistry StoreOn(string stateRoot);

    /// <summary>A registry's client, for <c>--registry</c>.</summary>
    /// <param name="repository">HOST/REPOSITORY.</param>
    /// <param name="stateRoot">$THEAIA_STATE: what was read once need not be read again.</param>
    IRegistry RegistryAt(string repository, string stateRoot);

    /// <summary>Registries that want more than a login: ECR. Default: none.</summary>
    IReadOnlyList<IRegistryHost> RegistryHosts => [];

    /// <summary>How digests in a registry are signed, and how signatures are checked.</summary>
    ISigning Signing { get; }

    /// <summary>Called at each named step of a deployment: tests end the process there. Default: nothing.</summary>
    Action<string> Reached => static _ => { };

    /// <summary>Which environment. Default: development; on a CI server it must be named.</summary>
    [Parameter("development, rehearsal, ... Default: development; a CI server must name it")]
    [CommandLineOnly(
        nameof(IDeploy.Deploy),
        nameof(IVerify.Verify),
        nameof(IRollback.Rollback),
        nameof(IRecover.Recover),
        nameof(IUnhold.Unhold),
        nameof(IDrill.Drill),
        nameof(IStatus.Status),
        nameof(IGates.Gates),
        nameof(IEvidence.Evidence),
        nameof(ILogs.Logs),
        nameof(IStop.Stop)
    )]
    string? Environment => TryGetValue(() => Environment);

    /// <summary>A release that is there: its digest, version or commit. Nothing is built then.</summary>
    [Parameter(
        "a release that is there (DIGEST, VERSION or COMMIT): nothing is built",
        Name = "Release"
    )]
    [CommandLineOnly(
        nameof(IDeploy.Deploy),
        nameof(IGates.Gates),
        nameof(IUnhold.Unhold),
        nameof(IEvidence.Evidence),
        Instead = "Rollback --to"
    )]
    string? ReleaseReference => TryGetValue(() => ReleaseReference);

    /// <summary>Where releases lie: HOST/REPOSITORY. Default: this machine's store, which takes no signatures.</summary>
    [Parameter("where images and their proof lie: HOST/REPOSITORY. Default: this machine's store")]
    string? Registry => TryGetValue(() => Registry);

    /// <summary>
    /// The public key whose signatures count, in place of those that the environment's policy trusts: a
    /// stray variable must not say whom to trust.
    /// </summary>
    [Parameter("whose signatures count: a public key file. Default: trustedKeys of the policy")]
    [CommandLineOnly(
        nameof(IDeploy.Deploy),
        nameof(IGates.Gates),
        nameof(IDrill.Drill),
        nameof(IEvidence.Evidence)
    )]
    string? TrustedKey => TryGetValue(() => TrustedKey);

    /// <summary>Why: what Unhold is told.</summary>
    [Parameter("why, for the ledger: --reason 'looked at it'")]
    [CommandLineOnly(nameof(IUnhold.Unhold))]
    string? Reason => TryGetValue(() => Reason);

    /// <summary>Another port for development; its place is its own then. Default: the declared one.</summary>
    [Parameter("moves development off its port; a place of its own then")]
    [CommandLineOnly(
        nameof(IDeploy.Deploy),
        nameof(IVerify.Verify),
        nameof(IRollback.Rollback),
        nameof(IRecover.Recover),
        nameof(IUnhold.Unhold),
        nameof(IDrill.Drill),
        nameof(IStatus.Status),
        nameof(IGates.Gates),
        nameof(ILogs.Logs),
        nameof(IStop.Stop),
        nameof(IServe.Serve)
    )]
    [Range(1, 65535)]
    int? Port => TryGetValue<int?>(() => Port);
}
