namespace TheaIA.Delivery;

/// <summary>
/// Ledger and lease of every place; the same contract on disk and on S3. Appends and lease writes are
/// compare-and-set: of two at once, one is told no and reads again.
/// </summary>
public interface IStateStore
{
    /// <summary>Reads the whole ledger of a place as lines; a torn last line (no line end) is removed first.</summary>
    /// <param name="place">The place.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <returns>One line an entry, without line ends; empty when there is none.</returns>
    Task<IReadOnlyList<string>> ReadAsync(Place place, CancellationToken cancel);

    /// <summary>Appends one line and makes it durable before it returns.</summary>
    /// <param name="place">The place.</param>
    /// <param name="line">The entry, without a line end.</param>
    /// <param name="expectedLength">How many lines the writer saw.</param>
    /// <param name="cancel">Taken before the write only.</param>
    /// <returns>False when another length was found: nothing is written.</returns>
    Task<bool> AppendAsync(Place place, string line, int expectedLength, CancellationToken cancel);

    /// <summary>The newest lease record of a place, expired or not; null when there never was one.</summary>
    /// <param name="place">The place.</param>
    /// <param name="cancel">Ends the read.</param>
    Task<Lease?> ReadLeaseAsync(Place place, CancellationToken cancel);

    /// <summary>Writes a lease record when the one that is there is still the expected one.</summary>
    /// <param name="next">The record to write.</param>
    /// <param name="expected">The record that was read; null: none.</param>
    /// <param name="cancel">Taken before the write only.</param>
    /// <returns>False when another record was found: nothing is written.</returns>
    Task<bool> WriteLeaseAsync(Lease next, Lease? expected, CancellationToken cancel);

    /// <summary>Whether the owner's process is known to be dead: true, false, or null when it is on another machine.</summary>
    /// <param name="owner">Who holds a lease.</param>
    bool? IsDead(LeaseOwner owner);

    /// <summary>The environments of a service that have a ledger here, in the order of their names.</summary>
    /// <param name="service">The service.</param>
    IReadOnlyList<string> EnvironmentsOf(string service) => [];

    /// <summary>Where a place's ledger is kept, for the person who has to put a copy back.</summary>
    /// <param name="place">The place.</param>
    string WhereIs(Place place) =>
        $"$THEAIA_STATE/ledger/{place.Service}/{place.Environment}.jsonl";
}

/// <summary>Hash and length of a ledger.</summary>
/// <param name="Hash">The hash of its last line.</param>
/// <param name="Length">How many lines.</param>
public sealed record LedgerHead(string Hash, int Length);
