using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.Deployments;

/// <summary>Two people at once, in one place.</summary>
public sealed class TogetherTests
{
    private static readonly Release A = TestWorld.Release("aaaaaa1");
    private static readonly Release B = TestWorld.Release("bbbbbb2");
    private static readonly Release C = TestWorld.Release("cccccc3");
    private readonly TestWorld _world = new();

    [Fact]
    public async Task When_two_roll_back_the_second_is_told_where_the_first_one_landed()
    {
        await DeployAsync(A, B, C);
        var second = _world.Person("ops-2");
        await _world.Person().RollbackAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(4));

        // typed before the first one ended; its build program started afterwards
        var screen = await second.RollbackAsync();

        screen.ShouldBe(
            """
            ok    already on bbbbbb2
            => development is already back on bbbbbb2 (by ops-1, 4 s ago). Nothing done.
            """
        );
        _world.Runs.ShouldBe(B.What.Digest);
    }

    [Fact]
    public async Task When_the_second_reads_the_ledger_first_and_then_waits_it_is_told_too()
    {
        await DeployAsync(A, B, C);
        var first = _world.Person();
        var second = _world.Person("ops-2");
        Task<string>? waiting = null;
        _world.BeforeApply = _ => waiting ??= second.RollbackAsync();

        await first.RollbackAsync();
        var screen = await _world.PassAsync(waiting!);

        screen.ShouldStartWith(
            "development is being changed by ops-1@host (Rollback, pid 4714) since 14:05: "
                + "waiting for its lease, 3 min left"
        );
        screen.ShouldContain("=> development is already back on bbbbbb2 (by ops-1, ");
        _world.Runs.ShouldBe(B.What.Digest);
    }

    [Fact]
    public async Task When_a_rollback_is_typed_after_another_ended_it_goes_one_further()
    {
        await DeployAsync(A, B, C);
        await _world.RollbackAsync();

        await _world.RollbackAsync();

        _world.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_another_person_rolls_back_and_a_third_release_is_named_it_goes_there()
    {
        await DeployAsync(A, B, C);
        var second = _world.Person("ops-2");
        await _world.Person().RollbackAsync();

        await second.RollbackAsync("aaaaaa1");

        _world.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_somebody_deployed_between_the_look_and_the_lease_it_does_nothing()
    {
        await DeployAsync(A, B);
        var second = _world.Person("ops-2");
        second.Life.Step = step =>
        {
            if (step == "lease")
            {
                second.Life.Step = static _ => { };
                _world.Lease = _world.Lease! with { Expires = DateTimeOffset.UnixEpoch };
                _world.Person().DeployAsync(C).GetAwaiter().GetResult();
                _world.Lease = _world.Lease! with { Token = 3 };
            }
        };

        var screen = await second.RollbackAsync();

        screen.ShouldEndWith(
            "exit 1: development runs cccccc3 by now (ops-1, 14:04), not bbbbbb2. "
                + "Nothing done; to go back from it: ./build.sh Rollback"
        );
        _world.Runs.ShouldBe(C.What.Digest);
    }

    [Fact]
    public async Task When_a_deployment_in_progress_is_too_slow_the_rollback_takes_its_lease_and_stays()
    {
        await DeployAsync(A, B);
        var deploying = _world.Person();
        var rolling = _world.Person("ops-2");
        Task<string>? rollback = null;
        _world.BeforeApply = _ =>
        {
            rollback ??= rolling.RollbackAsync();
            _world.PassAsync(rollback).GetAwaiter().GetResult();
        };

        var deployed = await deploying.DeployAsync(C);

        deployed.ShouldEndWith(
            "exit 1: The lease of development was taken over by ops-2@host (Rollback, pid 4714): "
                + "Deploy cccccc3 stopped here. ./build.sh Status says what runs."
        );
        var screen = await rollback!;
        screen.ShouldStartWith(
            "development is being changed by ops-1@host (Deploy cccccc3, pid 4713) since 14:04: "
                + "waiting for its lease, 10 s left"
        );
        screen.ShouldContain(
            """
            An earlier deployment of cccccc3 (ops-1, 14:04) stopped without an end.
            localhost:8000 answers as bbbbbb2, healthy: recorded as not deployed.
            ok    already on bbbbbb2
            => development is already back on bbbbbb2 (Deploy cccccc3 did not get there). Nothing done.
            """
        );
        _world.Runs.ShouldBe(B.What.Digest);
        _world.History.Entries.ShouldContain(e =>
            e.Kind == "lease-taken"
            && e.Reason
                == "the lease of ops-1@host (Deploy cccccc3, pid 4713) was taken over by Rollback"
        );
    }

    [Fact]
    public async Task When_the_deployment_in_progress_arrives_the_rollback_undoes_it()
    {
        await DeployAsync(A, B);
        var rolling = _world.Person("ops-2");
        Task<string>? rollback = null;
        _world.BeforeApply = _ => rollback ??= rolling.RollbackAsync();

        await _world.Person().DeployAsync(C);
        await _world.PassAsync(rollback!);

        _world.Runs.ShouldBe(B.What.Digest);
        _world.History.Holds.Single().Release.ShouldBe(C);
    }

    [Fact]
    public async Task When_a_verification_is_in_progress_the_rollback_is_none_the_less_done()
    {
        await DeployAsync(A, B);
        var rolling = _world.Person("ops-2");
        Task<string>? rollback = null;
        var verifying = _world.Person();
        verifying.Life.Step = _ => rollback ??= rolling.RollbackAsync();

        await verifying.VerifyAsync();
        await _world.PassAsync(rollback!);

        _world.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_a_deployment_waits_too_long_it_names_the_holder()
    {
        await DeployAsync(A);
        _world.Lease = new Lease(
            _world.Where,
            9,
            new LeaseOwner("ops-9@elsewhere", "elsewhere", 77, 1),
            "Deploy bbbbbb2",
            _world.Time.GetUtcNow() + TimeSpan.FromHours(1)
        );

        var screen = await _world.PassAsync(_world.Person().DeployAsync(B));

        screen.ShouldStartWith(
            "development is being changed by ops-9@elsewhere (Deploy bbbbbb2, pid 77): "
                + "waiting for its lease, 3 min left"
        );
        screen.ShouldContain("waiting for its lease, 2 min 30 s left");
        screen.ShouldEndWith(
            "exit 1: development is being changed by ops-9@elsewhere (Deploy bbbbbb2, pid 77): its "
                + "lease was not had in 3 min. Nothing was done; try again, or ./build.sh Status."
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_lease_is_lost_while_it_is_applied_it_says_who_has_it(
        bool onTheWayBack
    )
    {
        await DeployAsync(A);
        _world.Behaviours[B.What.Digest] = Behaviour.MeasuredBad;
        _world.BeforeApply = permit =>
        {
            if (permit is Permit.Back == onTheWayBack)
            {
                _world.Lease = new Lease(
                    _world.Where,
                    9,
                    new LeaseOwner("ops-9@elsewhere", "elsewhere", 77, 1),
                    "Rollback",
                    _world.Time.GetUtcNow() + TimeSpan.FromHours(1)
                );
                _world.Time.Advance(TimeSpan.FromSeconds(20));
                // the renewal notices on a thread of its own
                Task.Delay(200).GetAwaiter().GetResult();
            }
        };

        (await _world.DeployAsync(B)).ShouldEndWith(
            "exit 1: The lease of development was taken over by ops-9@elsewhere (Rollback, pid 77): "
                + "Deploy bbbbbb2 stopped here. ./build.sh Status says what runs."
        );
    }

    [Fact]
    public async Task When_an_unhold_comes_between_a_deployment_goes_on()
    {
        await DeployAsync(A, B);
        await _world.RollbackAsync();
        var other = _world.Person("ops-2");
        _world.BeforeApply = _ => other.UnholdAsync("bbbbbb2").GetAwaiter().GetResult();

        await _world.DeployAsync(C);

        _world.History.Holds.ShouldBeEmpty();
        _world.History.Runs.ShouldBe(C.What.Digest);
    }

    [Fact]
    public async Task When_a_line_is_written_at_the_same_moment_it_reads_again_and_writes_behind_it()
    {
        await DeployAsync(A);
        var other = _world.Person("ops-2");
        _world.BeforeAppend = () =>
        {
            _world.BeforeAppend = null;
            var (line, _) = LedgerLine.Write(
                new LedgerEntry("a newer program's")
                {
                    Seq = 3,
                    Prev = _world.History.Entries[^1].Hash,
                    At = _world.Time.GetUtcNow(),
                }
            );
            _world.Lines.Add(line);
        };

        await other.DeployAsync(B);

        _world.History.Entries.Select(e => e.Seq).ShouldBe([1, 2, 3, 4, 5]);
        _world.History.Runs.ShouldBe(B.What.Digest);
    }

    private async Task DeployAsync(params Release[] releases)
    {
        foreach (var release in releases)
        {
            await _world.DeployAsync(release);
        }
    }
}
