using TheaIA.Abstractions;
using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.Leases;

public sealed class LeaseTests
{
    private readonly TestWorld _world = new();

    [Fact]
    public async Task When_it_is_free_it_is_had_for_a_minute_and_given_back()
    {
        await using (var keeper = await AskAsync())
        {
            _world.Lease.ShouldBe(keeper.Lease);
            keeper.Lease.Token.ShouldBe(1);
            keeper.Lease.Expires.ShouldBe(_world.Time.GetUtcNow() + TimeSpan.FromSeconds(60));
            keeper.Lapse.ShouldBeNull();
        }

        _world.Lease!.Expires.ShouldBe(DateTimeOffset.UnixEpoch);
        await using var next = await AskAsync();
        next.Lease.Token.ShouldBe(2);
        next.Lapse.ShouldBeNull();
    }

    [Fact]
    public async Task When_it_is_held_it_is_renewed_every_20_s()
    {
        await using var keeper = await AskAsync();

        await AdvanceAsync(
            TimeSpan.FromSeconds(20),
            () => keeper.Lease.Expires.Minute == 3 && keeper.Lease.Expires.Second == 20
        );
        await AdvanceAsync(TimeSpan.FromSeconds(20), () => keeper.Lease.Expires.Second == 40);

        _world.Lease.ShouldBe(keeper.Lease);
        keeper.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task When_it_was_not_renewed_it_lapses_and_that_is_recorded()
    {
        _world.Lease = Held("elsewhere", _world.Time.GetUtcNow());

        await using var keeper = await AskAsync();

        keeper.Lease.Token.ShouldBe(8);
        keeper.Lapse!.Kind.ShouldBe("lease-lapsed");
        keeper.Lapse.Reason.ShouldBe(
            "the lease of ops-9@elsewhere (Deploy 3f2c1a9, pid 77) lapsed: it was not renewed"
        );
    }

    [Fact]
    public async Task When_its_holder_is_dead_on_this_machine_it_is_had_at_once()
    {
        _world.Lease = Held("host", _world.Time.GetUtcNow() + TimeSpan.FromMinutes(1));
        _world.Dead.Add(77);

        await using var keeper = await AskAsync();

        keeper.Lapse!.Reason.ShouldBe(
            "the lease of ops-9@host (Deploy 3f2c1a9, pid 77) lapsed: its process is dead"
        );
        keeper.WaitedFor.ShouldBeNull();
    }

    [Fact]
    public async Task When_another_one_takes_it_the_next_step_is_refused_and_what_runs_is_told()
    {
        await using var keeper = await AskAsync();
        _world.Lease = Held("elsewhere", _world.Time.GetUtcNow() + TimeSpan.FromMinutes(1));

        var lost = await Should.ThrowAsync<OutcomeException>(() =>
            keeper.CheckAsync(CancellationToken.None)
        );

        lost.Outcome.ShouldBe(Outcome.Failed);
        lost.Message.ShouldBe(
            "The lease of development was taken over by ops-9@elsewhere (Deploy 3f2c1a9, pid 77): "
                + "Deploy 8d01c77 stopped here. ./build.sh Status says what runs."
        );
        keeper.Lost.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task When_its_record_is_gone_the_next_step_is_refused()
    {
        await using var keeper = await AskAsync();
        _world.Lease = null;

        var lost = await Should.ThrowAsync<OutcomeException>(() =>
            keeper.CheckAsync(CancellationToken.None)
        );

        lost.Message.ShouldStartWith(
            "The lease of development was taken over by nobody: its record is gone: Deploy 8d01c77"
        );
    }

    [Fact]
    public async Task When_another_one_takes_it_the_renewal_notices()
    {
        await using var keeper = await AskAsync();
        _world.Lease = Held("elsewhere", _world.Time.GetUtcNow() + TimeSpan.FromMinutes(1));

        await AdvanceAsync(TimeSpan.FromSeconds(20), () => keeper.Lost.IsCancellationRequested);

        _world.Lease.Token.ShouldBe(7);
    }

    [Fact]
    public async Task When_it_cannot_be_renewed_the_next_step_says_why()
    {
        var person = _world.Person();
        var keeper = await new LeaseRequest(
            person.Setup with
            {
                State = new Broken(person.Setup.State),
            },
            "Deploy 8d01c77"
        ).AcquireAsync(new TestProgress(), CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromSeconds(20));

        IOException? failure = null;
        for (var tries = 0; failure is null && tries < 1000; tries++)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
            failure =
                await Record.ExceptionAsync(() => keeper.CheckAsync(CancellationToken.None))
                as IOException;
        }

        failure!.Message.ShouldBe("The disk is full.");
        await Should.ThrowAsync<IOException>(async () => await keeper.DisposeAsync());
    }

    [Fact]
    public async Task When_two_ask_at_once_one_is_first_and_the_other_waits()
    {
        var raced = false;
        var person = _world.Person();
        var race = new Raced(
            person.Setup.State,
            () =>
            {
                if (!raced)
                {
                    raced = true;
                    _world.Lease = Held("host", DateTimeOffset.UnixEpoch);
                }
            }
        );

        await using var keeper = await new LeaseRequest(
            person.Setup with
            {
                State = race,
            },
            "Deploy 8d01c77"
        ).AcquireAsync(new TestProgress(), CancellationToken.None);

        keeper.Lease.Token.ShouldBe(8);
    }

    [Fact]
    public async Task When_waiting_is_interrupted_it_ends()
    {
        _world.Lease = Held("elsewhere", _world.Time.GetUtcNow() + TimeSpan.FromMinutes(1));
        using var interrupt = new CancellationTokenSource();
        var progress = new TestProgress();

        var waiting = new LeaseRequest(_world.Person().Setup, "Deploy 8d01c77").AcquireAsync(
            progress,
            interrupt.Token
        );
        await interrupt.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        progress.Did.ShouldContain(
            "development is being changed by ops-9@elsewhere (Deploy 3f2c1a9, pid 77): "
                + "waiting for its lease, 3 min left"
        );
    }

    private Task<LeaseKeeper> AskAsync() =>
        new LeaseRequest(_world.Person().Setup, "Deploy 8d01c77").AcquireAsync(
            new TestProgress(),
            CancellationToken.None
        );

    private async Task AdvanceAsync(TimeSpan time, Func<bool> until)
    {
        _world.Time.Advance(time);
        for (var tries = 0; !until() && tries < 1000; tries++)
        {
            await Task.Delay(1);
        }

        until().ShouldBeTrue();
    }

    private Lease Held(string machine, DateTimeOffset expires) =>
        new(
            _world.Where,
            7,
            new LeaseOwner($"ops-9@{machine}", machine, 77, 1),
            "Deploy 3f2c1a9",
            expires
        );

    private sealed class Broken(IStateStore store) : IStateStore
    {
        private bool _written;

        public Task<bool> WriteLeaseAsync(Lease next, Lease? expected, CancellationToken cancel)
        {
            if (_written)
            {
                throw new IOException("The disk is full.");
            }

            _written = true;
            return store.WriteLeaseAsync(next, expected, cancel);
        }

        public Task<IReadOnlyList<string>> ReadAsync(Place place, CancellationToken cancel) =>
            store.ReadAsync(place, cancel);

        public Task<bool> AppendAsync(
            Place place,
            string line,
            int expectedLength,
            CancellationToken cancel
        ) => store.AppendAsync(place, line, expectedLength, cancel);

        public Task<Lease?> ReadLeaseAsync(Place place, CancellationToken cancel) =>
            store.ReadLeaseAsync(place, cancel);

        public bool? IsDead(LeaseOwner owner) => store.IsDead(owner);
    }

    private sealed class Raced(IStateStore store, Action between) : IStateStore
    {
        public async Task<Lease?> ReadLeaseAsync(Place place, CancellationToken cancel)
        {
            var seen = await store.ReadLeaseAsync(place, cancel);
            between();
            return seen;
        }

        public Task<bool> WriteLeaseAsync(Lease next, Lease? expected, CancellationToken cancel) =>
            store.WriteLeaseAsync(next, expected, cancel);

        public Task<IReadOnlyList<string>> ReadAsync(Place place, CancellationToken cancel) =>
            store.ReadAsync(place, cancel);

        public Task<bool> AppendAsync(
            Place place,
            string line,
            int expectedLength,
            CancellationToken cancel
        ) => store.AppendAsync(place, line, expectedLength, cancel);

        public bool? IsDead(LeaseOwner owner) => store.IsDead(owner);
    }
}
