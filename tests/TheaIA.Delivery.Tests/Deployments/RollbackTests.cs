using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.Deployments;

public sealed class RollbackTests
{
    private static readonly Release A = TestWorld.Release("aaaaaa1");
    private static readonly Release B = TestWorld.Release("bbbbbb2");
    private static readonly Release C = TestWorld.Release("cccccc3");
    private readonly TestWorld _world = new();

    [Fact]
    public async Task When_it_arrives_it_says_from_where_to_where_and_what_is_held()
    {
        await DeployAsync(A, B);
        var person = _world.Person();
        _world.Time.Advance(TimeSpan.FromSeconds(0.6));

        var screen = await person.RollbackAsync();

        screen.ShouldBe(
            """
            development runs bbbbbb2 since 14:04; last verified before it: aaaaaa1 (14:03)
            ok    start 1.1 s  sha256:aaaaaa1aaaaa, nothing rebuilt
            ok    aaaaaa1 answers: the digest answers, ready, 0 requests failed
            => Rolled back to aaaaaa1 in 1.9 s [90 s]. bbbbbb2 is held: ./build.sh Unhold --release bbbbbb2 --reason ...
            """
        );
        _world.Runs.ShouldBe(A.What.Digest);
        _world.History.Rollbacks.ShouldBe([TimeSpan.FromSeconds(1.9)]);
    }

