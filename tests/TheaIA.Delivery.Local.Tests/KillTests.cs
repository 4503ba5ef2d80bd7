using System.Diagnostics;
using TheaIA.Delivery.Local.Processes;
using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class KillTests
{
    [Fact]
    public async Task A_pipe_behind_a_deployment_ends()
    {
        await using var place = new TestPlace();
        var release = place.Release("one");
        // as a person: a pipe, and a descriptor of two digits that is open by chance
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { "-c", "exec 12>&1 3>&2; \"$@\" 2>&1 | cat", "bash" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in place.DeployCommand(release, null))
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Run.Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        (await process.StandardOutput.ReadToEndAsync(limit.Token)).ShouldBe("deployed\n");
        (await errors).ShouldBeEmpty();
        (await place.GetAsync("/version")).ShouldContain(release.What.Digest);
    }

    [Fact]
    public async Task A_kill_of_the_starters_whole_group_leaves_what_serves()
    {
        await using var place = new TestPlace();
        var release = place.Release("one");
        using var child = Child.Start(place.DeployCommand(release, null, "reaped"));
        await child.WaitForExitAsync(Run.Cancel);
        child.ExitCode.ShouldBe(128 + Native.Kill);
        (await place.GetAsync("/version")).ShouldContain(release.What.Digest);
        (await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel))!.Healthy.ShouldBeTrue();
    }
}
