using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.Deployments;

/// <summary>Verify, Unhold, Stop, Drill, Logs, --dry-run.</summary>
public sealed class KeepingTests
{
    private static readonly Release A = TestWorld.Release("aaaaaa1");
    private static readonly Release B = TestWorld.Release("bbbbbb2");
    private readonly TestWorld _world = new();

    [Fact]
    public async Task When_what_runs_is_well_Verify_says_what_it_measured()
    {
        await _world.DeployAsync(A);

        (await _world.Person().VerifyAsync()).ShouldBe(
            """
            ok    the digest answers, ready, 0 requests failed
            => development runs aaaaaa1 since 14:03, verified again.
            """
        );
    }

    [Fact]
    public async Task When_what_runs_is_bad_Verify_ends_its_being_a_target()
    {
        await _world.DeployAsync(A);
        _world.Behaviours[A.What.Digest] = Behaviour.MeasuredBad;

        (await _world.Person().VerifyAsync()).ShouldBe(
            """
            exit 3: aaaaaa1 in development is measured bad: ready: GET /health/ready answered 503.
            => aaaaaa1 runs on, and is no release to go back to any more. ./build.sh Rollback
            """
        );
        await _world.DeployAsync(B);
        _world.History.UndoTarget.ShouldBeNull();

        _world.Behaviours[A.What.Digest] = Behaviour.Good;
        _world.Runs = A.What.Digest;
        await _world.Person().VerifyAsync();
        _world.Runs = B.What.Digest;
        await _world.Person().VerifyAsync();
        _world.History.UndoTarget.ShouldBe(A);
    }

    [Fact]
    public async Task When_nothing_runs_Verify_is_exit_3()
    {
        (await _world.Person().VerifyAsync()).ShouldBe(
            """
            exit 3: Nothing runs in development, so there is nothing to verify.
            => Nothing was verified. ./build.sh Deploy
            """
        );
    }

    [Fact]
    public async Task When_nobody_can_measure_development_notes_it()
    {
        await _world.DeployAsync(A);
        _world.Behaviours[A.What.Digest] = Behaviour.NotMeasurable;

        (await _world.Person().VerifyAsync()).ShouldBe(
            """
            note  aaaaaa1 runs; metrics: no answer in 10 s
            => development runs aaaaaa1 since 14:03, not verified.
            """
        );
    }

