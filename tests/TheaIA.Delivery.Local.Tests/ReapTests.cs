using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class ReapTests
{
    [Theory]
    [InlineData("started", 1)]
    [InlineData("probed", 1)]
    [InlineData("switched", 2)]
    [InlineData("drained", 2)]
    [InlineData("reaped", 2)]
    public async Task A_deployment_killed_at_a_step_leaves_one_that_serves(string step, int serves)
    {
        await using var place = new TestPlace();
        var first = await place.DeployNewAsync("one");
        var second = place.Release("two");
        using var child = Child.Start(place.DeployCommand(second, first.What.Digest, step));
        await child.WaitForExitAsync(Run.Cancel);
        child.ExitCode.ShouldBe(137);

        var expected = serves == 1 ? first : second;
        (await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel))!.Digest.ShouldBe(
            expected.What.Digest
        );
        var found = await place.Platform.ReapAsync(TestPlace.Where, Run.Cancel);
        if (step == "reaped")
        {
            found.ShouldBeEmpty();
        }
        else
        {
            var ended = serves == 1 ? second : first;
            found.Count.ShouldBe(1);
            found[0]
                .ShouldMatch($"^Ended {ended.What.Short}, process [0-9]+, which did not serve\\.$");
        }
        place.Processes().Length.ShouldBe(2);
        (await place.GetAsync("/version")).ShouldContain(expected.What.Digest);
        (await place.Platform.ReapAsync(TestPlace.Where, Run.Cancel)).ShouldBeEmpty();
        place.Folder.Open().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_first_deployment_killed_before_the_switch_leaves_nothing()
    {
        await using var place = new TestPlace();
        using var child = Child.Start(place.DeployCommand(place.Release("one"), null, "probed"));
        await child.WaitForExitAsync(Run.Cancel);
        place.Processes().Length.ShouldBe(1);
        (await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel)).ShouldBeNull();
        (await place.Platform.ReapAsync(TestPlace.Where, Run.Cancel)).Count.ShouldBe(1);
        place.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_start_without_a_process_and_half_an_image_are_removed()
    {
        await using var place = new TestPlace();
        var first = await place.DeployNewAsync("one");
        var second = place.Release("two");
        place.Folder.Begin(second.What.Digest);
        var half = Path.Combine(place.Folder.Roots, second.What.Digest[7..] + ".new");
        Directory.CreateDirectory(half);
        (await place.Platform.ReapAsync(TestPlace.Where, Run.Cancel)).ShouldBe([
            $"Removed a start of {second.What.Short} that had no process.",
            $"Removed a half-unpacked image ({second.What.Short}).",
        ]);
        Directory.Exists(half).ShouldBeFalse();
        (await place.GetAsync("/version")).ShouldContain(first.What.Digest);
    }

    [Fact]
    public async Task Half_an_image_is_unpacked_again()
    {
        await using var place = new TestPlace();
        var release = place.Release("one");
        var half = Path.Combine(place.Folder.Roots, release.What.Digest[7..] + ".new", "app");
        Directory.CreateDirectory(half);
        await File.WriteAllTextAsync(Path.Combine(half, "mode"), "exit-3", Run.Cancel);
        await place.DeployAsync(release);
        (await place.GetAsync("/version")).ShouldContain(release.What.Digest);
    }

    [Fact]
    public async Task In_an_empty_place_there_is_nothing_to_end()
    {
        await using var place = new TestPlace();
        (await place.Platform.ReapAsync(TestPlace.Where, Run.Cancel)).ShouldBeEmpty();
        Directory.Exists(place.Folder.Root).ShouldBeFalse();
    }
}
