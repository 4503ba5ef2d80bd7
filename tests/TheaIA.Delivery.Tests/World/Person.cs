using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.World;

/// <summary>One command that one person typed, and what he saw of it.</summary>
internal sealed class Person(TestWorld world, Life life, DeployerSetup setup)
{
    public TestProgress Progress { get; } = new();

    public Deployer Deployer { get; } = new(setup);

    public DeployerSetup Setup => setup;

    public Life Life => life;

    public Outcome Outcome { get; private set; }

    public bool Crashed { get; private set; }

    public Task<string> DeployAsync(Release release, params Check[] claims) =>
        SeeAsync(c => Deployer.DeployAsync(release, claims, Progress, c));

    public Task<string> RollbackAsync(string? to = null) =>
        SeeAsync(c => Deployer.RollbackAsync(to, Progress, c));

    public Task<string> RecoverAsync(string? deployment = null) =>
        SeeAsync(c => Deployer.RecoverAsync(deployment, Progress, c));

    public Task<string> VerifyAsync() => SeeAsync(c => Deployer.VerifyAsync(Progress, c));

    public Task<string> UnholdAsync(string release, string reason = "looked at it") =>
        SeeAsync(c => Deployer.UnholdAsync(release, reason, Progress, c));

    public Task<string> DrillAsync() => SeeAsync(c => Deployer.DrillAsync([], Progress, c));

    public Task<string> StopAsync() => SeeAsync(c => Deployer.StopAsync(Progress, c));

    /// <summary>The screen and, when it did not go well, exit code, message, details and last line.</summary>
    public async Task<string> SeeAsync(
        Func<CancellationToken, Task> command,
        CancellationToken cancel = default
    )
    {
        try
        {
            await command(cancel);
            return Progress.Screen;
        }
        catch (CrashException)
        {
            Crashed = true;
            world.Dead.Add(life.Process);
            return Progress.Screen;
        }
        catch (OutcomeException e)
        {
            Outcome = e.Outcome;
            IEnumerable<string> lines =
            [
                Progress.Screen,
                $"exit {(int)e.Outcome}: {e.Message}",
                .. e.Details.Select(d => $"  {d}"),
                e.Closing is null ? "" : $"=> {e.Closing}",
            ];
            return string.Join('\n', lines.Where(l => l.Length > 0));
        }
    }
}
