using System.Diagnostics;
using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

/// <summary>A run that dies at any step leaves a place that serves, and a ledger that the next run closes.</summary>
public sealed class Kill_minus_9_at_every_step
{
    private const int Killed = 137;

    private static readonly string[] Steps =
    [
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
    ];

    [Fact]
    public async Task Of_a_deployment_under_load()
    {
        await using var place = await Place.MakeAsync();
        var first = await place.DeployReleasedAsync("one");
        var second = await place.DeployReleasedAsync("two");
        var failed = await place.UnderLoadAsync(async () =>
        {
            foreach (var step in Steps)
            {
                var runs = await place.DigestAsync();
                await CrashAsync(
                    place,
                    step,
                    "Deploy",
                    "--release",
                    runs == first ? second : first
                );
                await HealsAsync(place, step, [first, second]);
            }
        });
        failed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_rollback_under_load()
    {
        await using var place = await Place.MakeAsync();
        var first = await place.DeployReleasedAsync("one");
        var second = await place.DeployReleasedAsync("two");
        var failed = await place.UnderLoadAsync(async () =>
        {
            foreach (
                var step in (string[])
                    ["lease", "intent", "started", "switched", "verified", "recorded"]
            )
            {
                var runs = await place.DigestAsync();
                await CrashAsync(place, step, "Rollback", "--to", runs == first ? second : first);
                await HealsAsync(place, step, [first, second]);
            }
        });
        failed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_the_front_is_mended_by_the_next_command()
    {
        await using var place = await Place.MakeAsync();
        var first = await place.DeployReleasedAsync("one");
        using (
            var kill = Process.Start("pkill", ["-9", "-f", $"TheaIA.Front.dll --port {place.Port}"])
        )
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            kill.ExitCode.ShouldBe(0);
        }
        (await place.RunAsync("Status")).ShouldEndWith(0);
        (await place.DigestAsync()).ShouldBe(first);
    }

    private static async Task CrashAsync(Place place, string step, params string[] command)
    {
        place.Variables["CRASH_AT"] = step;
        (await place.RunAsync(command)).ExitCode.ShouldBe(Killed, step);
        place.Variables.Remove("CRASH_AT");
    }

    private static async Task HealsAsync(Place place, string step, string[] known)
    {
        var recovered = (await place.RunAsync("Recover")).ShouldEndWith(0);
        var runs = await place.DigestAsync();
        known.ShouldContain(runs, step);
        await Running.UntilAsync(() => place.Services() == 1, $"one service is left after {step}");
        // what Recover found is what the ledger says: Status sees nothing else
        var status = (await place.RunAsync("Status")).ShouldEndWith(0);
        status.Output.ShouldContain(runs[7..19], Case.Sensitive, $"{step}\n{recovered.Output}");
        status.Output.ShouldNotContain(
            "was recorded as running",
            Case.Sensitive,
            $"{step}\n{recovered.Output}"
        );
        status.Output.ShouldNotContain("./build.sh Recover", Case.Sensitive, step);
        File.Exists(Path.Combine(place.Root, ".git/index.lock")).ShouldBeFalse();
    }
}
