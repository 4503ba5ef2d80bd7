namespace TheaIA.Delivery;

/// <summary>
/// The right to change a place, for a time. It expires and names its holder, so that a killed run
/// never blocks the next one.
/// </summary>
/// <param name="Where">The place.</param>
/// <param name="Token">The fencing token: grows with every holder; a platform refuses an older one.</param>
/// <param name="Owner">Who holds it.</param>
/// <param name="Purpose">What for: <c>Deploy 3f2c1a9</c>.</param>
/// <param name="Expires">When it ends unless renewed.</param>
public sealed record Lease(
    Place Where,
    long Token,
    LeaseOwner Owner,
    string Purpose,
    DateTimeOffset Expires
)
{
    /// <summary>Since when its holder has it. Null: not known.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>Who holds a lease.</summary>
/// <param name="Person">User and machine: <c>ops-1@host</c>.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="Started">The process's start, in clock ticks since boot: tells a reused id from the same one.</param>
public sealed record LeaseOwner(string Person, string Machine, int ProcessId, long Started);
