using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>What is true of a place now.</summary>
/// <param name="Where">The place.</param>
public sealed record PlaceStatus(Place Where)
{
    /// <summary>Where it answers.</summary>
    public string Address { get; init; } = "";

    /// <summary>The release that runs, as the platform says; null: nothing does.</summary>
    public Release? Runs { get; init; }

    /// <summary>Since when it runs.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether it answers ready; null: nothing runs.</summary>
    public bool? Healthy { get; init; }

    /// <summary>Nobody could measure what runs.</summary>
    public bool Unverified { get; init; }

    /// <summary>How long the last rollback took; null: there was none.</summary>
    public TimeSpan? LastRollback { get; init; }

    /// <summary>
    /// Why not all can be known: the ledger, or the head that is kept where the release runs, is changed,
    /// broken or missing; one sentence with what is to be done. Null: all is known.
    /// </summary>
    public string? Trouble { get; init; }

    /// <summary>Where the next rollback goes, as far as its image is still there; null: nowhere.</summary>
    public Release? NextUndo { get; init; }

    /// <summary>The release that was recorded as running when another one, or none, is found; null: as recorded.</summary>
    public Release? Recorded { get; init; }

    /// <summary>The intent without an end; null: none is open.</summary>
    public LedgerEntry? Open { get; init; }

    /// <summary>Who changes the place now; null: nobody.</summary>
    public Lease? ChangedBy { get; init; }

    /// <summary>Releases that may not be deployed.</summary>
    public IReadOnlyList<Hold> Held { get; init; } = [];

    /// <summary>Verified releases in the order in which they were deployed: how far others are behind.</summary>
    public IReadOnlyList<Release> Deployed { get; init; } = [];

    internal static async Task<PlaceStatus> OfAsync(DeployerSetup setup, CancellationToken cancel)
    {
        var (history, trouble) = await HistoryAsync(setup, cancel);
        var running = await setup.Platform.RunningAsync(setup.Where, cancel);
        if (running is not null && history.Entries.Count == 0)
        {
            trouble ??=
                $"{setup.Where} runs {new Claim("", running.Digest).Short}, but its ledger is missing or "
                + $"empty. Put a copy of {setup.State.WhereIs(setup.Where)} back, then ./build.sh Status.";
        }

        var lease = await setup.State.ReadLeaseAsync(setup.Where, cancel);
        var changing =
            lease is not null
            && lease.Expires > setup.Time.GetUtcNow()
            && setup.State.IsDead(lease.Owner) != true;
        return new PlaceStatus(setup.Where)
        {
            Address = setup.Platform.Address,
            Runs = running is null ? null : history.Release(running.Digest),
            Since = running?.Since,
            Healthy = running?.Healthy,
            Unverified = running is not null && history.IsUnverified(running.Digest),
            LastRollback = history.Rollbacks.Count == 0 ? null : history.Rollbacks[^1],
            Trouble = trouble,
            NextUndo = await NextUndoAsync(setup, history, running, cancel),
            Recorded =
                history.Runs is { } recorded && recorded != running?.Digest && !changing
                    ? history.Release(recorded)
                    : null,
            Open = history.Open,
            ChangedBy = changing ? lease : null,
            Held = history.Holds,
            Deployed = history.Deployed,
        };
    }

    // what can be shown is shown, whatever is wrong with the rest
    private static async Task<(LedgerHistory History, string? Trouble)> HistoryAsync(
        DeployerSetup setup,
        CancellationToken cancel
    )
    {
        try
        {
            return ((await Ledger.OpenAsync(setup, cancel)).History, null);
        }
        catch (OutcomeException changed) when (changed.Outcome == Outcome.Failed)
        {
            return (await WithoutHeadAsync(setup, cancel), changed.Message);
        }
    }

    private static async Task<LedgerHistory> WithoutHeadAsync(
        DeployerSetup setup,
        CancellationToken cancel
    )
    {
        try
        {
            return (await Ledger.OpenWithoutHeadAsync(setup, cancel)).History;
        }
        catch (OutcomeException)
        {
            return LedgerHistory.Of(setup.Where, []);
        }
    }

    // as Rollback chooses: from a place that a person stopped it goes nowhere
    private static async Task<Release?> NextUndoAsync(
        DeployerSetup setup,
        LedgerHistory history,
        Running? running,
        CancellationToken cancel
    )
    {
        if (running is null && history.RunsBy is { Kind: LedgerKinds.Stopped })
        {
            return null;
        }

        foreach (var target in history.UndoTargets(running?.Digest ?? history.RanLast))
        {
            if (await setup.Platform.CanStartAsync(target.What, setup.Where, cancel))
            {
                return target;
            }
        }

        return null;
    }
}
