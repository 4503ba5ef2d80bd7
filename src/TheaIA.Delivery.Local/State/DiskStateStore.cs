using System.Text;
using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Processes;
using TheaIA.Delivery.Local.State;

namespace TheaIA.Delivery.Local;

/// <summary>
/// Ledgers and leases as files of this user: <c>ledger/SERVICE/ENVIRONMENT.jsonl</c> and
/// <c>leases/SERVICE/ENVIRONMENT.json</c>. Every read and write of a place is under its lock file.
/// </summary>
/// <param name="root">$THEAIA_STATE; made when it is not there.</param>
/// <param name="time">The clock of the waiting for a lock.</param>
public sealed class DiskStateStore(string root, TimeProvider time) : IStateStore
{
    private const byte LineEnd = (byte)'\n';
    private const string Ledgers = "ledger";
    private const string LedgerEnding = ".jsonl";

    /// <inheritdoc/>
    public IReadOnlyList<string> EnvironmentsOf(string service)
    {
        var folder = Path.Combine(root, Ledgers, Names.Checked(service));
        return Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "*" + LedgerEnding)
                    .Select(file => Path.GetFileNameWithoutExtension(file))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReadAsync(Place place, CancellationToken cancel)
    {
        using var held = await LockAsync(place, cancel);
        return Read(LedgerOf(place));
    }

    /// <inheritdoc/>
    public async Task<bool> AppendAsync(
        Place place,
        string line,
        int expectedLength,
        CancellationToken cancel
    )
    {
        if (line.Contains('\n', StringComparison.Ordinal))
        {
            throw new ArgumentException("An entry of the ledger is one line.", nameof(line));
        }
        using var held = await LockAsync(place, cancel);
        var path = LedgerOf(place);
        if (Read(path).Count != expectedLength)
        {
            return false;
        }
        var isNew = !File.Exists(path);
        // one write: a kill leaves the whole line, or a torn one that the next reader removes
        using (
            var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 0)
        )
        {
            file.Write(Encoding.UTF8.GetBytes(line + '\n'));
            file.Flush(flushToDisk: true);
        }
        if (isNew)
        {
            Durable.Sync(Path.GetDirectoryName(path)!);
        }
        return true;
    }

    /// <inheritdoc/>
    public async Task<Lease?> ReadLeaseAsync(Place place, CancellationToken cancel)
    {
        using var held = await LockAsync(place, cancel);
        return LeaseIn(LeaseOf(place), place);
    }

    /// <inheritdoc/>
    public async Task<bool> WriteLeaseAsync(Lease next, Lease? expected, CancellationToken cancel)
    {
        using var held = await LockAsync(next.Where, cancel);
        var path = LeaseOf(next.Where);
        if (LeaseIn(path, next.Where) != expected)
        {
            return false;
        }
        Durable.CreateDirectory(Path.GetDirectoryName(path)!);
        Durable.RemoveAside(Path.GetDirectoryName(path)!);
        LocalJson.Write(path, next, LocalJson.Default.Lease);
        return true;
    }

    // a broken record names nobody who could hold it, and must not stop the way back: it reads as one that
    // expired, under a token newer than any before, the same until it is written anew
    private static Lease? LeaseIn(string path, Place place)
    {
        try
        {
            return LocalJson.Read(path, LocalJson.Default.Lease);
        }
        catch (OutcomeException)
        {
            return new Lease(
                place,
                File.GetLastWriteTimeUtc(path).Ticks,
                new LeaseOwner("nobody", Environment.MachineName, 0, 0),
                "a broken record",
                DateTimeOffset.MinValue
            );
        }
    }

    /// <inheritdoc/>
    public bool? IsDead(LeaseOwner owner) =>
        string.Equals(owner.Machine, Environment.MachineName, StringComparison.Ordinal)
        && OperatingSystem.IsLinux()
            ? !ProcessTable.IsAlive(new ProcessKey(owner.ProcessId, owner.Started))
            : null;

    /// <inheritdoc/>
    public string WhereIs(Place place) => LedgerOf(place);

    private static List<string> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }
        var bytes = File.ReadAllBytes(path);
        var whole = bytes.AsSpan().LastIndexOf(LineEnd) + 1;
        if (whole < bytes.Length)
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Write,
                FileShare.Read,
                0
            );
            file.SetLength(whole);
            file.Flush(flushToDisk: true);
        }
        return whole == 0 ? [] : [.. Encoding.UTF8.GetString(bytes, 0, whole - 1).Split('\n')];
    }

    private async Task<FileLock> LockAsync(Place place, CancellationToken cancel)
    {
        var path = Under(Ledgers, place, ".lock");
        Durable.CreateDirectory(Path.GetDirectoryName(path)!);
        return await FileLock.TakeAsync(path, time, cancel);
    }

    private string LedgerOf(Place place) => Under(Ledgers, place, LedgerEnding);

    private string LeaseOf(Place place) => Under("leases", place, ".json");

    private string Under(string folder, Place place, string ending) =>
        Path.Combine(
            root,
            folder,
            Names.Checked(place.Service),
            Names.Checked(place.Environment) + ending
        );
}
