using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// Lets a digest into an environment on evidence. The one maker of <see cref="Permit.Forward"/>:
/// whatever ran before, skipped or not, the checks are asked for here.
/// </summary>
/// <param name="environment">The environment with its policy.</param>
/// <param name="evidence">Where attestations are found.</param>
/// <param name="time">The clock.</param>
public sealed class Admission(
    DeliveryEnvironment environment,
    IEvidence evidence,
    TimeProvider time
)
{
    /// <summary>Each wanted check of a digest with its verdict; changes nothing.</summary>
    /// <param name="what">The image.</param>
    /// <param name="claims">What this run says about it; counts in a forgiving environment only.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<IReadOnlyList<Check>> ChecksAsync(
        Claim what,
        IReadOnlyList<Check> claims,
        CancellationToken cancel
    ) =>
        Verdicts.Judge(
            environment.Policy,
            what,
            await evidence.AttestedAsync(what, cancel),
            claims
        );

    /// <summary>Admits a release to a place.</summary>
    /// <param name="release">The release.</param>
    /// <param name="history">What the place's ledger says.</param>
    /// <param name="insteadOf">The digest that runs there now; null: nothing does.</param>
    /// <param name="claims">What this run says about it; counts in a forgiving environment only.</param>
    /// <param name="cancel">Ends the question.</param>
    /// <returns>The permit for this process.</returns>
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
            await evidence.AttestedAsync(release.What, cancel),
            claims,
            time
        );
}
