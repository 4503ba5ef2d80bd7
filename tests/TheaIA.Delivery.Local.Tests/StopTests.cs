using TheaIA.Delivery.Local.Processes;
using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class StopTests
{
    [Fact]
    public async Task Nothing_is_left_and_a_second_time_there_is_nothing_to_stop()
    {
        await using var place = new TestPlace();
        await place.DeployNewAsync("one");
        (await place.Platform.StopAsync(TestPlace.Where, place.Lease(), Run.Cancel)).ShouldBeTrue();
        place.Processes().ShouldBeEmpty();
        Ports.Sockets(place.Port).ShouldBeEmpty();
        (await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel)).ShouldBeNull();
        (
            await place.Platform.StopAsync(TestPlace.Where, place.Lease(), Run.Cancel)
        ).ShouldBeFalse();
        (await place.Platform.LogsAsync(TestPlace.Where, 9, Run.Cancel)).ShouldContain("starting");
    }

    [Fact]
    public async Task A_front_without_a_service_is_stopped_too()
    {
        await using var place = new TestPlace();
        await place.DeployNewAsync("one");
        await FrontTests.KillAsync(place.Folder.Processes()[0].Info.Key);
        (await place.Platform.StopAsync(TestPlace.Where, place.Lease(), Run.Cancel)).ShouldBeTrue();
        place.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_stop_a_release_starts_again_from_what_is_unpacked()
    {
        await using var place = new TestPlace();
        var release = await place.DeployNewAsync("one");
        await place.Platform.StopAsync(TestPlace.Where, place.Lease(), Run.Cancel);
        await place.ApplyAsync(release, null);
        (await place.GetAsync("/version")).ShouldContain(release.What.Digest);
        place.Folder.ReadCurrent()!.Generation.ShouldBe(2);
    }
}