    [Fact]
    public async Task When_what_runs_never_came_through_here_Verify_makes_no_target_of_it()
    {
        _world.Runs = A.What.Digest;

        await _world.Person().VerifyAsync();

        _world.History.Verified.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_a_hold_is_released_it_may_be_deployed_again()
    {
        await _world.DeployAsync(A);
        await _world.DeployAsync(B);
        await _world.RollbackAsync();

        (await _world.Person("ops-2").UnholdAsync("bbbbbb2")).ShouldBe(
            """
            ok    bbbbbb2, sha256:bbbbbb2bbbbb
            => bbbbbb2 may be deployed to development again: ./build.sh Deploy --release bbbbbb2
            """
        );
        var entry = _world.History.Entries[^1];
        (entry.Kind, entry.Actor, entry.Reason).ShouldBe(("unhold", "ops-2", "looked at it"));
        await _world.DeployAsync(B);
        _world.Runs.ShouldBe(B.What.Digest);
    }

    [Theory]
    [InlineData(
        "aaaaaa1",
        "exit 2: aaaaaa1 is not held in development. Held there: bbbbbb2 (sha256:bbbbbb2bbbbb)."
    )]
    [InlineData(
        "bbb",
        "exit 2: bbb is not held in development. Held there: bbbbbb2 (sha256:bbbbbb2bbbbb)."
    )]
    public async Task When_it_is_not_held_Unhold_names_what_is(string release, string says)
    {
        await _world.DeployAsync(A);
        await _world.DeployAsync(B);
        await _world.RollbackAsync();

        (await _world.Person().UnholdAsync(release)).ShouldBe(says);
    }

    [Fact]
    public async Task When_nothing_is_held_Unhold_says_so()
    {
        (await _world.Person().UnholdAsync("bbbbbb2")).ShouldBe(
            "exit 2: bbbbbb2 is not held in development; nothing is."
        );
    }

    [Fact]
    public async Task When_a_commit_names_two_held_ones_Unhold_wants_a_digest()
    {
        var again = B with { What = B.What with { Digest = "sha256:" + new string('7', 64) } };
        foreach (var release in new[] { A, B, again })
        {
            await _world.DeployAsync(release);
        }

        await _world.RollbackAsync();
        await _world.RollbackAsync();

        (await _world.Person().UnholdAsync("bbbbbb2")).ShouldBe(
            "exit 2: bbbbbb2 names 2 held releases in development: "
                + "bbbbbb2 (sha256:777777777777), bbbbbb2 (sha256:bbbbbb2bbbbb)."
        );
    }

    [Fact]
    public async Task When_no_reason_is_given_Unhold_wants_one()
    {
        (await _world.Person().UnholdAsync("bbbbbb2", " ")).ShouldBe(
            "exit 2: Unhold wants to know why: "
                + "./build.sh Unhold --release bbbbbb2 --reason 'looked at it'"
        );
    }

    [Fact]
    public async Task When_it_is_stopped_nothing_runs_and_it_says_how_to_start_it()
    {
        await _world.DeployAsync(A);

        (await _world.Person().StopAsync()).ShouldBe(
            """
            ok    aaaaaa1 ended
            => aaaaaa1 was stopped in development. To start it again: ./build.sh Deploy --release aaaaaa1
            """
        );
        _world.Runs.ShouldBeNull();
        _world.History.Runs.ShouldBeNull();
    }

    [Fact]
    public async Task When_nothing_runs_Stop_says_so()
    {
        (await _world.Person().StopAsync()).ShouldBe(
            """
            ok    nothing ran
            => Nothing ran in development.
            """
        );
    }

    [Fact]
    public async Task When_a_drill_is_run_the_place_is_as_before_and_its_time_is_recorded()
    {
        await _world.DeployAsync(A);
        await _world.DeployAsync(B);

        (await _world.Person().DrillAsync()).ShouldBe(
            """
            ok    bbbbbb2 answers again after 1.3 s [90 s]
            => Drill: bbbbbb2 answers again after 1.3 s [90 s]. development is as before.
            """
        );
        _world.Runs.ShouldBe(B.What.Digest);
        _world.History.Drills.ShouldBe([TimeSpan.FromSeconds(1.3)]);
        _world.History.Rollbacks.ShouldBeEmpty();
        _world.History.UndoTarget.ShouldBe(A);
        _world.History.Holds.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_copy_comes_up_after_all_the_old_one_is_put_back_and_it_is_exit_5()
    {
        await _world.DeployAsync(A);
        _world.DrillBehaviour = Behaviour.Good;

        (await _world.Person().DrillAsync()).ShouldEndWith(
            "exit 5: The drill failed: its copy of aaaaaa1 was made to fail and came up. "
                + "development is back on aaaaaa1; nothing was rehearsed."
        );
        _world.Runs.ShouldBe(A.What.Digest);
        _world.History.Verified.ShouldBe([A]);
    }

    [Fact]
    public async Task When_the_old_one_does_not_come_back_from_a_drill_it_is_exit_5()
    {
        await _world.DeployAsync(A);
        _world.DrillBehaviour = Behaviour.Good;
        _world.Behaviours[A.What.Digest] = Behaviour.EndsAtStart;

        (await _world.Person().DrillAsync()).ShouldContain(
            "exit 5: The drill failed: aaaaaa1 did not come back in development: "
                + "ended at start with exit code 3."
        );
    }

    [Fact]
    public async Task When_the_way_back_is_too_slow_the_drill_says_no()
    {
        await _world.DeployAsync(A);
        _world.StartTakes = TimeSpan.FromSeconds(100);

        (await _world.Person().DrillAsync()).ShouldBe(
            "exit 3: The drill took too long: aaaaaa1 answers again after 100 s [90 s]. "
                + "./build.sh Logs"
        );
    }

    [Fact]
    public async Task When_nothing_runs_there_is_nothing_to_drill_with()
    {
        (await _world.Person().DrillAsync()).ShouldBe(
            "exit 2: Nothing runs in development, so there is nothing to rehearse with. "
                + "./build.sh Deploy"
        );
    }

    [Theory]
    [InlineData("intent")]
    [InlineData("started")]
    [InlineData("switched")]
    [InlineData("verified")]
    public async Task When_a_drill_is_killed_its_copy_does_not_stay(string step)
    {
        await _world.DeployAsync(A);
        _world.DrillBehaviour = Behaviour.Good;
        var killed = _world.Person(diesAt: step);
        await killed.DrillAsync();
        killed.Crashed.ShouldBeTrue();

        var screen = await _world.Person().RecoverAsync();

        screen.ShouldStartWith("An earlier drill (ops-1, 14:03) stopped without an end.");
        _world.Runs.ShouldBe(A.What.Digest);
        _world.History.Verified.ShouldBe([A]);
    }

    [Fact]
    public async Task When_logs_are_asked_for_the_platform_answers()
    {
        (await _world.Person().Deployer.LogsAsync(2, CancellationToken.None)).ShouldBe([
            "two",
            "three",
        ]);
    }

    [Fact]
    public async Task When_it_is_a_dry_run_each_step_is_said_and_none_done()
    {
        await _world.DeployAsync(A);
        var before = _world.Lines.Count;

        var lines = await _world.Person().Deployer.DryRunAsync(B, [], CancellationToken.None);

        string.Join('\n', lines)
            .ShouldBe(
                $"""
                lease    of theaia-api in development, waiting 3 min at most
                admit    unknown: signature, tests, coverage, lint, scan, vulnerabilities, sbom, provenance
                intent   $THEAIA_STATE/ledger/theaia-api/development.jsonl: bbbbbb2 instead of sha256:aaaaaa1aaaaa
                apply    theaia-api@{B.What.Digest}
                verify   http://localhost:8000 answers as sha256:bbbbbb2bbbbb
                record   verified; else back to sha256:aaaaaa1aaaaa within 90 s
                """
            );
        _world.Lines.Count.ShouldBe(before);
        _world.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_a_dry_run_has_no_release_yet_the_steps_are_said_all_the_same()
    {
        await _world.DeployAsync(A);

        var lines = await _world.Person().Deployer.DryRunAsync(null, [], CancellationToken.None);

        string.Join('\n', lines)
            .ShouldBe(
                """
                lease    of theaia-api in development, waiting 3 min at most
                admit    by what that run has measured
                intent   $THEAIA_STATE/ledger/theaia-api/development.jsonl: what that run made instead of sha256:aaaaaa1aaaaa
                apply    its digest
                verify   http://localhost:8000 answers as its digest
                record   verified; else back to sha256:aaaaaa1aaaaa within 90 s
                """
            );
    }

    [Fact]
    public async Task When_a_dry_run_finds_the_release_running_it_would_verify_only()
    {
        await _world.DeployAsync(A);

        var lines = await _world.Person().Deployer.DryRunAsync(A, [], CancellationToken.None);

        lines[^1]
            .ShouldBe("verify   http://localhost:8000 again: sha256:aaaaaa1aaaaa runs already");
    }

    [Fact]
    public async Task When_a_dry_run_would_be_refused_it_says_by_what()
    {
        _world.PortTaken = "Port 8000 is taken by process 4711.";
        await _world.Person(diesAt: "intent").StopAsync();

        var lines = await _world.Person().Deployer.DryRunAsync(A, [], CancellationToken.None);

        lines[^1].ShouldBe("stop     exit 2: Port 8000 is taken by process 4711.");
    }

    [Fact]
    public async Task When_a_dry_run_finds_an_open_deployment_it_would_close_it()
    {
        await _world.Person(diesAt: "started").DeployAsync(A);

        var lines = await _world.Person().Deployer.DryRunAsync(A, [], CancellationToken.None);

        lines[1].ShouldBe($"recover  deploy {_world.History.Open!.Deployment}, left open by ops-1");
        lines[^1].ShouldBe("record   verified; else back to nothing within 90 s");
    }
}
