using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Holds the lease of a place: renews it in the background and gives it back in the end.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly IStateStore _store;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewal;
    private Lease _lease;

    public LeaseKeeper(IStateStore store, TimeProvider time, Lease lease)
    {
        _store = store;
        _time = time;
        _lease = lease;
        _renewal = RenewAsync();
    }

    /// <summary>The record as it was last written.</summary>
    public Lease Lease => _lease;

    /// <summary>Cancelled when somebody else has the lease.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>What is to be recorded of how it was had; null: it was free.</summary>
    public LedgerEntry? Lapse { get; init; }

    /// <summary>The last holder that was waited for; null: nobody.</summary>
    public Lease? WaitedFor { get; init; }

    /// <summary>How long it was waited for.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Makes sure that the own token is still the newest: called before every step that changes something.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it was taken over.</exception>
    public async Task CheckAsync(CancellationToken cancel)
    {
        if (_renewal.IsFaulted)
        {
            await _renewal;
        }

        var newest = await _store.ReadLeaseAsync(_lease.Where, cancel);
        if (newest?.Token != _lease.Token)
        {
            await _lost.CancelAsync();
            throw new OutcomeException(
                Outcome.Failed,
                $"The lease of {_lease.Where.Environment} was taken over by "
                    + $"{newest?.Holder() ?? "nobody: its record is gone"}: {_lease.Purpose} stopped here. "
                    + $"./build.sh Status says what runs."
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _renewal;
            // false: somebody has taken it over, so there is nothing to give back
            await _store.WriteLeaseAsync(
                _lease with
                {
                    Expires = LeaseTimes.Released,
                },
                _lease,
                CancellationToken.None
            );
        }
        finally
        {
            _stop.Dispose();
            _lost.Dispose();
        }
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            await Task.Delay(LeaseTimes.Renewal, _time, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            var next = _lease with { Expires = _time.GetUtcNow() + LeaseTimes.Expiry };
            if (!await _store.WriteLeaseAsync(next, _lease, CancellationToken.None))
            {
                await _lost.CancelAsync();
                return;
            }

            _lease = next;
        }
    }
}

internal static class LeaseTimes
{
    /// <summary>A lease ends after this unless it is renewed.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    /// <summary>How often a waiting run looks.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>The expiry of a lease that was given back: no clock is that wrong.</summary>
    public static readonly DateTimeOffset Released = DateTimeOffset.UnixEpoch;

    /// <summary>A holder as a person reads it: <c>ops-1@host (Deploy 3f2c1a9, pid 4711)</c>.</summary>
    public static string Holder(this Lease lease) =>
        $"{lease.Owner.Person} ({lease.Purpose}, pid {lease.Owner.ProcessId})";
}
