using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Says what a deployment would do, by asking all that it would ask and changing nothing.</summary>
/// <param name="setup">The place.</param>
/// <param name="release">The release. Null: it would be made first.</param>
/// <param name="claims">What this run says about it.</param>
internal sealed class DryRun(DeployerSetup setup, Release? release, IReadOnlyList<Check> claims)
{
    public async Task<IReadOnlyList<string>> LinesAsync(CancellationToken cancel)
    {
        var history = (await Ledger.OpenAsync(setup, cancel)).History;
        var running = await setup.Platform.RunningAsync(setup.Where, cancel);
        var before = running is null ? "nothing" : history.Release(running.Digest).What.Short;
        var lines = new List<string>
        {
            $"lease    of {setup.Where}, waiting {setup.LeaseWait.Rough()} at most",
        };
        if (history.Open is { } open)
        {
            lines.Add($"recover  {open.Operation} {open.Deployment}, left open by {open.Actor}");
        }

        if (release is null)
        {
            lines.Add("admit    by what that run has measured");
            lines.AddRange(Steps("what that run made", "its digest", "its digest", before));
            return lines;
        }

        var admission = new Admission(setup.Environment, setup.Attestations, setup.Time);
        var checks = await admission.ChecksAsync(release, claims, cancel);
        lines.Add(
            $"admit    {string.Join("; ", checks.GroupBy(c => c.Verdict).Select(g => $"{g.Key.Word()}: {string.Join(", ", g.Select(c => c.Gate))}"))}"
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

        lines.AddRange(
            Steps(
                release.Name,
                $"{release.What.Repository}@{release.What.Digest}",
                release.What.Short,
                before
            )
        );
        return lines;
    }

    private string[] Steps(string name, string what, string answer, string before) =>
        [
            $"intent   {setup.State.WhereIs(setup.Where)}: {name} instead of {before}",
            $"apply    {what}",
            $"verify   {setup.Platform.Address} answers as {answer}",
            $"record   verified; else back to {before} within {setup.RollbackGoal.Rough()}",
        ];
}
