using TheaIA.Abstractions;
using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.Deployments;

public sealed class DeployTests
{
    private static readonly Release First = TestWorld.Release("3f2c1a9");
    private static readonly Release Second = TestWorld.Release("8d01c77");
    private readonly TestWorld _world = new();

    [Fact]
    public async Task When_all_is_well_it_says_what_answers()
    {
        var person = _world.Person();

        var screen = await person.DeployAsync(First with { MadeIn = TimeSpan.FromSeconds(69) });

        screen.ShouldBe(
            """
            3f2c1a9 is not signed: development accepts that, the ledger says so.
            ok    start 1.1 s  sha256:3f2c1a93f2c1, nothing rebuilt
            ok    http://localhost:8000 answers as sha256:3f2c1a93f2c1, 0 requests failed
            => Deployed 3f2c1a9 to development in 70 s [7 min], 69 s of it for making it. The next one's undo: ./build.sh Rollback
            """
        );
        _world.Runs.ShouldBe(First.What.Digest);
        _world.History.Entries[0].Seconds!["made"].ShouldBe(69);
    }

    [Fact]
    public async Task When_there_is_something_to_go_back_to_it_says_how()
    {
        await _world.DeployAsync(First);

        (await _world.DeployAsync(Second)).ShouldEndWith("[7 min]. Undo: ./build.sh Rollback");
        (await _world.DeployAsync(Second)).ShouldEndWith("since 14:04. Undo: ./build.sh Rollback");
        _world.Gone.Add(First.What.Digest);
        (await _world.DeployAsync(Second)).ShouldEndWith(
            "development runs 8d01c77 since 14:04. The next one's undo: ./build.sh Rollback"
        );
    }

    [Fact]
    public async Task When_Sign_has_spoken_it_does_not_say_it_again()
    {
        var unsigned = new Check("signature", First.What.Digest, Verdict.Unknown, "this run");

        var screen = await _world.DeployAsync(First, unsigned);

        screen.ShouldNotContain("signed");
    }

    [Fact]
    public async Task When_it_is_done_each_named_step_was_reached_in_order()
    {
        var person = _world.Person();

        await person.DeployAsync(First);

        person.Life.Steps.ShouldBe([
            "lease",
            "admitted",
            "intent",
            "started",
            "probed",
            "switched",
            "drained",
            "reaped",
            "applied",
            "verified",
            "recorded",
            "released",
        ]);
    }

