using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// Lets a digest into an environment on evidence. The one maker of <see cref="Permit.Forward"/>:
/// whatever ran before, skipped or not, the checks are asked for here.
/// </summary>
/// <param name="environment">The environment with its policy.</param>
/// <param name="attestations">Where attestations are found.</param>
/// <param name="time">The clock.</param>
public sealed class Admission(
    DeliveryEnvironment environment,
    IAttestations attestations,
    TimeProvider time
)
{
    /// <summary>Each wanted check of a digest with its verdict; changes nothing.</summary>
    /// <param name="release">The release.</param>
    /// <param name="claims">What this run says about it; counts in a forgiving environment only.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<IReadOnlyList<Check>> ChecksAsync(
        Release release,
        IReadOnlyList<Check> claims,
        CancellationToken cancel
    ) =>
        Verdicts.Judge(
            environment.Policy,
            release.What,
            (await attestations.AttestedAsync(release, cancel)).Checks,
            claims
        );

    /// <summary>Admits a release to a place.</summary>
    /// <param name="release">The release.</param>
    /// <param name="history">What the place's ledger says.</param>
    /// <param name="insteadOf">The digest that runs there now; null: nothing does.</param>
    /// <param name="claims">What this run says about it; counts in a forgiving environment only.</param>
    /// <param name="cancel">Ends the question.</param>
    /// <returns>The permit for this process, with every check that it was earned by.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Refused"/>: held, a check that did not pass, or a release for another machine.
    /// </exception>
    public async Task<Permit.Forward> AdmitAsync(
        Release release,
        LedgerHistory history,
        string? insteadOf,
        IReadOnlyList<Check> claims,
        CancellationToken cancel
    ) =>
        Permit.Forward.Earn(
            environment,
            history,
            release,
            insteadOf,
            await attestations.AttestedAsync(release, cancel),
            claims,
            time
        );
}
