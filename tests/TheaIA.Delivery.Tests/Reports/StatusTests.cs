using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.Reports;

public sealed class StatusTests
{
    private static readonly Release A = TestWorld.Release("aaaaaa1");
    private static readonly Release B = TestWorld.Release("bbbbbb2");
    private static readonly Release C = TestWorld.Release("cccccc3");
    private readonly TestWorld _world = new();

    [Fact]
    public async Task When_nothing_ever_ran_it_says_nothing()
    {
        (await ScreenAsync(_world)).ShouldBe(
            """
            environment  runs     since  healthy  last rollback  next undo goes to
            development  nothing  -      -        -              -
            """
        );
    }

    [Fact]
    public async Task When_several_places_are_shown_one_can_be_behind_another()
    {
        var staging = new TestWorld { Where = new Place("theaia-api", "staging") };
        var production = new TestWorld { Where = new Place("theaia-api", "production") };
        await _world.DeployAsync(A);
        await _world.DeployAsync(C);
        await _world.RollbackAsync();
        foreach (var release in new[] { A, B, C })
        {
            await staging.DeployAsync(release);
        }

        await production.DeployAsync(A);
        production.Since = production.Since.AddDays(-1);

        (await ScreenAsync(_world, staging, production)).ShouldBe(
            """
            environment  runs                  since         healthy  last rollback  next undo goes to
            development  aaaaaa1 aaaaaa1aaaaa  today 14:05   yes      1.3 s          -
            staging      cccccc3 cccccc3ccccc  today 14:05   yes      -              bbbbbb2 bbbbbb2bbbbb
            production   aaaaaa1 aaaaaa1aaaaa  23 Nov 14:03  yes      -              -

            development holds cccccc3 since 14:05 (ops-1: rolled back to aaaaaa1).
            production is 2 releases behind staging.
            """
        );
    }

    [Fact]
    public async Task When_a_place_is_one_behind_it_is_one_release()
    {
        var staging = new TestWorld { Where = new Place("theaia-api", "staging") };
        await _world.DeployAsync(A);
        await _world.DeployAsync(B);
        await staging.DeployAsync(A);

        (await ScreenAsync(_world, staging)).ShouldEndWith(
            "staging is 1 release behind development."
        );
    }

    [Fact]
    public async Task When_what_runs_is_not_what_was_recorded_it_says_so()
    {
        await _world.DeployAsync(A);
        _world.Runs = null;

        (await ScreenAsync(_world)).ShouldEndWith(
            "development: aaaaaa1 was recorded as running, nothing runs. ./build.sh Deploy --release aaaaaa1"
        );
    }

    [Fact]
    public async Task When_a_deployment_stopped_without_an_end_it_says_so()
    {
        await _world.DeployAsync(A);
        _world.Unhealthy = true;
        await _world.Person(diesAt: "intent").DeployAsync(B);

        var screen = await ScreenAsync(_world);

        screen.ShouldContain("development  aaaaaa1 aaaaaa1aaaaa  today 14:03  no ");
        screen.ShouldEndWith(
            "development: an earlier deployment of bbbbbb2 (ops-1, 14:03) stopped without an end: "
                + "./build.sh Recover"
        );
    }

    [Fact]
    public async Task When_the_image_of_the_next_undo_is_gone_it_names_the_one_before_or_none()
    {
        foreach (var release in new[] { A, B, C })
        {
            await _world.DeployAsync(release);
        }

        _world.Gone.Add(B.What.Digest);
        (await ScreenAsync(_world)).ShouldEndWith("aaaaaa1 aaaaaa1aaaaa");
        _world.Gone.Add(A.What.Digest);
        (await ScreenAsync(_world)).ShouldEndWith(" -");
    }

    [Fact]
    public async Task When_a_person_stopped_it_there_is_no_undo()
    {
        await _world.DeployAsync(A);
        await _world.DeployAsync(B);
        await _world.Person().StopAsync();

        (await ScreenAsync(_world)).ShouldEndWith(
            "development  nothing  -      -        -              -"
        );
    }

    [Fact]
    public async Task When_it_is_being_changed_it_says_by_whom()
    {
        await _world.DeployAsync(A);
        string? screen = null;
        _world.BeforeApply = _ => screen = ScreenAsync(_world).GetAwaiter().GetResult();

        await _world.DeployAsync(B);

        screen!.ShouldEndWith(
            "development is being changed by ops-1@host (Deploy bbbbbb2, pid 4712) since 14:04."
        );
    }

    [Fact]
    public async Task When_a_lease_does_not_say_since_when_it_is_left_out()
    {
        _world.Lease = new Lease(
            _world.Where,
            1,
            new LeaseOwner("ops-9@elsewhere", "elsewhere", 7, 1),
            "Stop",
            _world.Time.GetUtcNow().AddMinutes(1)
        );

        (await ScreenAsync(_world)).ShouldEndWith(
            "development is being changed by ops-9@elsewhere (Stop, pid 7)."
        );
    }

    [Fact]
    public async Task When_what_runs_is_unverified_its_health_is_unknown_and_unknown_images_have_no_name()
    {
        _world.Policy = new Policy([], Forgiving: false);
        _world.Behaviours[A.What.Digest] = Behaviour.NotMeasurable;
        await _world.DeployAsync(A);
        var unknown = new TestWorld { Runs = B.What.Digest, Since = _world.Since };

        (await ScreenAsync(_world, unknown)).ShouldBe(
            """
            environment  runs                  since        healthy  last rollback  next undo goes to
            development  aaaaaa1 aaaaaa1aaaaa  today 14:03  unknown  -              -
            development  bbbbbb2bbbbb          today 14:03  yes      -              -
            """
        );
    }

    [Fact]
    public async Task When_somebody_only_looks_nothing_is_written()
    {
        await _world.DeployAsync(A);
        var (lines, lease) = (_world.Lines.Count, _world.Lease);

        var status = await _world.Person().Deployer.StatusAsync(CancellationToken.None);

        status.Address.ShouldBe("http://localhost:8000");
        (_world.Lines.Count, _world.Lease).ShouldBe((lines, lease));
    }

    private async Task<string> ScreenAsync(params TestWorld[] worlds)
    {
        var places = new List<PlaceStatus>();
        foreach (var world in worlds)
        {
            places.Add(await world.Person().Deployer.StatusAsync(CancellationToken.None));
        }

        return string.Join('\n', new StatusRows(_world.Time).Of(places, []));
    }
}
