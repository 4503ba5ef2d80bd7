using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class NotUpTests
{
    [Theory]
    [InlineData("exit-3", "ended at start with exit code 3")]
    [InlineData("wrong-digest", "tells the digest sha256:0000")]
    [InlineData("no-digest", "tells no digest at /version")]
    [InlineData("text-version", "tells no digest at /version")]
    [InlineData("no-version", "tells no digest: GET /version answered 404")]
    [InlineData("no-samples", "/metrics has no samples")]
    [InlineData("no-metrics", "has no metrics: GET /metrics answered 404")]
    public async Task A_first_release_that_does_not_come_up_leaves_nothing(
        string mode,
        string reason
    )
    {
        await using var place = new TestPlace();
        var error = await Should.ThrowAsync<NotUpException>(() => place.DeployNewAsync(mode));
        error.Message.ShouldBe(reason);
        error.Log[0].ShouldBe("starting");
        error.LogFile.ShouldBe(place.Folder.LogOf(1));
        File.Exists(error.LogFile).ShouldBeTrue();
        place.Processes().ShouldBeEmpty();
        place.Folder.Open().ShouldBeEmpty();
        (await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel)).ShouldBeNull();
        (await place.Platform.LogsAsync(TestPlace.Where, 5, Run.Cancel)).ShouldContain("starting");
    }

    [Fact]
    public async Task What_ran_before_still_answers_and_the_log_tells_why()
    {
        await using var place = new TestPlace();
        var first = await place.DeployNewAsync("one");
        var error = await Should.ThrowAsync<NotUpException>(() => place.DeployNewAsync("exit-3"));
        error.Message.ShouldBe("ended at start with exit code 3");
        error.Log.ShouldBe(["starting", "connection refused (127.0.0.1:5432)"]);
        (await place.GetAsync("/version")).ShouldContain(first.What.Digest);
        place.Processes().Length.ShouldBe(2);
        place.Seen.TakeLast(1).ShouldBe(["started"]);
        // the next one is not mistaken for the one that failed
        await place.DeployNewAsync("two");
        place.Folder.ReadCurrent()!.Generation.ShouldBe(3);
    }

    [Fact]
    public async Task One_that_is_never_ready_is_given_thirty_seconds()
    {
        await using var place = new TestPlace { Time = new FastTime(8) };
        var error = await Should.ThrowAsync<NotUpException>(() =>
            place.DeployNewAsync("never-ready")
        );
        error.Message.ShouldBe("was never ready: GET /health/ready answered 503 for 30 s");
        place.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_never_listens_is_given_thirty_seconds()
    {
        await using var place = new TestPlace { Time = new FastTime(40) };
        var error = await Should.ThrowAsync<NotUpException>(() =>
            place.DeployNewAsync("never-listens")
        );
        error.Message.ShouldBe("was never ready: GET /health/ready was not answered for 30 s");
    }

    [Fact]
    public async Task One_that_does_not_end_when_it_is_told_to_is_killed()
    {
        await using var place = new TestPlace { Time = new FastTime(40) };
        await Should.ThrowAsync<NotUpException>(() =>
            place.DeployNewAsync("never-listens", "never-ends")
        );
        place.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_last_ten_logs_are_kept()
    {
        await using var place = new TestPlace();
        for (var i = 0; i < 11; i++)
        {
            place.Folder.Forget(place.Folder.Begin("sha256:1").Number);
        }
        await Should.ThrowAsync<NotUpException>(() => place.DeployNewAsync("exit-3"));
        place.Folder.Numbers().ShouldBe([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }
}
