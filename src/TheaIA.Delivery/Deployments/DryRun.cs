using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Says what a deployment would do, by asking all that it would ask and changing nothing.</summary>
internal sealed class DryRun(DeployerSetup setup, Release release, IReadOnlyList<Check> claims)
{
    public async Task<IReadOnlyList<string>> LinesAsync(CancellationToken cancel)
    {
        var history = (await Ledger.OpenAsync(setup, cancel)).History;
        var running = await setup.Platform.RunningAsync(setup.Where, cancel);
        var before = running is null ? "nothing" : history.Release(running.Digest).What.Short;
        var admission = new Admission(setup.Environment, setup.Evidence, setup.Time);
        var checks = await admission.ChecksAsync(release.What, claims, cancel);
        var lines = new List<string>
        {
            $"lease    of {setup.Where}, waiting {setup.LeaseWait.Rough()} at most",
        };
        if (history.Open is { } open)
        {
            lines.Add($"recover  {open.Operation} {open.Deployment}, left open by {open.Actor}");
        }

        lines.Add(
            $"admit    {string.Join(", ", checks.Select(c => $"{c.Gate} {c.Verdict.Word()}"))}"
        );
        try
        {
            await admission.AdmitAsync(release, history, running?.Digest, claims, cancel);
            await setup.Platform.CheckAsync(setup.Where, cancel);
        }
        catch (OutcomeException e)
        {
            lines.Add($"stop     exit {(int)e.Outcome}: {e.Message}");
            return lines;
        }

        if (running is not null && running.Digest == release.What.Digest)
        {
            lines.Add(
                $"verify   {setup.Platform.Address} again: {release.What.Short} runs already"
            );
            return lines;
        }

        lines.Add(
            $"intent   {setup.State.WhereIs(setup.Where)}: {release.Name} instead of {before}"
        );
        lines.Add($"apply    {release.What.Repository}@{release.What.Digest}");
        lines.Add($"verify   {setup.Platform.Address} answers as {release.What.Short}");
        lines.Add($"record   verified; else back to {before} within {setup.RollbackGoal.Rough()}");
        return lines;
    }
}
