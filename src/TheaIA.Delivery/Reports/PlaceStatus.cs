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

    /// <summary>Where the next rollback goes; null: nowhere.</summary>
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
        var history = (await Ledger.OpenAsync(setup, cancel)).History;
        var running = await setup.Platform.RunningAsync(setup.Where, cancel);
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
            NextUndo = history.UndoTargets(running?.Digest ?? history.RanLast).FirstOrDefault(),
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
}
