namespace TheaIA.Delivery;

/// <summary>The ledger of one place, checked when it is opened and each time it is read again.</summary>
internal sealed class Ledger
{
    private readonly IStateStore _store;
    private readonly IPlatform _platform;
    private readonly Place _place;
    private readonly TimeProvider _time;
    private bool _isHeadAsked = true;

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

    /// <summary>
    /// Without the head that the platform keeps, for what must be possible when that is broken: an end to
    /// what runs, and a look.
    /// </summary>
    public static async Task<Ledger> OpenWithoutHeadAsync(
        DeployerSetup setup,
        CancellationToken cancel
    )
    {
        var ledger = new Ledger(setup) { _isHeadAsked = false };
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
                await AnchorAsync();
                return written;
            }

            // somebody wrote meanwhile (an Unhold needs no lease): see what, and try again
            await ReadAsync(cancel);
        }
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        // the anchor first: what another run appends between the two reads only makes the ledger longer
        var anchor = _isHeadAsked ? await _platform.AnchorAsync(_place, null, cancel) : null;
        var lines = await _store.ReadAsync(_place, cancel);
        History = LedgerHistory.Of(
            _place,
            LedgerChain.Check(lines, anchor, _place, _store.WhereIs(_place))
        );
        if (anchor is null && Entries.Count > 0)
        {
            // a head that was moved away, or a run that ended before it kept one: what is whole is kept anew
            await AnchorAsync();
        }
    }

    // a head that is broken stays as it is: whoever asks for it next is told
    private async Task AnchorAsync()
    {
        if (_isHeadAsked)
        {
            var head = new LedgerHead(Entries[^1].Hash, Entries.Count);
            await _platform.AnchorAsync(_place, head, CancellationToken.None);
        }
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset at) =>
        at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
}
