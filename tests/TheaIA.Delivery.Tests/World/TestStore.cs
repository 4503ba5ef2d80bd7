namespace TheaIA.Delivery.Tests.World;

/// <summary>The state of a place, in memory; the same compare-and-set as on disk.</summary>
internal sealed class TestStore(TestWorld world, Life life) : IStateStore
{
    public Task<IReadOnlyList<string>> ReadAsync(Place place, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        life.Call();
        lock (world)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. world.Lines]);
        }
    }

    public Task<bool> AppendAsync(
        Place place,
        string line,
        int expectedLength,
        CancellationToken cancel
    )
    {
        cancel.ThrowIfCancellationRequested();
        life.Call();
        lock (world)
        {
            world.BeforeAppend?.Invoke();
            if (world.Lines.Count != expectedLength)
            {
                return Task.FromResult(false);
            }

            world.Lines.Add(line);
        }

        life.Call();
        return Task.FromResult(true);
    }

    public Task<Lease?> ReadLeaseAsync(Place place, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        life.Call();
        lock (world)
        {
            return Task.FromResult(world.Lease);
        }
    }

    public Task<bool> WriteLeaseAsync(Lease next, Lease? expected, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        life.Call();
        lock (world)
        {
            if (world.Lease != expected)
            {
                return Task.FromResult(false);
            }

            world.Lease = next;
        }

        life.Call();
        return Task.FromResult(true);
    }

    public bool? IsDead(LeaseOwner owner) =>
        owner.Machine != "host" ? null : world.Dead.Contains(owner.ProcessId);
}
