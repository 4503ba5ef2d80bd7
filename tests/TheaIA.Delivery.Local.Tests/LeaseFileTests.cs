using System.Text.Json;
using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public sealed class LeaseFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("theaia-lease").FullName;
    private readonly DiskStateStore _store;

    public LeaseFileTests() => _store = new DiskStateStore(_root, TimeProvider.System);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_lease_is_written_in_place_of_the_one_that_was_read()
    {
        (await _store.ReadLeaseAsync(TestPlace.Where, Run.Cancel)).ShouldBeNull();
        var first = Lease(1);
        (await _store.WriteLeaseAsync(first, null, Run.Cancel)).ShouldBeTrue();
        (await _store.ReadLeaseAsync(TestPlace.Where, Run.Cancel)).ShouldBe(first);
        (await _store.WriteLeaseAsync(Lease(2), null, Run.Cancel)).ShouldBeFalse();
        (await _store.WriteLeaseAsync(Lease(2), Lease(7), Run.Cancel)).ShouldBeFalse();
        (await _store.WriteLeaseAsync(Lease(2), first, Run.Cancel)).ShouldBeTrue();
        (await _store.ReadLeaseAsync(TestPlace.Where, Run.Cancel)).ShouldBe(Lease(2));
        Directory.GetFiles(Path.Combine(_root, "leases", "tiny-api")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_it()
    {
        var got = await Task.WhenAll(
            Enumerable
                .Range(1, 8)
                .Select(i => Task.Run(() => _store.WriteLeaseAsync(Lease(i), null, Run.Cancel)))
        );
        got.Count(g => g).ShouldBe(1);
    }

    [Fact]
    public async Task A_broken_lease_file_is_named()
    {
        await _store.WriteLeaseAsync(Lease(1), null, Run.Cancel);
        var path = Path.Combine(_root, "leases/tiny-api/development.json");
        await File.WriteAllTextAsync(path, "{", Run.Cancel);
        var error = await Should.ThrowAsync<JsonException>(() =>
            _store.ReadLeaseAsync(TestPlace.Where, Run.Cancel)
        );
        error.Message.ShouldStartWith($"{path} is broken: ");
    }

    [Fact]
    public async Task A_process_is_dead_when_it_is_gone_or_its_id_was_given_to_another()
    {
        var me = ThisProcess.Owner();
        me.Person.ShouldBe($"{Environment.UserName}@{Environment.MachineName}");
        me.ProcessId.ShouldBe(Environment.ProcessId);
        me.Started.ShouldBeGreaterThan(0);
        _store.IsDead(me).ShouldBe(false);
        _store.IsDead(me with { Started = me.Started + 1 }).ShouldBe(true);
        _store.IsDead(me with { Machine = "elsewhere" }).ShouldBeNull();
        using var child = Child.Start("true");
        await child.WaitForExitAsync(Run.Cancel);
        _store.IsDead(me with { ProcessId = child.Id }).ShouldBe(true);
    }

    private static Lease Lease(long token) =>
        new(
            TestPlace.Where,
            token,
            new LeaseOwner("ops-1@host", "host", 4711, 12345),
            "Deploy 3f2c1a9",
            new DateTimeOffset(2026, 11, 24, 14, 2, 3, TimeSpan.Zero).AddTicks(1234567)
        );
}
