using System.Globalization;
using System.Security.Cryptography;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>One run's time with a place: its lease is held, its ledger is read, and what is written is fenced.</summary>
internal sealed class Session : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly Ledger _ledger;

    private Session(DeployerSetup setup, LeaseKeeper lease, Ledger ledger, IProgressReport progress)
    {
        Setup = setup;
        Lease = lease;
        _ledger = ledger;
        Progress = progress;
    }

    public DeployerSetup Setup { get; }

    public LeaseKeeper Lease { get; }

    public IProgressReport Progress { get; }

    public LedgerHistory History => _ledger.History;

    public Place Where => Setup.Where;

    public IPlatform Platform => Setup.Platform;

    public TimeProvider Time => Setup.Time;

    /// <summary>A ledger that was changed is refused before anything is waited for.</summary>
    public static Task<Session> OpenAsync(
        DeployerSetup setup,
        LeaseRequest request,
        IProgressReport progress,
        CancellationToken cancel
    ) => OpenAsync(setup, request, Ledger.OpenAsync, progress, cancel);

    /// <summary>With a ledger that is opened in another way.</summary>
    public static async Task<Session> OpenAsync(
        DeployerSetup setup,
        LeaseRequest request,
        Func<DeployerSetup, CancellationToken, Task<Ledger>> openLedger,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        await openLedger(setup, cancel);
        var lease = await request.AcquireAsync(progress, cancel);
        try
        {
            setup.Reached(Steps.Lease);
            var session = new Session(setup, lease, await openLedger(setup, cancel), progress);
            if (lease.Lapse is { } lapse)
            {
                await session.AppendAsync(lapse);
            }

            return session;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Begins every run that changes something: closes what an earlier run left open, ends its
    /// leftovers, and records when what runs is not what was recorded.
    /// </summary>
    /// <returns>What really runs.</returns>
    public async Task<Running?> SettleAsync(CancellationToken cancel)
    {
        if (History.Open is not null)
        {
            await new Recovery(this).CloseAsync(earlier: true, cancel);
        }

        var running = await Platform.RunningAsync(Where, cancel);
        if (running?.Digest != History.Runs)
        {
            var reason =
                $"recorded as running: {Name(History.Runs)}; what runs: {Name(running?.Digest)}";
            await AppendAsync(
                new LedgerEntry(LedgerKinds.Found) { Runs = running?.Digest, Reason = reason }
            );
            Progress.Say($"What runs in {Where.Environment} is not what was recorded: {reason}.");
        }

        foreach (var found in await Platform.ReapAsync(Where, cancel))
        {
            Progress.Say(found);
        }

        return running;
    }

    /// <summary>Writes what is about to be done, before it is done.</summary>
    public async Task<LedgerEntry> IntendAsync(LedgerEntry intent)
    {
        var written = await AppendAsync(
            intent with
            {
                Deployment =
                    Time.GetUtcNow()
                        .UtcDateTime.ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture)
                    + RandomNumberGenerator.GetHexString(4, lowercase: true),
            }
        );
        Setup.Reached(Steps.Intent);
        return written;
    }

    /// <summary>Writes how the open intent ended.</summary>
    public async Task EndAsync(LedgerEntry end)
    {
        await AppendAsync(
            end with
            {
                Deployment = History.Open?.Deployment,
                Release = end.Release ?? History.Open?.Release,
            }
        );
        Setup.Reached(Steps.Recorded);
    }

    /// <summary>Appends in this run's name. Not cancelled: what happened is written down.</summary>
    public Task<LedgerEntry> AppendAsync(LedgerEntry entry) =>
        _ledger.AppendAsync(
            entry with
            {
                Actor = entry.Actor.Length > 0 ? entry.Actor : Setup.Actor,
            },
            Lease,
            CancellationToken.None
        );

    /// <summary>Applies a permit, with the newest lease only.</summary>
    public async Task ApplyAsync(Permit permit, CancellationToken cancel)
    {
        await Lease.CheckAsync(cancel);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, Lease.Lost);
        try
        {
            await Platform.ApplyAsync(permit, Lease.Lease, Progress, both.Token);
        }
        catch (OperationCanceledException) when (Lease.Lost.IsCancellationRequested)
        {
            // says who has it now
            await Lease.CheckAsync(CancellationToken.None);
            throw;
        }

        Setup.Reached(Steps.Applied);
    }

    /// <summary>Measures, for the bake time: bad ends it at once, good and unknown only its end.</summary>
    public async Task<Verification> VerifyAsync(
        string digest,
        TimeSpan bake,
        CancellationToken cancel
    )
    {
        var until = Time.GetUtcNow() + bake;
        while (true)
        {
            var measured = await Platform.VerifyAsync(Where, digest, cancel);
            var verification = Verification.Of(digest, measured);
            if (verification.Verdict == Verdict.Fail || Time.GetUtcNow() >= until)
            {
                Setup.Reached(Steps.Verified);
                return verification;
            }

            await Task.Delay(LookAgain, Time, cancel);
        }
    }

    /// <summary>Removes releases that nothing can need any more.</summary>
    public Task TidyAsync(CancellationToken cancel) =>
        Platform.TidyAsync(
            Where,
            [
                .. History
                    .Verified.Concat(History.Holds.Select(h => h.Release))
                    .Select(r => r.What.Digest)
                    .Append(History.Runs ?? "")
                    .Where(d => d.Length > 0)
                    .Distinct(StringComparer.Ordinal),
            ],
            cancel
        );

    /// <summary><c> Undo: ./build.sh Rollback</c>; where there is nothing to go back to, whose undo that will be.</summary>
    public async Task<string> UndoAsync(string leaving)
    {
        foreach (var target in History.UndoTargets(leaving))
        {
            if (await Platform.CanStartAsync(target.What, Where, CancellationToken.None))
            {
                return $" Undo: ./build.sh Rollback{Where.Option()}";
            }
        }

        return $" The next one's undo: ./build.sh Rollback{Where.Option()}";
    }

    public Release Release(string digest) => History.Release(digest);

    public string Name(string? digest) => digest is null ? "nothing" : Release(digest).Name;

    public async ValueTask DisposeAsync()
    {
        await Lease.DisposeAsync();
        Setup.Reached(Steps.Released);
    }
}