    [Fact]
    public async Task When_it_is_done_the_ledger_has_the_intent_with_its_checks_and_the_end()
    {
        var lint = new Check("lint", First.What.Digest, Verdict.Pass, "this run")
        {
            Value = "0 findings",
        };

        await _world.DeployAsync(First, lint);

        var (intent, end) = (_world.History.Entries[0], _world.History.Entries[1]);
        intent.Kind.ShouldBe("intent");
        intent.Operation.ShouldBe("deploy");
        intent.Actor.ShouldBe("ops-1");
        intent.Checks!.ShouldContain(new LedgerCheck("lint", "pass", "this run", "0 findings"));
        intent.Checks!.ShouldContain(c => c.Gate == "signature" && c.Verdict == "unknown");
        end.Kind.ShouldBe("verified");
        end.Deployment.ShouldBe(intent.Deployment);
        end.Runs.ShouldBe(First.What.Digest);
        end.Seconds!["deploy"].ShouldBe(1.3);
        _world.Anchor.ShouldBe(new LedgerHead(end.Hash, 2));
        _world.Lease!.Expires.ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task When_nothing_changed_it_asks_the_world_and_says_since_when()
    {
        await _world.DeployAsync(First);

        var screen = await _world.DeployAsync(First);

        screen.ShouldBe(
            """
            ok    sha256:3f2c1a93f2c1 runs since 14:03, verified again
            => development runs 3f2c1a9 since 14:03. The next one's undo: ./build.sh Rollback
            """
        );
        _world.Ran.Count.ShouldBe(1);
        _world.History.Verified.Count.ShouldBe(1);
    }

    [Fact]
    public async Task When_what_runs_is_not_well_deploying_it_again_starts_it_again()
    {
        await _world.DeployAsync(First);
        _world.Unhealthy = true;

        var screen = await _world.DeployAsync(First);

        screen.ShouldStartWith(
            "3f2c1a9 runs since 14:03, but ready: GET /health/ready answered 503: it is started again."
        );
        screen.ShouldContain("=> Deployed 3f2c1a9 to development");
        _world.Ran.Count.ShouldBe(2);
    }

    [Fact]
    public async Task When_starting_it_again_does_not_help_it_holds_nothing_and_leaves_it_as_it_was()
    {
        await _world.DeployAsync(First);
        _world.Behaviours[First.What.Digest] = Behaviour.MeasuredBad;

        var screen = await _world.DeployAsync(First);

        screen.ShouldContain(
            "exit 4: 3f2c1a9 was measured bad: ready: GET /health/ready answered 503"
        );
        _world.History.Holds.ShouldBeEmpty();
        _world.History.Runs.ShouldBe(First.What.Digest);
    }

    [Fact]
    public async Task When_a_release_does_not_come_up_the_one_before_still_answers()
    {
        await _world.DeployAsync(First);
        _world.Behaviours[Second.What.Digest] = Behaviour.EndsAtStart;

        var screen = await _world.DeployAsync(Second);

        screen.ShouldBe(
            """
            8d01c77 is not signed: development accepts that, the ledger says so.
            ok    Rollback 0.2 s  3f2c1a9 answers again [90 s]
            exit 4: 8d01c77 ended at start with exit code 3
              last log line: Npgsql.NpgsqlException: connection refused (127.0.0.1:5432)
            => development is healthy on 3f2c1a9. 8d01c77 was not deployed. Its log: logs/theaia.log
            """
        );
        _world.Runs.ShouldBe(First.What.Digest);
        _world.History.Holds.ShouldBeEmpty();
        _world.History.Open.ShouldBeNull();
        _world.History.Rollbacks.ShouldBe([TimeSpan.FromSeconds(0.2)]);
    }

    [Fact]
    public async Task When_the_one_before_is_not_well_either_it_is_started_again()
    {
        await _world.DeployAsync(First);
        _world.Unhealthy = true;
        _world.Behaviours[Second.What.Digest] = Behaviour.EndsAtStart;

        var screen = await _world.DeployAsync(Second);

        screen.ShouldContain("=> development is healthy on 3f2c1a9. 8d01c77 was not deployed.");
        _world.Ran.ShouldBe([First.What.Digest, First.What.Digest]);
        _world.Permits[^1].ShouldBeOfType<Permit.Back>();
    }

    [Fact]
    public async Task When_the_first_release_does_not_come_up_nothing_runs_and_it_says_so()
    {
        _world.Behaviours[First.What.Digest] = Behaviour.EndsAtStart;

        var screen = await _world.DeployAsync(First);

        screen.ShouldEndWith(
            """
            exit 4: 3f2c1a9 ended at start with exit code 3
              last log line: Npgsql.NpgsqlException: connection refused (127.0.0.1:5432)
            => Nothing runs in development: this would have been its first deployment. 3f2c1a9 was not deployed. Its log: logs/theaia.log
            """
        );
        _world.Runs.ShouldBeNull();
    }

    [Fact]
    public async Task When_the_first_release_is_measured_bad_it_is_stopped()
    {
        _world.Behaviours[First.What.Digest] = Behaviour.MeasuredBad;

        var screen = await _world.DeployAsync(First);

        screen.ShouldContain(
            "=> Nothing runs in development: this would have been its first deployment. "
                + "3f2c1a9 was not deployed and is held: "
                + "./build.sh Unhold --release 3f2c1a9 --reason ..."
        );
        _world.Runs.ShouldBeNull();
        _world.History.Runs.ShouldBeNull();
    }

    [Fact]
    public async Task When_nothing_ran_before_and_it_does_not_come_up_it_is_as_before()
    {
        await _world.DeployAsync(First);
        await _world.Person().StopAsync();
        _world.Behaviours[Second.What.Digest] = Behaviour.EndsAtStart;

        var screen = await _world.DeployAsync(Second);

        screen.ShouldContain(
            "=> Nothing runs in development, as before. 8d01c77 was not deployed."
        );
    }

    [Fact]
    public async Task When_a_release_is_measured_bad_it_goes_back_and_holds_it()
    {
        await _world.DeployAsync(First);
        _world.Behaviours[Second.What.Digest] = Behaviour.MeasuredBad;

        var screen = await _world.DeployAsync(Second);

        screen.ShouldContain("ok    Rollback 1.3 s  3f2c1a9 answers again [90 s]");
        screen.ShouldEndWith(
            """
            exit 4: 8d01c77 was measured bad: ready: GET /health/ready answered 503
            => development is healthy on 3f2c1a9. 8d01c77 was not deployed and is held: ./build.sh Unhold --release 8d01c77 --reason ...
            """
        );
        _world.Runs.ShouldBe(First.What.Digest);
        _world.History.Holds.Single().Release.ShouldBe(Second);
        _world.Permits[^1].ShouldBeOfType<Permit.Back>();
    }

    [Fact]
    public async Task When_it_goes_back_by_itself_to_a_held_release_it_says_so()
    {
        await _world.DeployAsync(First);
        await _world.DeployAsync(Second);
        await _world.RollbackAsync();
        // somebody started it without us
        _world.Runs = Second.What.Digest;
        var third = TestWorld.Release("0b7d2e1");
        _world.Behaviours[third.What.Digest] = Behaviour.EndsAtStart;

        var screen = await _world.DeployAsync(third);

        screen.ShouldContain("=> development is healthy on 8d01c77 (held since 14:05).");
    }

    [Fact]
    public async Task When_what_ran_before_does_not_come_back_it_is_exit_5_and_says_whom_to_call()
    {
        await _world.DeployAsync(First);
        _world.Behaviours[Second.What.Digest] = Behaviour.MeasuredBad;
        _world.Behaviours[First.What.Digest] = Behaviour.EndsAtStart;

        var screen = await _world.DeployAsync(Second);

        screen.ShouldEndWith(
            """
            exit 5: 8d01c77 was measured bad: ready: GET /health/ready answered 503, and 3f2c1a9 did not come back: ended at start with exit code 3.
            => Call someone: development runs 8d01c77, healthy. ./build.sh Rollback --to 3f2c1a9
            """
        );
        _world.History.Runs.ShouldBe(Second.What.Digest);
        _world.History.Open.ShouldBeNull();
    }

    [Fact]
    public async Task When_coming_back_takes_longer_than_the_goal_it_is_exit_5()
    {
        await _world.DeployAsync(First);
        _world.Behaviours[Second.What.Digest] = Behaviour.MeasuredBad;
        _world.BeforeApply = permit =>
            _world.StartTakes = TimeSpan.FromSeconds(permit is Permit.Back ? 91 : 1);

        var screen = await _world.DeployAsync(Second);

        screen.ShouldContain("3f2c1a9 did not come back: it was not done in 90 s.");
    }

    [Fact]
    public async Task When_nobody_can_measure_it_development_notes_it()
    {
        _world.Behaviours[First.What.Digest] = Behaviour.NotMeasurable;

        var screen = await _world.DeployAsync(First);

        screen.ShouldContain("note  sha256:3f2c1a93f2c1 runs; metrics: no answer in 10 s");
        screen.ShouldContain("=> Deployed 3f2c1a9");
    }

    [Fact]
    public async Task When_the_image_before_is_gone_development_says_that_there_is_no_way_back()
    {
        await _world.DeployAsync(First);
        _world.Gone.Add(First.What.Digest);

        var screen = await _world.DeployAsync(Second);

        screen.ShouldContain(
            "The image of 3f2c1a9 is gone: there is no way back to it in development."
        );
        screen.ShouldContain("=> Deployed 8d01c77");
    }

    [Fact]
    public async Task When_making_it_took_too_long_development_notes_it()
    {
        var screen = await _world.DeployAsync(First with { MadeIn = TimeSpan.FromMinutes(8) });

        screen.ShouldContain("Making 3f2c1a9 took 8 min, over [7 min]: development accepts that.");
        screen.ShouldContain(
            "=> Deployed 3f2c1a9 to development in 8 min 1 s [7 min], 8 min of it for making it."
        );
    }

    [Fact]
    public async Task When_the_port_is_taken_nothing_is_written()
    {
        _world.PortTaken = "Port 8000 is taken by process 4711.";

        var screen = await _world.DeployAsync(First);

        screen.ShouldBe("exit 2: Port 8000 is taken by process 4711.");
        _world.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_it_is_verified_what_can_still_be_needed_is_kept()
    {
        var third = TestWorld.Release("0b7d2e1");
        await _world.DeployAsync(First);
        await _world.DeployAsync(Second);
        await _world.RollbackAsync();

        await _world.DeployAsync(third);

        _world.Kept.ShouldBe(
            [First.What.Digest, Second.What.Digest, third.What.Digest],
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task When_the_platform_refuses_it_is_recorded_as_not_deployed()
    {
        await _world.DeployAsync(First);
        _world.BeforeApply = _ =>
            throw new OutcomeException(Outcome.Wrong, "Its layers are not this builder's.");

        var screen = await _world.DeployAsync(Second);

        screen.ShouldContain(
            "localhost:8000 answers as 3f2c1a9, healthy: recorded as not deployed."
        );
        screen.ShouldEndWith("exit 2: Its layers are not this builder's.");
        _world.History.Open.ShouldBeNull();
    }

    [Fact]
    public async Task When_it_is_interrupted_it_writes_down_what_runs()
    {
        await _world.DeployAsync(First);
        using var interrupt = new CancellationTokenSource();
        _world.BeforeApply = _ => interrupt.Cancel();
        var person = _world.Person();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            person.SeeAsync(
                c => person.Deployer.DeployAsync(Second, [], person.Progress, c),
                interrupt.Token
            )
        );

        person.Progress.Screen.ShouldEndWith(
            "localhost:8000 answers as 3f2c1a9, healthy: recorded as not deployed."
        );
        _world.History.Open.ShouldBeNull();
        _world.Lease!.Expires.ShouldBe(DateTimeOffset.UnixEpoch);
    }
}
