using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.Deployments;

public sealed class RecoverTests
{
    private static readonly Release A = TestWorld.Release("aaaaaa1");
    private static readonly Release B = TestWorld.Release("bbbbbb2");
    private static readonly Release C = TestWorld.Release("cccccc3");
    private readonly TestWorld _world = new();

    [Fact]
    public async Task When_nothing_is_open_it_says_what_runs()
    {
        await DeployAsync(A);

        (await _world.Person().RecoverAsync()).ShouldBe(
            """
            ok    nothing was open
            => Nothing was open: development runs aaaaaa1 since 14:03, healthy.
            """
        );
    }

    [Fact]
    public async Task When_nothing_ever_ran_it_is_no_error()
    {
        (await _world.Person().RecoverAsync()).ShouldEndWith(
            "=> Nothing was open: nothing runs in development. ./build.sh Deploy"
        );
    }

    [Fact]
    public async Task When_what_ran_is_gone_it_says_how_to_start_it_again()
    {
        await _world.DeployAsync(A);
        _world.Runs = null;

        (await _world.Person().RecoverAsync()).ShouldEndWith(
            "=> Nothing was open: nothing runs in development. To start aaaaaa1 again: "
                + "./build.sh Deploy --release aaaaaa1"
        );
    }

    [Fact]
    public async Task When_the_deployment_is_unknown_it_is_refused_and_nothing_is_written()
    {
        await _world.DeployAsync(A);
        var (lines, lease) = (_world.Lines.Count, _world.Lease);

        (await _world.Person().RecoverAsync("20261124-1")).ShouldBe(
            "exit 2: There never was a deployment 20261124-1 in development; none is open. "
                + "./build.sh Recover closes what is open."
        );
        (_world.Lines.Count, _world.Lease).ShouldBe((lines, lease));
    }

    [Theory]
    [InlineData("lease", "aaaaaa1")]
    [InlineData("admitted", "aaaaaa1")]
    [InlineData("intent", "aaaaaa1")]
    [InlineData("started", "aaaaaa1")]
    [InlineData("probed", "aaaaaa1")]
    [InlineData("switched", "bbbbbb2")]
    [InlineData("drained", "bbbbbb2")]
    [InlineData("reaped", "bbbbbb2")]
    [InlineData("applied", "bbbbbb2")]
    [InlineData("verified", "bbbbbb2")]
    [InlineData("recorded", "bbbbbb2")]
    [InlineData("released", "bbbbbb2")]
    public async Task When_a_deployment_is_killed_what_serves_is_recorded(string step, string runs)
    {
        await DeployAsync(A);
        var killed = _world.Person(diesAt: step);
        await killed.DeployAsync(B);
        killed.Crashed.ShouldBeTrue();

        await _world.Person().RecoverAsync();

        _world.Ran.ShouldContain(_world.Runs!);
        _world.Started.ShouldBeEmpty();
        _world.History.Open.ShouldBeNull();
        _world.History.Runs.ShouldBe(_world.Runs);
        _world.History.Release(_world.Runs!).Name.ShouldBe(runs);
        _world.History.WasVerified(_world.Runs!).ShouldBeTrue();
        _world.History.Holds.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("lease", "bbbbbb2")]
    [InlineData("intent", "bbbbbb2")]
    [InlineData("probed", "bbbbbb2")]
    [InlineData("switched", "aaaaaa1")]
    [InlineData("verified", "aaaaaa1")]
    [InlineData("recorded", "aaaaaa1")]
    public async Task When_a_rollback_is_killed_only_one_that_arrived_holds(
        string step,
        string runs
    )
    {
        await DeployAsync(A, B);
        await _world.Person(diesAt: step).RollbackAsync();

        await _world.Person().RecoverAsync();

        _world.History.Release(_world.Runs!).Name.ShouldBe(runs);
        _world.History.Runs.ShouldBe(_world.Runs);
        _world.History.Holds.Select(h => h.Release).ShouldBe(runs == "aaaaaa1" ? [B] : []);
    }

