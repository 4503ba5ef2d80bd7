using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Rehearses the way back: a copy of what runs, made to fail, through the ordinary door.</summary>
internal sealed class Drilling(DeployerSetup setup, IReadOnlyList<Check> claims)
{
    private string Environment => setup.Where.Environment;

    public async Task RunAsync(IProgressReport progress, CancellationToken cancel)
    {
        await using var session = await Session.OpenAsync(
            setup,
            new LeaseRequest(setup, "Drill"),
            progress,
            cancel
        );
        var running =
            await session.SettleAsync(cancel)
            ?? throw new OutcomeException(
                Outcome.Wrong,
                $"Nothing runs in {Environment}, so there is nothing to rehearse with. "
                    + $"./build.sh Deploy{setup.Where.Option()}"
            );
        var original = session.Release(running.Digest);
        var copy = await setup.Registry.FailingCopyAsync(original, cancel) with { Drill = true };
        var permit = await new Admission(
            setup.Environment,
            setup.Attestations,
            setup.Time
        ).AdmitAsync(copy, session.History, running.Digest, claims, cancel);
        setup.Reached(Steps.Admitted);
        await setup.Platform.CheckAsync(setup.Where, cancel);
        var began = setup.Time.GetUtcNow();
        await session.IntendAsync(
            new LedgerEntry(LedgerKinds.Intent)
            {
                Operation = Operations.Drill,
                Release = LedgerRelease.Of(copy),
                InsteadOf = running.Digest,
                Reason = $"a copy of {original.Name}, made to fail",
            }
        );
        var trial = await Trial.RunAsync(session, permit, TimeSpan.Zero, cancel);
        var back = await new WayBack(session).GoAsync(began);
        await session.EndAsync(
            new LedgerEntry(
                back.Failure is null ? LedgerKinds.NotDeployed : LedgerKinds.RollbackFailed
            )
            {
                Runs = back.Runs?.Digest,
                Reason = trial.Stands ? "the drill's copy came up" : trial.Why,
                Seconds = Failing.Took(back.Took),
            }
        );
        await session.TidyAsync(CancellationToken.None);
        Judge(session, original, trial, back);
    }

    private void Judge(Session session, Release original, Trial trial, CameBack back)
    {
        if (back.Failure is { } failure)
        {
            throw new OutcomeException(
                Outcome.RollbackFailed,
                $"The drill failed: {original.Name} did not come back in {Environment}: {failure}."
            )
            {
                Closing = session.CallSomeone(back.Runs),
            };
        }

        if (trial.Stands)
        {
            throw new OutcomeException(
                Outcome.RollbackFailed,
                $"The drill failed: its copy of {original.Name} was made to fail and came up. "
                    + $"{Environment} is back on {original.Name}; nothing was rehearsed."
            );
        }

        var goal = setup.RollbackGoal.Goal();
        var answers = $"{original.Name} answers again after {back.Took.Short()} {goal}";
        if (back.Took > setup.RollbackGoal)
        {
            throw new OutcomeException(
                Outcome.Refused,
                $"The drill took too long: {answers}. ./build.sh Logs{setup.Where.Option()}"
            );
        }

        session.Progress.Figure(answers);
        session.Progress.Closing($"Drill: {answers}. {Environment} is as before.");
    }
}
