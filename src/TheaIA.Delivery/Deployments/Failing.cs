using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Ends a deployment whose release did not stand: the place is put back as it was.</summary>
internal sealed class Failing(Session session, Release release)
{
    private string Environment => session.Where.Environment;

    /// <returns>How the run ends: <see cref="Outcome.RolledBack"/>, or <see cref="Outcome.RollbackFailed"/>.</returns>
    public async Task<OutcomeException> EndAsync(Trial trial)
    {
        var since = session.Time.GetUtcNow();
        var open = session.History.Open!;
        if (trial.Verification is { } verification)
        {
            await new Recovery(session).MarkBadAsync(open, verification.Culprits, verification);
        }

        var back = await new WayBack(session).GoAsync(since);
        if (back.Failure is not null)
        {
            await session.EndAsync(
                new LedgerEntry(LedgerKinds.RollbackFailed)
                {
                    Runs = back.Runs?.Digest,
                    Reason = $"{trial.Why}; {back.Failure}",
                }
            );
            return new OutcomeException(
                Outcome.RollbackFailed,
                $"{release.Name} {trial.Why}, and {session.Name(open.InsteadOf)} did not come back: "
                    + $"{back.Failure}."
            )
            {
                Details = Sentences.LastLines(trial.NotUp?.Log ?? []),
                Closing = session.CallSomeone(back.Runs),
            };
        }

        await session.EndAsync(
            new LedgerEntry(LedgerKinds.NotDeployed)
            {
                Runs = back.Runs?.Digest,
                Reason = trial.Why,
                Seconds = open.InsteadOf is null ? null : Took(back.Took),
            }
        );
        if (open.InsteadOf is { } before && before != release.What.Digest)
        {
            session.Progress.Step(
                Purposes.Rollback,
                back.Took,
                $"{session.Name(before)} answers again {session.Setup.RollbackGoal.Goal()}"
            );
        }

        return new OutcomeException(Outcome.RolledBack, $"{release.Name} {trial.Why}")
        {
            Details = Sentences.LastLines(trial.NotUp?.Log ?? []),
            Closing = $"{AsBefore(back.Runs)} {NotDeployed(trial)}",
        };
    }

    public static Dictionary<string, double> Took(TimeSpan time) =>
        new(StringComparer.Ordinal) { [LedgerTimes.Rollback] = Math.Round(time.TotalSeconds, 3) };

    private string AsBefore(Running? runs) =>
        runs is null
            ? session.History.RanLast is null
                ? $"Nothing runs in {Environment}: this would have been its first deployment."
                : $"Nothing runs in {Environment}, as before."
            : $"{Environment} is {runs.Health()} on {session.Name(runs.Digest)}"
                + $"{session.Caveat(runs.Digest)}.";

    private string NotDeployed(Trial trial) =>
        $"{release.Name} was not deployed"
        + (
            trial.NotUp is { } notUp ? $". Its log: {notUp.LogFile}"
            : session.History.HoldOn(release.What.Digest) is { } hold
                ? $" and is held: {hold.HowToRelease(session.Where)}"
            : "."
        );
}
