namespace TheaIA.Delivery;

/// <summary>The ledger of one place, checked when it is opened and each time it is read again.</summary>
internal sealed class Ledger
{
    private readonly IStateStore _store;
    private readonly IPlatform _platform;
    private readonly Place _place;
    private readonly TimeProvider _time;

    private Ledger(DeployerSetup setup)
    {
        _store = setup.State;
        _platform = setup.Platform;
        _place = setup.Where;
        _time = setup.Time;
        History = LedgerHistory.Of(_place, []);
    }

    /// <summary>What the entries say, up to the last one read or appended here.</summary>
    public LedgerHistory History { get; private set; }

    public IReadOnlyList<LedgerEntry> Entries => History.Entries;

    public static async Task<Ledger> OpenAsync(DeployerSetup setup, CancellationToken cancel)
    {
        var ledger = new Ledger(setup);
        await ledger.ReadAsync(cancel);
        return ledger;
    }

    /// <summary>Appends an entry, durable before it returns, under the lease where there is one.</summary>
    /// <returns>The entry as it was written.</returns>
    public async Task<LedgerEntry> AppendAsync(
        LedgerEntry entry,
        LeaseKeeper? lease,
        CancellationToken cancel
    )
    {
        while (true)
        {
            if (lease is not null)
            {
                await lease.CheckAsync(cancel);
            }

            var (line, written) = LedgerLine.Write(
                entry with
                {
                    Seq = Entries.Count + 1,
                    Prev = Entries.Count == 0 ? "" : Entries[^1].Hash,
                    At = Milliseconds(_time.GetUtcNow()),
                }
            );
            if (await _store.AppendAsync(_place, line, Entries.Count, cancel))
            {
                History = LedgerHistory.Of(_place, [.. Entries, written]);
                await _platform.AnchorAsync(
                    _place,
                    new LedgerHead(written.Hash, written.Seq),
                    CancellationToken.None
                );
                return written;
            }

            // somebody wrote meanwhile (an Unhold needs no lease): see what, and try again
            await ReadAsync(cancel);
        }
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        // the anchor first: what another run appends between the two reads only makes the ledger longer
        var anchor = await _platform.AnchorAsync(_place, null, cancel);
        var lines = await _store.ReadAsync(_place, cancel);
        History = LedgerHistory.Of(
            _place,
            LedgerChain.Check(lines, anchor, _place, _store.WhereIs(_place))
        );
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset at) =>
        at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
}
