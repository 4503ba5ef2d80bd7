using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// A person goes back: to the last verified release before what runs, or to one that he names.
/// Compare-and-set on what ran when it was typed.
/// </summary>
internal sealed class RollingBack(DeployerSetup setup, string? to)
{
    private Place Where => setup.Where;

    private string Environment => setup.Where.Environment;

    public async Task RunAsync(IProgressReport progress, CancellationToken cancel)
    {
        var typed = (await Ledger.OpenAsync(setup, cancel)).History;
        if (to is not null)
        {
            // a name that means nothing here is said before anything is waited for
            Named(typed);
        }

        await using var session = await Session.OpenAsync(
            setup,
            new LeaseRequest(setup, to is null ? Purposes.Rollback : $"{Purposes.Rollback} to {to}")
            {
                TakeOverAfter = setup.TakeOverAfter,
            },
            progress,
            cancel
        );
        var ranLast = session.History.RanLast;
        var running = await session.SettleAsync(cancel);
        var meanwhile = new Meanwhile(session, typed);
        if (to is null ? meanwhile.IsDone(running) : AlreadyThere(session, running))
        {
            return;
        }

        var leaving = running?.Digest ?? ranLast;
        var target = await ChooseAsync(session, running, leaving, cancel);
        await GoAsync(session, running, leaving, target, cancel);
    }

    private Release Named(LedgerHistory history)
    {
        var found = ReleaseReference.Find(history.Verified, to!);
        return found.Count > 0
            ? found[^1]
            : throw new OutcomeException(
                Outcome.Wrong,
                $"No release {to} was ever verified in {Environment}. Known there: "
                    + (history.Verified.Count == 0 ? "none" : Known(history))
                    + "."
            );
    }

    private static string Known(LedgerHistory history) =>
        string.Join(
            ", ",
            history.Verified.Reverse().Select(r => $"{r.Name} ({r.What.Short})").Distinct()
        );

    private bool AlreadyThere(Session session, Running? running)
    {
        var release = Named(session.History);
        if (running is not { Healthy: true } || running.Digest != release.What.Digest)
        {
            return false;
        }

        session.Progress.Figure($"already on {release.Name}");
        session.Progress.Closing(
            $"{Environment} already runs {release.Name} since {setup.Time.Clock(running.Since)}. "
                + "Nothing done."
        );
        return true;
    }