    [Fact]
    public async Task When_it_was_killed_before_the_switch_the_next_run_says_not_deployed()
    {
        await DeployAsync(A);
        await _world.Person(diesAt: "started").DeployAsync(B);

        (await _world.Person().RecoverAsync()).ShouldBe(
            """
            An earlier deployment of bbbbbb2 (ops-1, 14:03) stopped without an end.
            localhost:8000 answers as aaaaaa1, healthy: recorded as not deployed.
            Ended what a killed run left.
            ok    1 deployment closed
            => Recovered: development runs aaaaaa1 since 14:03, healthy.
            """
        );
        _world.History.Entries.ShouldContain(e =>
            e.Kind == "lease-lapsed"
            && e.Reason
                == "the lease of ops-1@host (Deploy bbbbbb2, pid 4712) lapsed: its process is dead"
        );
    }

    [Fact]
    public async Task When_it_was_killed_after_the_switch_the_next_run_verifies_it()
    {
        await DeployAsync(A);
        await _world.Person(diesAt: "switched").DeployAsync(B);

        (await _world.Person().RecoverAsync()).ShouldContain(
            "localhost:8000 answers as bbbbbb2, healthy: recorded as verified."
        );
    }

    [Fact]
    public async Task When_what_it_switched_to_is_bad_it_flips_back_and_holds_it()
    {
        await DeployAsync(A);
        _world.Behaviours[B.What.Digest] = Behaviour.MeasuredBad;
        await _world.Person(diesAt: "switched").DeployAsync(B);

        var screen = await _world.Person().RecoverAsync();

        screen.ShouldContain(
            "localhost:8000 answers as aaaaaa1, healthy: recorded as not deployed."
        );
        _world.History.Holds.Single().Release.ShouldBe(B);
    }

    [Fact]
    public async Task When_it_was_killed_on_its_way_back_the_way_back_is_completed()
    {
        await DeployAsync(A);
        _world.Behaviours[B.What.Digest] = Behaviour.BadOnce;
        var killed = _world.Person();
        _world.BeforeApply = permit =>
        {
            if (permit is Permit.Back)
            {
                _world.BeforeApply = null;
                throw new CrashException();
            }
        };
        await killed.DeployAsync(B);
        killed.Crashed.ShouldBeTrue();
        _world.Runs.ShouldBe(B.What.Digest);
        _world.History.OpenBad.ShouldNotBeNull();

        await _world.Person().RecoverAsync();

        _world.Runs.ShouldBe(A.What.Digest);
        _world.History.Holds.Single().Release.ShouldBe(B);
    }

