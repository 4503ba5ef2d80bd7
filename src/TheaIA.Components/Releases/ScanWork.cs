using System.Runtime.CompilerServices;
using TheaIA.Delivery;
using TheaIA.Toolchains;

namespace TheaIA.Components;

/// <summary>What Scan does: gitleaks over commits and layers, NuGet's audit over packages, one verdict each.</summary>
internal static class ScanWork
{
    private const string Secrets = "scan";

    private static readonly ConditionalWeakTable<INukeBuild, Scanned> Results = [];

    private static IProgressReport Progress => TargetContext.Progress;

    private static DateOnly Today =>
        DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>Whether it has its turn: asked for, or on the way to a release.</summary>
    public static bool IsOnTheWay(IScan build) => IsAsked(build) || ReleaseWork.IsMade(build);

    /// <summary>A broken list of accepted findings is told before anything is built.</summary>
    public static Task RefuseEarlyAsync() =>
        Task.FromResult(AcceptedFindings.Read(NukeBuild.RootDirectory));

    /// <summary>What this run found; null: it did not look.</summary>
    public static Scanned? Of(INukeBuild build) =>
        Results.TryGetValue(build, out var scanned) ? scanned : null;

    public static async Task ScanAsync(IScan build, CancellationToken cancel)
    {
        // a release of this machine's store is for development alone, and a fresh clone has no gitleaks
        if (!IsAsked(build) && !DeliverySession.Of(build).IsRemote)
        {
            Progress.Note("not scanned: development accepts that, the ledger says so");
            return;
        }
        var accepted = AcceptedFindings.Read(NukeBuild.RootDirectory);
        var looked = await SecretsAsync(build, cancel);
        Progress.Doing("asking NuGet's sources for vulnerabilities");
        var packages = Reports([
            await NuGetAudit.ScanAsync(
                TargetContext.Runner,
                NukeBuild.RootDirectory,
                build.SolutionFile,
                Scratch,
                cancel
            ),
        ]);
        var secrets = FindingsGate.Judge(looked, accepted, Today);
        Results.AddOrUpdate(
            build,
            new(secrets, FindingsGate.AcceptedUntil(looked, accepted, Today), packages, accepted)
        );
        Tell(secrets, FindingsGate.Judge(packages, accepted, Today));
    }

    /// <summary>What the packages of an image have, by everybody who looked.</summary>
    public static Measurement Judge(Scanned scanned, IReadOnlyList<FindingsReport> more) =>
        FindingsGate.Judge([.. scanned.Packages, .. more], scanned.Accepted, Today);

    /// <summary>The last day on which all of it that is accepted is; null: nothing of high severity is.</summary>
    public static DateOnly? AcceptedUntil(Scanned scanned, IReadOnlyList<FindingsReport> more) =>
        FindingsGate.AcceptedUntil([.. scanned.Packages, .. more], scanned.Accepted, Today);

    private static bool IsAsked(IScan build) =>
        build.InvokedTargets.Any(t => t.Name == nameof(IScan.Scan));

    private static void Tell(Measurement secrets, Measurement packages)
    {
        var figure = $"secrets: {secrets.Value}; vulnerabilities: {packages.Value}";
        List<string> details =
        [
            .. secrets.Details.Concat(packages.Details).Where(d => !IsUnused(d)),
            // an acceptance speaks of one of the two: it is out of use when both say so
            .. secrets.Details.Intersect(packages.Details).Where(IsUnused),
        ];
        var stops =
            secrets.Verdict is Verdict.Fail or Verdict.Unknown || packages.Verdict == Verdict.Fail;
        if (stops && TargetContext.Waive(Secrets) is { } waiver)
        {
            Progress.Note($"waived: {figure}: {waiver}");
            return;
        }
        if (stops)
        {
            throw new OutcomeException(Outcome.Refused, $"{figure} [{FindingsGate.Limit}]")
            {
                Details = details,
            };
        }
        if (secrets.Verdict == Verdict.Pass && packages.Verdict == Verdict.Pass)
        {
            Progress.Figure($"{figure} [{FindingsGate.Limit}]");
            return;
        }
        // nobody could say, or a person answers for it: noted here, and admission decides
        Progress.Note(figure);
        foreach (var line in details)
        {
            Progress.Say(line);
        }
    }

    private static bool IsUnused(string detail) =>
        detail.StartsWith("note: ", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<FindingsReport>> SecretsAsync(
        IScan build,
        CancellationToken cancel
    )
    {
        var scan = new SecretScan(TargetContext.Runner, NukeBuild.RootDirectory, Scratch);
        Progress.Doing("secrets in the commits");
        List<ScanReport> looked = [await scan.CommitsAsync(range: null, cancel)];
        // standing alone it speaks of the commits; an image of an earlier run is not what they are now
        if (build.SucceededTargets.Any(t => t.Name == nameof(IDockerBuild.DockerBuild)))
        {
            Progress.Doing("secrets in the image's layer");
            var layer = await ImageFiles.UnpackAsync(build.ImageDirectory, Scratch, cancel);
            looked.Add(await scan.FolderAsync(layer.Folder, $"the layer {layer.Short}", cancel));
        }
        return Reports(looked);
    }

    private static AbsolutePath Scratch => NukeBuild.TemporaryDirectory / "scan";

    private static IReadOnlyList<FindingsReport> Reports(IEnumerable<ScanReport> reports) =>
        [
            .. reports.Select(r => new FindingsReport(
                r.Source,
                [.. r.Findings.Select(f => new Finding(f.Id, Severities.Of(f.Severity), f.Subject))]
            )
            {
                Unknown = r.Unknown,
            }),
        ];
}
