using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class DeployTests
{
    [Fact]
    public async Task The_first_release_answers_on_both_addresses()
    {
        await using var place = new TestPlace();
        (await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel)).ShouldBeNull();
        await place.Platform.CheckAsync(TestPlace.Where, Run.Cancel);
        var release = place.Release("one");
        (
            await place.Platform.CanStartAsync(release.What, TestPlace.Where, Run.Cancel)
        ).ShouldBeTrue();
        var watched = await place.DeployAsync(release);

        var running = await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel);
        running!.Digest.ShouldBe(release.What.Digest);
        running.Healthy.ShouldBeTrue();
        running.Instances.ShouldBe(1);
        (TimeProvider.System.GetUtcNow() - running.Since).ShouldBeLessThan(TimeSpan.FromMinutes(1));
        place.Platform.Address.ShouldBe($"http://localhost:{place.Port}");
        watched.Lines.ShouldBe([
            $"doing start {release.What.Short}",
            $"doing verify {release.What.Short}",
            "doing switch",
        ]);
        place.Seen.ShouldBe(["started", "probed", "switched", "drained", "reaped"]);
        place.Processes().Length.ShouldBe(2);

        var checks = await place.Platform.VerifyAsync(
            TestPlace.Where,
            release.What.Digest,
            Run.Cancel
        );
        checks
            .Select(c => $"{c.Gate} {c.Verdict} {c.Value}")
            .ShouldBe([
                "digest Pass the digest answers",
                "ready Pass ready",
                "metrics Pass /metrics",
                "log Pass log clean",
            ]);
        (await place.Platform.LogsAsync(TestPlace.Where, 1, Run.Cancel)).ShouldBe([
            """{"@t":"2026-01-01T00:00:00Z","@mt":"listening"}""",
        ]);
    }

    [Fact]
    public async Task Its_surroundings_are_its_own()
    {
        await using var place = new TestPlace();
        var release = await place.DeployNewAsync();
        var environment = (await place.GetAsync("/environment")).Split('\n');
        environment.ShouldContain($"IMAGE_DIGEST={release.What.Digest}");
        environment.ShouldContain($"DATA_DIR={place.Folder.Data}");
        environment.ShouldContain("ASPNETCORE_ENVIRONMENT=Development");
        environment.ShouldContain("FROM_IMAGE=yes");
        environment.ShouldNotContain("PATH=/nowhere");
        Directory.Exists(place.Folder.Data).ShouldBeTrue();
    }

    [Fact]
    public async Task Under_load_a_switch_fails_no_request()
    {
        await using var place = new TestPlace();
        var first = await place.DeployNewAsync("one");
        using var end = new CancellationTokenSource();
        var load = LoadAsync(place, end.Token);
        var second = place.Release("two");
        await place.DeployAsync(second);
        await end.CancelAsync();
        var answers = await load;
        answers.Count.ShouldBeGreaterThan(10);
        answers.ShouldAllBe(a => a.Contains("sha256:", StringComparison.Ordinal));
        answers[0].ShouldContain(first.What.Digest);
        (await place.GetAsync("/version")).ShouldContain(second.What.Digest);
        var checks = await place.Platform.VerifyAsync(
            TestPlace.Where,
            second.What.Digest,
            Run.Cancel
        );
        checks[^1].Gate.ShouldBe("requests");
        checks[^1].Verdict.ShouldBe(Verdict.Pass);
        checks[^1].Value.ShouldBe("0 requests failed");
        place.Processes().Length.ShouldBe(2, "the front and the new one");
        place.Folder.Open().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_slow_request_that_the_old_one_began_is_answered_by_it()
    {
        await using var place = new TestPlace();
        await place.DeployNewAsync("one");
        var slow = place.GetAsync("/slow");
        await Task.Delay(200, Run.Cancel);
        await place.DeployNewAsync("two");
        (await slow).ShouldBe("one");
    }

    [Fact]
    public async Task What_no_longer_runs_is_not_replaced()
    {
        await using var place = new TestPlace();
        var first = await place.DeployNewAsync("one");
        var release = place.Release("two");
        var error = await Should.ThrowAsync<OutcomeException>(() =>
            place.ApplyAsync(release, null)
        );
        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"tiny-api in development runs {first.What.Short} now and not nothing, which this was to replace: nothing was switched. ./build.sh Status shows what runs."
        );
        (await place.GetAsync("/version")).ShouldContain(first.What.Digest);
    }

    [Fact]
    public async Task Without_a_permit_nothing_is_applied()
    {
        await using var place = new TestPlace();
        await Should.ThrowAsync<ArgumentNullException>(() =>
            place.Platform.ApplyAsync(null!, place.Lease(), new Watched(), Run.Cancel)
        );
        place.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_older_lease_than_the_newest_one_seen_is_refused()
    {
        await using var place = new TestPlace();
        var permit = await place.PermitAsync(place.Release("one"), null);
        place.Folder.Make();
        place.Folder.Pass(place.Lease(5));
        var error = await Should.ThrowAsync<OutcomeException>(() =>
            place.Platform.ApplyAsync(permit, place.Lease(4), new Watched(), Run.Cancel)
        );
        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            "Another run took over the lease of tiny-api in development (token 5, this one has 4): nothing was switched. ./build.sh Status shows what runs."
        );
        place.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_lease_is_taken_over_before_the_switch_nothing_is_switched()
    {
        TestPlace? later = null;
        await using var place = new TestPlace
        {
            Reached = step =>
            {
                if (step == "probed")
                {
                    later!.Folder.Pass(later.Lease(99));
                }
            },
        };
        later = place;
        var error = await Should.ThrowAsync<OutcomeException>(() => place.DeployNewAsync("one"));
        error.Message.ShouldStartWith("Another run took over the lease");
        place.Processes().ShouldBeEmpty();
        place.Folder.ReadCurrent().ShouldBeNull();
    }

    [Fact]
    public async Task A_lease_of_another_place_is_refused()
    {
        await using var place = new TestPlace();
        var permit = await place.PermitAsync(place.Release("one"), null);
        var lease = place.Lease() with { Where = new Place("tiny-api", "rehearsal") };
        var error = await Should.ThrowAsync<OutcomeException>(() =>
            place.Platform.ApplyAsync(permit, lease, new Watched(), Run.Cancel)
        );
        error.Message.ShouldBe(
            "The lease is for tiny-api in rehearsal and not for tiny-api in development: nothing was changed."
        );
    }

    [Fact]
    public async Task A_cancelled_start_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        await using var place = new TestPlace { Reached = _ => cancel.Cancel() };
        var permit = await place.PermitAsync(place.Release("never-ready"), null);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            place.Platform.ApplyAsync(permit, place.Lease(), new Watched(), cancel.Token)
        );
        place.Processes().ShouldBeEmpty();
        place.Folder.Open().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_way_back_tells_its_steps_and_needs_no_registry()
    {
        await using var place = new TestPlace();
        var first = await place.DeployNewAsync("one");
        var second = await place.DeployNewAsync("two");
        Directory.Delete(Path.Combine(place.State, "images"), recursive: true);
        (
            await place.Platform.CanStartAsync(first.What, TestPlace.Where, Run.Cancel)
        ).ShouldBeTrue();
        var watched = new Watched();
        var permit = TestPlace.BackPermit(first, second.What.Digest);
        await place.Platform.ApplyAsync(permit, place.Lease(), watched, Run.Cancel);
        watched
            .Lines.Where(l => l.StartsWith("step", StringComparison.Ordinal))
            .ShouldBe([
                $"step start took {first.What.Short}, nothing rebuilt",
                "step verify took the digest answers, ready, /metrics, log clean",
                "step switch took 0 requests failed",
            ]);
        (await place.GetAsync("/version")).ShouldContain(first.What.Digest);
    }

    private static async Task<List<string>> LoadAsync(TestPlace place, CancellationToken end)
    {
        var answers = new List<string>();
        while (!end.IsCancellationRequested)
        {
            answers.Add(await place.GetAsync("/version"));
            await Task.Delay(5, CancellationToken.None);
        }
        return answers;
    }
}