    private async Task<Release> ChooseAsync(
        Session session,
        Running? running,
        string? leaving,
        CancellationToken cancel
    )
    {
        if (to is not null)
        {
            var named = Named(session.History);
            return await setup.Platform.CanStartAsync(named.What, Where, cancel)
                ? named
                : throw new OutcomeException(
                    Outcome.Wrong,
                    $"{named.Name} was verified in {Environment}, but its image is gone. "
                        + $"Push it again, then ./build.sh Deploy{Where.Option()} --release {named.Name}"
                );
        }

        if (leaving is null)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"There is nothing to go back to in {Environment}: nothing ever ran there. "
                    + $"./build.sh Deploy{Where.Option()}"
            );
        }

        if (running is null && session.History.RunsBy is { Kind: LedgerKinds.Stopped } stop)
        {
            throw NothingRuns(
                $"stopped by {stop.Actor} at {setup.Time.Clock(stop.At)}",
                session.Release(leaving)
            );
        }

        foreach (var candidate in session.History.UndoTargets(leaving))
        {
            if (await setup.Platform.CanStartAsync(candidate.What, Where, cancel))
            {
                return candidate;
            }

            session.Progress.Say(
                $"The image of {candidate.Name} is gone: it cannot be gone back to."
            );
        }

        throw running is null
            ? NothingRuns(
                $"{session.Name(leaving)} ended, and no other verified release is left to go back to",
                session.Release(leaving)
            )
            : NothingToGoBackTo(session, running);
    }

    private OutcomeException NothingRuns(string why, Release last) =>
        new(
            Outcome.RollbackFailed,
            $"Nothing runs in {Environment} any more ({why}). To start {last.Name} again: "
                + $"./build.sh Deploy{Where.Option()} --release {last.Name}"
        );

    private OutcomeException NothingToGoBackTo(Session session, Running running)
    {
        var name = session.Name(running.Digest);
        return new OutcomeException(
            Outcome.Wrong,
            $"There is nothing to go back to in {Environment}: "
                + (
                    session.History.WasVerified(running.Digest)
                        ? $"{name} is the only release verified here that is not held."
                        : $"{name} runs, and no other verified release is not held."
                )
        )
        {
            Closing =
                session.History.Holds.Count == 0
                    ? null
                    : "Held: "
                        + string.Join(", ", session.History.Holds.Select(h => h.Release.Name))
                        + $". To go there all the same: ./build.sh Rollback{Where.Option()} --to ...",
        };
    }

    private async Task GoAsync(
        Session session,
        Running? running,
        string? leaving,
        Release target,
        CancellationToken cancel
    )
    {
        SayWhere(session, running, target);
        await session.IntendAsync(
            new LedgerEntry(LedgerKinds.Intent)
            {
                Operation = Operations.Rollback,
                Release = LedgerRelease.Of(target),
                InsteadOf = running?.Digest,
                Leaves = leaving == target.What.Digest ? null : leaving,
            }
        );

        // waiting for another person's rollback does not count against this one
        var left = setup.Began + session.Lease.Waited + setup.RollbackGoal - setup.Time.GetUtcNow();
        using var deadline = new CancellationTokenSource(
            left > TimeSpan.Zero ? left : TimeSpan.Zero,
            setup.Time
        );
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        var permit = Permit.Back.Earn(session.History, target.What.Digest, running?.Digest);
        Trial trial;
        try
        {
            trial = await Trial.RunAsync(session, permit, TimeSpan.Zero, both.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested)
        {
            throw await Failed(
                session,
                target,
                $"did not answer within {setup.RollbackGoal.Rough()}",
                [],
                e
            );
        }

        if (!trial.Stands)
        {
            throw await FailAsync(session, target, trial);
        }

        await ArriveAsync(session, target, trial.Verification!);
    }

    private void SayWhere(Session session, Running? running, Release target)
    {
        var came = session.History.CameToRun(target.What.Digest);
        var there = came is null ? target.Name : $"{target.Name} ({setup.Time.Clock(came.Value)})";
        var here = running is null
            ? $"Nothing runs in {Environment}"
            : $"{Environment} runs {session.Name(running.Digest)} since {setup.Time.Clock(running.Since)}";
        var what = to is null ? "last verified before it" : "going back to";
        session.Progress.Say($"{here}; {what}: {there}");
    }

    private async Task ArriveAsync(Session session, Release target, Verification verification)
    {
        var took = setup.Time.GetUtcNow() - setup.Began;
        var leaves = session.History.Open!.Leaves;
        await session.EndAsync(
            new LedgerEntry(LedgerKinds.RolledBack)
            {
                Runs = target.What.Digest,
                Leaves = leaves,
                Reason = $"rolled back to {target.Name}",
                Checks = LedgerCheck.Of(verification.Checks),
                Seconds = Failing.Took(took),
            }
        );
        if (verification.Verdict == Verdict.Unknown || took > setup.RollbackGoal)
        {
            session.Progress.Note($"{target.Name} runs; {verification.Figure}");
        }
        else
        {
            session.Progress.Figure($"{target.Name} answers: {verification.Figure}");
        }

        var held = leaves is null ? null : session.History.HoldOn(leaves);
        session.Progress.Closing(
            $"Rolled back to {target.Name} in {took.Short()} {setup.RollbackGoal.Goal()}."
                + (held is null ? "" : $" {held.Release.Name} is held: {held.HowToRelease(Where)}")
        );
        await session.TidyAsync(CancellationToken.None);
    }

    private async Task<OutcomeException> FailAsync(Session session, Release target, Trial trial)
    {
        var open = session.History.Open!;
        if (trial.Verification is { } verification)
        {
            await new Recovery(session).MarkBadAsync(open, verification.Culprits, verification);
        }

        // nothing ran before, so a release that is not well is more than nothing
        var why = trial.Why;
        if (open.InsteadOf is not null)
        {
            var back = await new WayBack(session).GoAsync(setup.Time.GetUtcNow());
            why += back.Failure is null
                ? ""
                : $"; putting {session.Name(open.InsteadOf)} back: {back.Failure}";
        }

        return await Failed(session, target, why, trial.NotUp?.Log ?? [], trial.NotUp);
    }

    private async Task<OutcomeException> Failed(
        Session session,
        Release target,
        string why,
        IReadOnlyList<string> log,
        Exception? inner
    )
    {
        var runs = await setup.Platform.RunningAsync(Where, CancellationToken.None);
        if (session.History.Open is not null)
        {
            await session.EndAsync(
                new LedgerEntry(LedgerKinds.RollbackFailed) { Runs = runs?.Digest, Reason = why }
            );
        }

        return new OutcomeException(
            Outcome.RollbackFailed,
            $"The rollback to {target.Name} in {Environment} failed: {target.Name} {why}.",
            inner
        )
        {
            Details = Sentences.LastLines(log),
            Closing = session.CallSomeone(runs),
        };
    }
}
