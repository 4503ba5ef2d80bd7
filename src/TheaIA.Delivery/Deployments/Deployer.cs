using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// Everything that can be done with one place. Each change holds the place's lease, is written as an
/// intent before it is done, and survives kill -9 at any point: the next run closes what is open.
/// </summary>
/// <param name="setup">The place, its parts, who asks, since when.</param>
/// <remarks>
/// Every member may throw <see cref="OutcomeException"/> with <see cref="Outcome.Failed"/>: the ledger
/// was changed, the lease was not had in time or was taken over.
/// </remarks>
public sealed class Deployer(DeployerSetup setup)
{
    private Admission Admission => new(setup.Environment, setup.Attestations, setup.Time);

    /// <summary>Admits, applies and verifies a release; puts the place back when it does not stand.</summary>
    /// <param name="release">The release; <see cref="Release.MadeIn"/> counts against the budget.</param>
    /// <param name="claims">
    /// What this run says about it, each with the source <c>this run</c>: counts in a forgiving
    /// environment only. One for the gate <c>signature</c> says that Sign has spoken.
    /// </param>
    /// <param name="progress">What the person sees.</param>
    /// <param name="cancel">Taken at the next safe point.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Refused"/>: held, not admitted, unverified. <see cref="Outcome.RolledBack"/>:
    /// it did not stand. <see cref="Outcome.RollbackFailed"/>: nor did what ran before come back.
    /// </exception>
    public Task DeployAsync(
        Release release,
        IReadOnlyList<Check> claims,
        IProgressReport progress,
        CancellationToken cancel
    ) => new Deploying(setup, release, claims).RunAsync(progress, cancel);

    /// <summary>Goes back to the last verified release, or to a named one; nothing is rebuilt.</summary>
    /// <param name="to">A digest, version or commit, held or not; null: the last verified one.</param>
    /// <param name="progress">What the person sees.</param>
    /// <param name="cancel">Taken at the next safe point.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: nothing to go back to, or an unknown release; nothing changed.
    /// <see cref="Outcome.RollbackFailed"/>: nothing runs any more, or the target did not come up.
    /// </exception>
    public Task RollbackAsync(string? to, IProgressReport progress, CancellationToken cancel) =>
        new RollingBack(setup, to).RunAsync(progress, cancel);

    /// <summary>Closes what an earlier run left open; nothing open is no error.</summary>
    /// <param name="deployment">Only this one; null: whichever is open.</param>
    /// <param name="progress">What the person sees.</param>
    /// <param name="cancel">Taken at the next safe point.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.RollbackFailed"/>: what ran before could not be put back.
    /// </exception>
    public Task RecoverAsync(
        string? deployment,
        IProgressReport progress,
        CancellationToken cancel
    ) => new Keeping(setup).RecoverAsync(deployment, progress, cancel);

    /// <summary>Measures what runs, and completes an unverified deployment.</summary>
    /// <param name="progress">What the person sees.</param>
    /// <param name="cancel">Ends the measurement.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Refused"/>: measured bad, nothing runs, or nobody could measure.
    /// </exception>
    public Task VerifyAsync(IProgressReport progress, CancellationToken cancel) =>
        new Keeping(setup).VerifyAsync(progress, cancel);

    /// <summary>Lets a held release be deployed again.</summary>
    /// <param name="release">A digest, version or commit.</param>
    /// <param name="reason">Why, for the ledger.</param>
    /// <param name="progress">What the person sees.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: not held, or no reason.</exception>
    public Task UnholdAsync(
        string release,
        string reason,
        IProgressReport progress,
        CancellationToken cancel
    ) => new Keeping(setup).UnholdAsync(release, reason, progress, cancel);

