using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>How a place is after it was put back to what ran before.</summary>
/// <param name="Failure">Why it is not as before; null: it is.</param>
/// <param name="Runs">What the platform says runs now.</param>
/// <param name="Took">How long it took.</param>
internal sealed record CameBack(string? Failure, Running? Runs, TimeSpan Took);

/// <summary>
/// The automatic way back: to what was seen running before, held or unverified too. A person's
/// Ctrl-C does not end it, the rollback goal does.
/// </summary>
internal sealed class WayBack(Session session)
{
    /// <summary>Puts back what ran before the open intent; nothing, where nothing did.</summary>
    public async Task<CameBack> GoAsync(DateTimeOffset since)
    {
        using var deadline = new CancellationTokenSource(session.Setup.RollbackGoal, session.Time);
        var before = session.History.Open?.InsteadOf;
        string? failure;
        try
        {
            failure = before is null
                ? await NothingAsync(deadline.Token)
                : await ReleaseAsync(before, deadline.Token);
        }
        catch (NotUpException e)
        {
            failure = e.Message;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            failure = $"it was not done in {session.Setup.RollbackGoal.Rough()}";
        }

        var runs = await session.Platform.RunningAsync(session.Where, CancellationToken.None);
        return new CameBack(failure, runs, session.Time.GetUtcNow() - since);
    }

    private async Task<string?> NothingAsync(CancellationToken cancel)
    {
        if (await session.Platform.RunningAsync(session.Where, cancel) is not null)
        {
            await session.Lease.CheckAsync(cancel);
            await session.Platform.StopAsync(session.Where, session.Lease.Lease, cancel);
        }

        return null;
    }

    private async Task<string?> ReleaseAsync(string before, CancellationToken cancel)
    {
        if (session.History.Open?.Release?.Digest == before)
        {
            // the release that ran was to be started again: there is no other one to go back to
            return null;
        }

        var running = await session.Platform.RunningAsync(session.Where, cancel);
        if (running?.Digest == before)
        {
            var still = await session.VerifyAsync(before, TimeSpan.Zero, cancel);
            if (still.Verdict != Verdict.Fail)
            {
                return null;
            }
        }

        await session.ApplyAsync(
            Permit.Back.Earn(session.History, before, running?.Digest),
            cancel
        );
        var verification = await session.VerifyAsync(before, TimeSpan.Zero, cancel);
        return verification.Verdict == Verdict.Fail ? verification.Culprits : null;
    }
}