    [Fact]
    public async Task When_everything_died_what_ran_before_is_started_again()
    {
        await DeployAsync(A);
        await _world.Person(diesAt: "started").DeployAsync(B);
        _world.Runs = null;

        await _world.Person().RecoverAsync();

        _world.Runs.ShouldBe(A.What.Digest);
        _world.History.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_something_else_runs_it_is_recorded_and_left_alone()
    {
        await DeployAsync(A, C);
        await _world.Person(diesAt: "started").DeployAsync(B);
        _world.Runs = A.What.Digest;

        await _world.Person().RecoverAsync();

        _world.Runs.ShouldBe(A.What.Digest);
        _world.History.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_what_ran_before_cannot_be_put_back_it_is_exit_5()
    {
        await DeployAsync(A);
        await _world.Person(diesAt: "started").DeployAsync(B);
        _world.Runs = null;
        _world.Behaviours[A.What.Digest] = Behaviour.EndsAtStart;

        (await _world.Person().RecoverAsync()).ShouldEndWith(
            """
            exit 5: aaaaaa1 could not be put back in development: ended at start with exit code 3.
            => Call someone: nothing runs in development. ./build.sh Rollback --to aaaaaa1
            """
        );
        _world.History.Open.ShouldBeNull();
        _world.History.Runs.ShouldBeNull();
    }

    [Fact]
    public async Task When_a_rollback_from_nothing_was_killed_and_its_target_is_bad_it_stays_and_says_so()
    {
        await DeployAsync(A, B);
        _world.Runs = null;
        _world.Behaviours[A.What.Digest] = Behaviour.MeasuredBad;
        await _world.Person(diesAt: "switched").RollbackAsync();

        var screen = await _world.Person().RecoverAsync();

        screen.ShouldContain(
            "An earlier rollback to aaaaaa1 (ops-1, 14:04) stopped without an end."
        );
        screen.ShouldContain(
            "localhost:8000 answers as aaaaaa1, healthy: recorded as rollback failed."
        );
        screen.ShouldContain(
            "exit 5: aaaaaa1 could not be put back in development: ready: GET /health/ready answered 503."
        );
        _world.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_a_strict_place_cannot_measure_it_it_is_unverified()
    {
        await DeployAsync(A);
        await _world.Person(diesAt: "switched").DeployAsync(B);
        _world.Behaviours[B.What.Digest] = Behaviour.NotMeasurable;
        _world.Policy = Policy.Strict;

        await _world.Person().RecoverAsync();

        _world.History.IsUnverified(B.What.Digest).ShouldBeTrue();
        _world.History.WasVerified(B.What.Digest).ShouldBeFalse();
        _world.History.Runs.ShouldBe(B.What.Digest);
    }

    [Theory]
    [InlineData(false, "Nothing runs in development: recorded as stopped.")]
    [InlineData(true, "localhost:8000 answers as aaaaaa1, healthy: recorded as not stopped.")]
    public async Task When_a_stop_was_killed_it_asks_what_came_of_it(bool stillRuns, string says)
    {
        await DeployAsync(A);
        await _world.Person(diesAt: stillRuns ? "intent" : "applied").StopAsync();

        var screen = await _world.Person().RecoverAsync();

        screen.ShouldStartWith($"An earlier stop (ops-1, 14:03) stopped without an end.\n{says}");
        (_world.History.Runs is not null).ShouldBe(stillRuns);
    }

    [Fact]
    public async Task When_another_deployment_is_named_the_open_one_stays_open()
    {
        await DeployAsync(A);
        await _world.Person(diesAt: "started").DeployAsync(B);
        var open = _world.History.Open!.Deployment;

        (await _world.Person().RecoverAsync("20261124-1")).ShouldBe(
            $"exit 2: There never was a deployment 20261124-1 in development; {open} is open. "
                + "./build.sh Recover closes what is open."
        );
        var ended = _world.History.Entries[0].Deployment;
        (await _world.Person().RecoverAsync(ended)).ShouldBe(
            $"=> Deployment {ended} is not open in development; {open} is: "
                + "./build.sh Recover closes it."
        );
        _world.History.Open.ShouldNotBeNull();

        await _world.Person().RecoverAsync(open);
        _world.History.Open.ShouldBeNull();
        _world.History.EndOf(open!)!.Kind.ShouldBe("not-deployed");
    }

    [Fact]
    public async Task When_what_runs_is_not_what_was_recorded_it_is_recorded()
    {
        await DeployAsync(A);
        _world.Runs = null;

        (await _world.Person().RecoverAsync()).ShouldStartWith(
            "What runs in development is not what was recorded: "
                + "recorded as running: aaaaaa1; what runs: nothing."
        );
        _world.History.Entries[^1].Kind.ShouldBe("found");
        _world.History.Runs.ShouldBeNull();
    }

    [Fact]
    public async Task When_the_next_command_is_another_deployment_it_closes_the_earlier_one_first()
    {
        await DeployAsync(A);
        await _world.Person(diesAt: "switched").DeployAsync(B);

        var screen = await _world.Person().DeployAsync(C);

        screen.ShouldStartWith(
            """
            An earlier deployment of bbbbbb2 (ops-1, 14:03) stopped without an end.
            localhost:8000 answers as bbbbbb2, healthy: recorded as verified.
            """
        );
        _world.History.Verified.ShouldBe([A, B, C]);
    }

    private async Task DeployAsync(params Release[] releases)
    {
        foreach (var release in releases)
        {
            await _world.DeployAsync(release);
        }
    }
}
