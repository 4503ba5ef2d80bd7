using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Asks for a place's lease, and waits for it where a person sees it.</summary>
internal sealed record LeaseRequest(DeployerSetup Setup, string Purpose)
{
    private static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(30);

    /// <summary>Takes the lease from a deployment in progress after this time. Null: never.</summary>
    public TimeSpan? TakeOverAfter { get; init; }

    private TimeProvider Time => Setup.Time;

    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: not had in time.</exception>
    public async Task<LeaseKeeper> AcquireAsync(IProgressReport progress, CancellationToken cancel)
    {
        var began = Time.GetUtcNow();
        var saidAt = DateTimeOffset.MinValue;
        Lease? waitedFor = null;
        while (true)
        {
            var seen = await Setup.State.ReadLeaseAsync(Setup.Where, cancel);
            var now = Time.GetUtcNow();
            var waited = now - began;
            if (Availability(seen, now, waited) is { } free)
            {
                var next = new Lease(
                    Setup.Where,
                    (seen?.Token ?? 0) + 1,
                    Setup.Owner,
                    Purpose,
                    now + LeaseTimes.Expiry
                )
                {
                    Since = now,
                };
                if (await Setup.State.WriteLeaseAsync(next, seen, cancel))
                {
                    return new LeaseKeeper(Setup.State, Time, next)
                    {
                        Lapse = free.Lapse,
                        WaitedFor = waitedFor,
                        Waited = waited,
                    };
                }

                // of two at once the other one was first: look again
                continue;
            }

            waitedFor = seen!;
            if (waited >= Setup.LeaseWait)
            {
                throw NotHad(waitedFor);
            }

            var line = Waiting(waitedFor, Limit(waitedFor) - waited);
            progress.Doing(line);
            if (now - saidAt >= SayAgain)
            {
                progress.Say(line);
                saidAt = now;
            }

            await Task.Delay(LeaseTimes.Poll, Time, cancel);
        }
    }

    private TimeSpan Limit(Lease holder) =>
        TakeOverAfter is { } takeOver && MayBeTakenFrom(holder) ? takeOver : Setup.LeaseWait;

    // of two people who roll back at once the second one waits, and is told where the first one landed
    private static bool MayBeTakenFrom(Lease holder) =>
        !holder.Purpose.StartsWith(Purposes.Rollback, StringComparison.Ordinal);

    private Free? Availability(Lease? seen, DateTimeOffset now, TimeSpan waited)
    {
        if (seen is null || seen.Expires == LeaseTimes.Released)
        {
            return new Free(null);
        }

        if (seen.Expires <= now)
        {
            return Lapsed(LedgerKinds.LeaseLapsed, "lapsed: it was not renewed");
        }

        if (Setup.State.IsDead(seen.Owner) == true)
        {
            return Lapsed(LedgerKinds.LeaseLapsed, "lapsed: its process is dead");
        }

        return TakeOverAfter <= waited && MayBeTakenFrom(seen)
            ? Lapsed(LedgerKinds.LeaseTaken, $"was taken over by {Purpose}")
            : null;

        Free Lapsed(string kind, string how) =>
            new(
                new LedgerEntry(kind)
                {
                    Actor = Setup.Actor,
                    Reason = $"the lease of {seen.Holder()} {how}",
                }
            );
    }

    private string Waiting(Lease holder, TimeSpan left) =>
        $"{Held(holder)}: waiting for its lease, {left.Rough()} left";

    private string Held(Lease holder) =>
        $"{Setup.Where.Environment} is being changed by {holder.Holder()}"
        + (holder.Since is { } since ? $" since {Time.Clock(since)}" : "");

    private OutcomeException NotHad(Lease holder) =>
        new(
            Outcome.Failed,
            $"{Held(holder)}: its lease was not had in {Setup.LeaseWait.Rough()}. "
                + "Nothing was done; try again, or ./build.sh Status."
        );

    private sealed record Free(LedgerEntry? Lapse);
}

/// <summary>First words of what a lease is for.</summary>
internal static class Purposes
{
    public const string Deploy = "Deploy";
    public const string Rollback = "Rollback";
}
