using TheaIA.Abstractions;
using TheaIA.Delivery.Local.State;
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
    public async Task A_broken_lease_file_is_nobodys_and_expired_so_that_the_way_back_goes_on()
    {
        await _store.WriteLeaseAsync(Lease(1), null, Run.Cancel);
        var path = Path.Combine(_root, "leases/tiny-api/development.json");
        await File.WriteAllTextAsync(path, "{", Run.Cancel);
        var read = (await _store.ReadLeaseAsync(TestPlace.Where, Run.Cancel))!;
        read.Expires.ShouldBe(DateTimeOffset.MinValue);
        read.Token.ShouldBeGreaterThan(1);
        _store.IsDead(read.Owner).ShouldBe(true);
        (await _store.WriteLeaseAsync(Lease(2), null, Run.Cancel)).ShouldBeFalse();
        (await _store.WriteLeaseAsync(Lease(2), read, Run.Cancel)).ShouldBeTrue();
        (await _store.ReadLeaseAsync(TestPlace.Where, Run.Cancel)).ShouldBe(Lease(2));
    }

    [Fact]
    public void A_broken_file_of_a_place_is_named_with_what_to_do()
    {
        var path = Path.Combine(_root, "ledger-head");
        Directory.CreateDirectory(_root);
        File.WriteAllText(path, "{");
        var error = Should.Throw<OutcomeException>(() =>
            LocalJson.Read(path, LocalJson.Default.LedgerHead)
        );
        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{path} is broken: it is not what was written there. Move it away, then ./build.sh Status."
        );
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
