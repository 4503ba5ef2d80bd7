using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Closes an open intent by asking the platform what really runs.</summary>
internal sealed class Recovery(Session session)
{
    private const string CutOff = "stopped without an end";

    /// <summary>The open intent ends here, in the ledger and in the place.</summary>
    /// <param name="earlier">Another run left it open; false: this one was interrupted.</param>
    /// <param name="cancel">Ends the questions; what is found is written down whatever happens.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.RollbackFailed"/>: what ran before could not be put back.
    /// </exception>
    public async Task CloseAsync(bool earlier, CancellationToken cancel)
    {
        var open = session.History.Open!;
        if (earlier)
        {
            session.Progress.Say($"{Heading(open)} {CutOff}.");
        }

        var running = await session.Platform.RunningAsync(session.Where, cancel);
        if (open.Operation == Operations.Stop)
        {
            var kind = running is null ? LedgerKinds.Stopped : LedgerKinds.NotStopped;
            await EndAsync(kind, running, CutOff);
        }
        else if (Arrived(open, running))
        {
            await ArriveAsync(open, running!, cancel);
        }
        else if (running is null ? open.InsteadOf is null : !IsOpens(open, running))
        {
            // as before, or what somebody started without us: neither is ours to change
            await EndAsync(LedgerKinds.NotDeployed, running, CutOff);
        }
        else
        {
            await GoBackAsync(CutOff, running);
        }
    }

    private bool Arrived(LedgerEntry open, Running? running) =>
        running is not null
        && running.Digest == open.Release?.Digest
        && open.Operation != Operations.Drill
        && session.History.OpenBad is null;

    private static bool IsOpens(LedgerEntry open, Running running) =>
        running.Digest == open.Release?.Digest && running.Digest != open.InsteadOf;

    private async Task ArriveAsync(LedgerEntry open, Running running, CancellationToken cancel)
    {
        var verification = await session.VerifyAsync(running.Digest, TimeSpan.Zero, cancel);
        if (verification.Verdict != Verdict.Fail)
        {
            var known =
                verification.Verdict != Verdict.Unknown
                || session.Setup.Environment.Policy.Forgiving;
            var kind =
                open.Operation == Operations.Rollback ? LedgerKinds.RolledBack
                : known ? LedgerKinds.Verified
                : LedgerKinds.Unverified;
            await EndAsync(kind, running, CutOff, verification.Checks);
            return;
        }

        await MarkBadAsync(open, verification.Culprits, verification);
        await GoBackAsync(verification.Culprits, running);
    }

    /// <summary>The verdict is written before it has consequences. Starting again what ran holds nothing.</summary>
    public Task MarkBadAsync(LedgerEntry open, string why, Verification verification) =>
        open.Release?.Digest == open.InsteadOf
            ? session.AppendAsync(
                new LedgerEntry(LedgerKinds.FoundBad) { Release = open.Release, Reason = why }
            )
            : session.AppendAsync(
                new LedgerEntry(LedgerKinds.Bad)
                {
                    Deployment = open.Deployment,
                    Release = open.Release,
                    Reason = why,
                    Checks = LedgerCheck.Of(verification.Checks),
                }
            );

    private async Task GoBackAsync(string why, Running? running)
    {
        var open = session.History.Open!;
        if (open.InsteadOf is null && open.Operation == Operations.Rollback)
        {
            // nothing ran before: a release that is not well is more than nothing
            await EndAsync(LedgerKinds.RollbackFailed, running, why);
            throw Failed(open, why, running);
        }

        var back = await new WayBack(session).GoAsync(session.Time.GetUtcNow());
        if (back.Failure is null)
        {
            await EndAsync(LedgerKinds.NotDeployed, back.Runs, why);
            return;
        }

        await EndAsync(LedgerKinds.RollbackFailed, back.Runs, $"{why}; {back.Failure}");
        throw Failed(open, back.Failure, back.Runs);
    }

    private async Task EndAsync(
        string kind,
        Running? running,
        string reason,
        IReadOnlyList<Check>? checks = null
    )
    {
        await session.EndAsync(
            new LedgerEntry(kind)
            {
                Runs = running?.Digest,
                Leaves = session.History.Open?.Leaves,
                Reason = reason,
                Checks = checks is null ? null : LedgerCheck.Of(checks),
            }
        );
        session.Progress.Say($"{Answers(running)}: recorded as {Spoken(kind)}.");
    }

    private string Answers(Running? running) =>
        running is null
            ? $"Nothing runs in {session.Where.Environment}"
            : $"{session.Platform.Host()} answers as {session.Name(running.Digest)}, "
                + running.Health();

    private string Heading(LedgerEntry open) =>
        "An earlier " + Sentences.Operation(open, session.Name(open.Release?.Digest), session.Time);

    private static string Spoken(string kind) => kind.Replace('-', ' ');

    private OutcomeException Failed(LedgerEntry open, string why, Running? runs) =>
        new(
            Outcome.RollbackFailed,
            $"{session.Name(open.InsteadOf ?? open.Release?.Digest)} could not be put back in "
                + $"{session.Where.Environment}: {why}."
        )
        {
            Closing = session.CallSomeone(runs),
        };
}
