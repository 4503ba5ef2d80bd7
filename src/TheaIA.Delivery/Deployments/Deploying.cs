using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Brings one release into one place: admitted, applied, verified, or put back as it was.</summary>
internal sealed class Deploying(DeployerSetup setup, Release release, IReadOnlyList<Check> claims)
{
    private readonly DateTimeOffset _began = setup.Time.GetUtcNow();

    private Admission Admission => new(setup.Environment, setup.Attestations, setup.Time);

    private string Environment => setup.Where.Environment;

    public async Task RunAsync(IProgressReport progress, CancellationToken cancel)
    {
        var early = await Ledger.OpenAsync(setup, cancel);
        if (early.History.HoldOn(release.What.Digest) is { } hold)
        {
            throw hold.Refusal(setup.Where, setup.Time);
        }

        await using var session = await Session.OpenAsync(
            setup,
            new LeaseRequest(setup, $"{Purposes.Deploy} {release.Name}"),
            progress,
            cancel
        );
        var running = await session.SettleAsync(cancel);
        var permit = await Admission.AdmitAsync(
            release,
            session.History,
            running?.Digest,
            claims,
            cancel
        );
        release = permit.Release;
        setup.Reached(Steps.Admitted);
        await setup.Platform.CheckAsync(setup.Where, cancel);
        if (running is not null && running.Digest == release.What.Digest)
        {
            if (await AgainAsync(session, running, cancel))
            {
                return;
            }
        }

        await RefuseAsync(session, running, cancel);
        SayUnsigned(progress, permit.Checks);
        await session.IntendAsync(
            new LedgerEntry(LedgerKinds.Intent)
            {
                Operation = Operations.Deploy,
                Release = LedgerRelease.Of(release),
                InsteadOf = running?.Digest,
                Checks = LedgerCheck.Of(permit.Checks),
                Seconds = Measured(LedgerTimes.Made, release.MadeIn),
            }
        );
        var trial = await Trial.RunAsync(session, permit, setup.Bake, cancel);
        if (!trial.Stands)
        {
            throw await new Failing(session, release).EndAsync(trial);
        }

        await StandAsync(session, trial.Verification!);
        await session.TidyAsync(CancellationToken.None);
    }

    /// <summary>An effect asks the world: what runs already is measured again, not assumed.</summary>
    /// <returns>False: it runs and is not well, so it is started again.</returns>
    private async Task<bool> AgainAsync(Session session, Running running, CancellationToken cancel)
    {
        var verification = await session.VerifyAsync(running.Digest, TimeSpan.Zero, cancel);
        var since = setup.Time.Clock(running.Since);
        if (verification.Verdict == Verdict.Fail)
        {
            await session.AppendAsync(
                new LedgerEntry(LedgerKinds.FoundBad)
                {
                    Release = LedgerRelease.Of(release),
                    Reason = verification.Culprits,
                    Checks = LedgerCheck.Of(verification.Checks),
                }
            );
            session.Progress.Say(
                $"{release.Name} runs since {since}, but {verification.Culprits}: it is started again."
            );
            return false;
        }

        await RecordAsync(session, verification);
        session.Progress.Figure($"{release.What.Short} runs since {since}, verified again");
        session.Progress.Closing(
            $"{Environment} runs {release.Name} since {since}."
                + await session.UndoAsync(running.Digest)
        );
        return true;
    }

    private async Task RefuseAsync(Session session, Running? running, CancellationToken cancel)
    {
        var forgiving = setup.Environment.Policy.Forgiving;
        var spent = Spent();
        if (spent > setup.BuildToDeploy)
        {
            if (!forgiving)
            {
                throw Refusals.OverBudget(release, spent, setup.BuildToDeploy);
            }

            session.Progress.Say(
                $"Making {release.Name} took {spent.Short()}, over {setup.BuildToDeploy.Goal()}: "
                    + $"{Environment} accepts that."
            );
        }

        if (running is null || running.Digest == release.What.Digest)
        {
            return;
        }

        var before = session.Release(running.Digest);
        if (!await setup.Platform.CanStartAsync(before.What, setup.Where, cancel))
        {
            if (!forgiving)
            {
                throw Refusals.NoWayBack(release, setup.Where, before);
            }

            session.Progress.Say(
                $"The image of {before.Name} is gone: there is no way back to it in {Environment}."
            );
        }
    }

    private void SayUnsigned(IProgressReport progress, IReadOnlyList<Check> checks)
    {
        // on the way from a build Sign has said it; a release that was taken is unsigned here first
        var said = claims.Any(c => c.Gate == Gates.Signature);
        if (
            !said
            && checks.Any(c =>
                c is { Gate: Gates.Signature, Verdict: not (Verdict.Pass or Verdict.Waived) }
            )
        )
        {
            progress.Say(
                $"{release.Name} is not signed: {Environment} accepts that, the ledger says so."
            );
        }
    }

    private async Task StandAsync(Session session, Verification verification)
    {
        await RecordAsync(session, verification);
        var answers = $"{setup.Platform.Address} answers as {release.What.Short}";
        if (verification.Verdict == Verdict.Pass)
        {
            session.Progress.Figure(answers + verification.Requests);
        }
        else
        {
            session.Progress.Note($"{release.What.Short} runs; {verification.Culprits}");
        }

        session.Progress.Closing(
            $"Deployed {release.Name} to {Environment} in {Spent().Short()} "
                + $"{setup.BuildToDeploy.Goal()}{MadeBefore()}."
                + await session.UndoAsync(release.What.Digest)
        );
    }

    private async Task RecordAsync(Session session, Verification verification)
    {
        var known = verification.Verdict != Verdict.Unknown || setup.Environment.Policy.Forgiving;
        await session.EndAsync(
            new LedgerEntry(known ? LedgerKinds.Verified : LedgerKinds.Unverified)
            {
                Release = LedgerRelease.Of(release),
                Runs = release.What.Digest,
                Checks = LedgerCheck.Of(verification.Checks),
                Seconds = Measured(LedgerTimes.Deploy, setup.Time.GetUtcNow() - _began),
            }
        );
        if (!known)
        {
            throw session.Unverified(release, verification);
        }
    }

    /// <summary>What another run spent on it, so that nobody takes it for this command's; empty: nothing.</summary>
    private string MadeBefore() =>
        release.MadeIn > _began - setup.Began
            ? $", {release.MadeIn.Short()} of it for making it"
            : "";

    private TimeSpan Spent() => release.MadeIn + (setup.Time.GetUtcNow() - _began);

    private static Dictionary<string, double> Measured(string name, TimeSpan time) =>
        new(StringComparer.Ordinal) { [name] = Math.Round(time.TotalSeconds, 3) };
}

/// <summary>Gates that delivery itself speaks of.</summary>
internal static class Gates
{
    public const string Signature = "signature";
}