    /// <summary>Rehearses the way back with a copy of what runs that is made to fail; leaves the place as it was.</summary>
    /// <param name="claims">What this run says about the copy.</param>
    /// <param name="progress">What the person sees.</param>
    /// <param name="cancel">Taken at the next safe point.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.RollbackFailed"/>: the way back does not work. <see cref="Outcome.Refused"/>:
    /// it takes too long.
    /// </exception>
    public Task DrillAsync(
        IReadOnlyList<Check> claims,
        IProgressReport progress,
        CancellationToken cancel
    ) => new Drilling(setup, claims).RunAsync(progress, cancel);

    /// <summary>Ends what runs in the place.</summary>
    /// <param name="progress">What the person sees.</param>
    /// <param name="cancel">Taken at the next safe point.</param>
    public Task StopAsync(IProgressReport progress, CancellationToken cancel) =>
        new Keeping(setup).StopAsync(progress, cancel);

    /// <summary>What is true of the place now; changes nothing in it.</summary>
    /// <param name="cancel">Ends the questions.</param>
    public Task<PlaceStatus> StatusAsync(CancellationToken cancel) =>
        PlaceStatus.OfAsync(setup, cancel);

    /// <summary>Each wanted check of a release with its verdict; changes nothing.</summary>
    /// <param name="release">The release.</param>
    /// <param name="claims">What this run says about it.</param>
    /// <param name="cancel">Ends the questions.</param>
    public Task<IReadOnlyList<Check>> GatesAsync(
        Release release,
        IReadOnlyList<Check> claims,
        CancellationToken cancel
    ) => Admission.ChecksAsync(release, claims, cancel);

    /// <summary>The last lines of the log of what runs, or of what last ran.</summary>
    /// <param name="lines">At most this many.</param>
    /// <param name="cancel">Ends the read.</param>
    public Task<IReadOnlyList<string>> LogsAsync(int lines, CancellationToken cancel) =>
        setup.Platform.LogsAsync(setup.Where, lines, cancel);

    /// <summary>
    /// Refuses what a deployment would refuse, before anything is built: a ledger that was changed, a
    /// hold, checks that nobody made, a port that another program took. Changes nothing.
    /// </summary>
    /// <param name="release">The release, as far as it is known by now; null: it is yet to be made.</param>
    /// <param name="cancel">Ends the questions.</param>
    /// <exception cref="OutcomeException">As <see cref="DeployAsync"/> would end.</exception>
    public async Task RefuseEarlyAsync(Release? release, CancellationToken cancel)
    {
        var history = (await Ledger.OpenAsync(setup, cancel)).History;
        if (release is not null)
        {
            // the permit is not for use: Deploy earns its own, on what runs then
            await Admission.AdmitAsync(release, history, insteadOf: null, [], cancel);
        }

        await setup.Platform.CheckAsync(setup.Where, cancel);
    }

    /// <summary>Each step and call that a deployment would make, as lines; changes nothing.</summary>
    /// <param name="release">The release. Null: it would be made first.</param>
    /// <param name="claims">What this run says about it.</param>
    /// <param name="cancel">Ends the questions.</param>
    public Task<IReadOnlyList<string>> DryRunAsync(
        Release? release,
        IReadOnlyList<Check> claims,
        CancellationToken cancel
    ) => new DryRun(setup, release, claims).LinesAsync(cancel);

    /// <summary>
    /// The hold on a release, for a refusal before anything is built: throw its
    /// <see cref="Hold.Refusal"/>. A commit alone names what was built from a clean tree.
    /// </summary>
    /// <param name="reference">A digest, version or commit.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <returns>The hold; null when it is not held.</returns>
    public async Task<Hold?> HeldAsync(string reference, CancellationToken cancel)
    {
        var history = (await Ledger.OpenAsync(setup, cancel)).History;
        var held = history.Holds.Select(h => h.Release).ToList();
        var named = ReleaseReference
            .Find(held, reference)
            .FirstOrDefault(r =>
                !r.Dirty || !r.Commit.StartsWith(reference, StringComparison.OrdinalIgnoreCase)
            );
        return named is null ? null : history.HoldOn(named.What.Digest);
    }
}