    [Fact]
    public async Task When_everything_else_is_held_there_is_nothing_to_go_back_to()
    {
        await DeployAsync(A, B);
        await _world.RollbackAsync();
        var before = _world.Lines.Count;

        var screen = await _world.RollbackAsync();

        screen.ShouldBe(
            """
            exit 2: There is nothing to go back to in development: aaaaaa1 is the only release verified here that is not held.
            => Held: bbbbbb2. To go there all the same: ./build.sh Rollback --to ...
            """
        );
        _world.Lines.Count.ShouldBe(before);
        _world.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_only_one_release_ever_ran_there_is_nothing_to_go_back_to()
    {
        await DeployAsync(A);

        var screen = await _world.RollbackAsync();

        screen.ShouldBe(
            "exit 2: There is nothing to go back to in development: "
                + "aaaaaa1 is the only release verified here that is not held."
        );
    }

    [Fact]
    public async Task When_what_runs_was_never_verified_it_does_not_claim_so()
    {
        _world.Runs = C.What.Digest;

        var screen = await _world.RollbackAsync();

        screen.ShouldEndWith(
            "exit 2: There is nothing to go back to in development: "
                + "sha256:cccccc3ccccc runs, and no other verified release is not held."
        );
    }

    [Fact]
    public async Task When_nothing_ever_ran_it_says_so()
    {
        (await _world.RollbackAsync()).ShouldBe(
            "exit 2: There is nothing to go back to in development: nothing ever ran there. "
                + "./build.sh Deploy"
        );
    }

    [Fact]
    public async Task When_the_same_digest_was_deployed_twice_it_goes_past_both()
    {
        await DeployAsync(A, B, C, B, B);

        await _world.RollbackAsync();

        _world.Runs.ShouldBe(C.What.Digest);
    }

    [Fact]
    public async Task When_releases_are_held_it_goes_past_them()
    {
        await DeployAsync(A, B, C);
        await _world.RollbackAsync();
        _world.Runs.ShouldBe(B.What.Digest);

        await _world.RollbackAsync();

        _world.Runs.ShouldBe(A.What.Digest);
        _world.History.Holds.Select(h => h.Release).ShouldBe([C, B]);
    }

    [Fact]
    public async Task When_a_release_was_found_bad_since_it_is_no_target()
    {
        await DeployAsync(A, B);
        _world.Behaviours[B.What.Digest] = Behaviour.MeasuredBad;
        await _world.Person().VerifyAsync();
        await DeployAsync(C);

        await _world.RollbackAsync();

        _world.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_an_image_is_gone_it_goes_to_the_one_before()
    {
        await DeployAsync(A, B, C);
        _world.Gone.Add(B.What.Digest);

        var screen = await _world.RollbackAsync();

        screen.ShouldStartWith("The image of bbbbbb2 is gone: it cannot be gone back to.");
        _world.Runs.ShouldBe(A.What.Digest);
    }

    [Theory]
    [InlineData("bbbbbb2")]
    [InlineData("0.1.0+bbbbbb2")]
    [InlineData("sha256:bbbbbb2bbbbb")]
    [InlineData("bbbbbb2bbbbb")]
    public async Task When_a_held_release_is_named_it_goes_there_and_the_hold_ends(string to)
    {
        await DeployAsync(A, B);
        await _world.RollbackAsync();

        var screen = await _world.RollbackAsync(to);

        screen.ShouldContain(
            "development runs aaaaaa1 since 14:05; going back to: bbbbbb2 (14:04)"
        );
        screen.ShouldContain("aaaaaa1 is held: ./build.sh Unhold --release aaaaaa1 --reason ...");
        _world.Runs.ShouldBe(B.What.Digest);
        _world.History.Holds.Single().Release.ShouldBe(A);
    }

    [Theory]
    [InlineData("sha256:00000000")]
    [InlineData("bbb")]
    [InlineData("sha256:bbb")]
    public async Task When_an_unknown_release_is_named_the_known_ones_are_listed(string to)
    {
        await DeployAsync(A, B);
        var before = _world.Lines.Count;

        var screen = await _world.RollbackAsync(to);

        screen.ShouldBe(
            $"exit 2: No release {to} was ever verified in development. Known there: "
                + "bbbbbb2 (sha256:bbbbbb2bbbbb), aaaaaa1 (sha256:aaaaaa1aaaaa)."
        );
        _world.Lines.Count.ShouldBe(before);
    }

    [Fact]
    public async Task When_nothing_was_verified_no_release_is_known()
    {
        (await _world.RollbackAsync("aaaaaa1")).ShouldBe(
            "exit 2: No release aaaaaa1 was ever verified in development. Known there: none."
        );
    }

    [Fact]
    public async Task When_the_named_image_is_gone_it_says_so()
    {
        await DeployAsync(A, B);
        _world.Gone.Add(A.What.Digest);

        (await _world.RollbackAsync("aaaaaa1")).ShouldBe(
            "exit 2: aaaaaa1 was verified in development, but its image is gone. "
                + "Push it again, then ./build.sh Deploy --release aaaaaa1"
        );
    }

    [Fact]
    public async Task When_the_named_release_runs_already_nothing_is_done()
    {
        await DeployAsync(A, B);

        (await _world.RollbackAsync("bbbbbb2")).ShouldBe(
            """
            ok    already on bbbbbb2
            => development already runs bbbbbb2 since 14:04. Nothing done.
            """
        );
    }

    [Fact]
    public async Task When_the_named_release_runs_and_is_not_well_it_is_started_again()
    {
        await DeployAsync(A, B);
        _world.Unhealthy = true;

        var screen = await _world.RollbackAsync("bbbbbb2");

        screen.ShouldContain("=> Rolled back to bbbbbb2 in 1.3 s [90 s].");
        screen.ShouldNotContain("held");
        _world.History.Holds.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_what_ran_crashed_it_goes_back_and_holds_what_crashed()
    {
        await DeployAsync(A, B);
        _world.Runs = null;

        var screen = await _world.RollbackAsync();

        screen.ShouldStartWith(
            """
            What runs in development is not what was recorded: recorded as running: bbbbbb2; what runs: nothing.
            Nothing runs in development; last verified before it: aaaaaa1 (14:03)
            """
        );
        _world.Runs.ShouldBe(A.What.Digest);
        _world.History.Holds.Single().Release.ShouldBe(B);
    }

    [Fact]
    public async Task When_it_crashed_and_there_is_no_other_one_it_is_exit_5()
    {
        await DeployAsync(A);
        _world.Runs = null;

        (await _world.RollbackAsync()).ShouldEndWith(
            "exit 5: Nothing runs in development any more (aaaaaa1 ended, and no other verified "
                + "release is left to go back to). To start aaaaaa1 again: "
                + "./build.sh Deploy --release aaaaaa1"
        );
    }

    [Fact]
    public async Task When_a_person_stopped_it_it_is_exit_5_and_says_who()
    {
        await DeployAsync(A, B);
        await _world.Person().StopAsync();

        (await _world.RollbackAsync()).ShouldBe(
            "exit 5: Nothing runs in development any more (stopped by ops-1 at 14:04). "
                + "To start bbbbbb2 again: ./build.sh Deploy --release bbbbbb2"
        );
    }

    [Fact]
    public async Task When_a_person_stopped_it_a_named_release_starts()
    {
        await DeployAsync(A, B);
        await _world.Person().StopAsync();

        var screen = await _world.RollbackAsync("aaaaaa1");

        screen.ShouldStartWith("Nothing runs in development; going back to: aaaaaa1 (14:03)");
        _world.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_the_target_does_not_come_up_it_is_exit_5_and_says_what_still_runs()
    {
        await DeployAsync(A, B, C);
        _world.Behaviours[B.What.Digest] = Behaviour.EndsAtStart;

        var screen = await _world.RollbackAsync();

        screen.ShouldEndWith(
            """
            exit 5: The rollback to bbbbbb2 in development failed: bbbbbb2 ended at start with exit code 3.
              last log line: Npgsql.NpgsqlException: connection refused (127.0.0.1:5432)
            => Call someone: development runs cccccc3, healthy. ./build.sh Rollback --to bbbbbb2
            """
        );
        _world.Runs.ShouldBe(C.What.Digest);
        _world.History.Holds.ShouldBeEmpty();
        _world.History.Open.ShouldBeNull();
    }

    [Fact]
    public async Task When_the_target_is_measured_bad_what_ran_is_put_back()
    {
        await DeployAsync(A, B, C);
        _world.Behaviours[B.What.Digest] = Behaviour.MeasuredBad;

        var screen = await _world.RollbackAsync();

        screen.ShouldEndWith(
            """
            exit 5: The rollback to bbbbbb2 in development failed: bbbbbb2 was measured bad: ready: GET /health/ready answered 503.
            => Call someone: development runs cccccc3, healthy. ./build.sh Rollback --to aaaaaa1
            """
        );
        _world.Runs.ShouldBe(C.What.Digest);
        _world.History.Holds.Single().Release.ShouldBe(B);
    }

    [Fact]
    public async Task When_neither_comes_up_it_says_both()
    {
        await DeployAsync(A, B);
        _world.Behaviours[A.What.Digest] = Behaviour.MeasuredBad;
        _world.Behaviours[B.What.Digest] = Behaviour.EndsAtStart;

        var screen = await _world.RollbackAsync();

        screen.ShouldEndWith(
            """
            exit 5: The rollback to aaaaaa1 in development failed: aaaaaa1 was measured bad: ready: GET /health/ready answered 503; putting bbbbbb2 back: ended at start with exit code 3.
            => Call someone: development runs aaaaaa1, healthy. ./build.sh Rollback --to bbbbbb2
            """
        );
    }

    [Fact]
    public async Task When_nothing_ran_and_the_target_is_bad_it_stays_rather_than_nothing()
    {
        await DeployAsync(A, B);
        _world.Runs = null;
        _world.Behaviours[A.What.Digest] = Behaviour.MeasuredBad;

        var screen = await _world.RollbackAsync();

        screen.ShouldContain("exit 5: The rollback to aaaaaa1 in development failed");
        _world.Runs.ShouldBe(A.What.Digest);
        _world.History.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_it_is_not_done_in_90_s_it_is_exit_5()
    {
        await DeployAsync(A, B);
        _world.StartTakes = TimeSpan.FromSeconds(91);

        var screen = await _world.RollbackAsync();

        screen.ShouldEndWith(
            """
            localhost:8000 answers as bbbbbb2, healthy: recorded as not deployed.
            exit 5: The rollback to aaaaaa1 in development failed: aaaaaa1 did not answer within 90 s.
            => Call someone: development runs bbbbbb2, healthy. ./build.sh Rollback --to aaaaaa1
            """
        );
    }

    [Fact]
    public async Task When_the_goal_is_over_before_it_starts_it_is_exit_5()
    {
        await DeployAsync(A, B);
        var person = _world.Person();
        _world.Time.Advance(TimeSpan.FromSeconds(95));

        var screen = await person.RollbackAsync();

        screen.ShouldContain("aaaaaa1 did not answer within 90 s.");
        _world.Runs.ShouldBe(B.What.Digest);
    }

    [Fact]
    public async Task When_nobody_can_measure_the_target_it_is_noted()
    {
        await DeployAsync(A, B);
        _world.Behaviours[A.What.Digest] = Behaviour.NotMeasurable;

        var screen = await _world.RollbackAsync();

        screen.ShouldContain("note  aaaaaa1 runs; metrics: no answer in 10 s");
        _world.Runs.ShouldBe(A.What.Digest);
    }

    [Fact]
    public async Task When_a_user_interrupts_it_what_runs_is_written_down()
    {
        await DeployAsync(A, B);
        using var interrupt = new CancellationTokenSource();
        _world.BeforeApply = _ => interrupt.Cancel();
        var person = _world.Person();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            person.SeeAsync(
                c => person.Deployer.RollbackAsync(null, person.Progress, c),
                interrupt.Token
            )
        );

        _world.History.Open.ShouldBeNull();
        _world.History.Runs.ShouldBe(B.What.Digest);
    }

    [Fact]
    public async Task When_it_is_elsewhere_the_next_command_names_the_environment()
    {
        var world = new TestWorld { Where = new Place("theaia-api", "rehearsal") };
        await world.DeployAsync(A);
        await world.DeployAsync(B);

        (await world.RollbackAsync()).ShouldEndWith(
            "bbbbbb2 is held: ./build.sh Unhold --environment rehearsal --release bbbbbb2 --reason ..."
        );
    }

    private async Task DeployAsync(params Release[] releases)
    {
        foreach (var release in releases)
        {
            (await _world.DeployAsync(release)).ShouldContain("=> de", Case.Insensitive);
        }
    }
}
