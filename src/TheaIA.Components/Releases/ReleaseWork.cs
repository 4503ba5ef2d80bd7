using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>What Release does: the tag that a commit finds its digest by, and the statements about it.</summary>
internal static class ReleaseWork
{
    private static IProgressReport Progress => TargetContext.Progress;

    /// <summary>Whether this run makes a release: asked for, or on the way to a forgiving place.</summary>
    public static bool IsMade(IHaveDelivery build)
    {
        if (build.InvokedTargets.Any(t => t.Name == nameof(IRelease.Release)))
        {
            return true;
        }
        return build.ReleaseReference is null
            && build is not IDeploy { DryRun: true }
            && DeliverySession.Of(build).Forward().Policy.Forgiving;
    }

    /// <summary>Whether this run made one.</summary>
    public static bool WasMade(IHaveDelivery build) =>
        build.SucceededTargets.Any(t => t.Name == nameof(IRelease.Release));

    public static async Task ReleaseAsync(IRelease build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        var release = session.Made(build.ImageDirectory);
        if (release.Dirty)
        {
            Progress.Note($"{release.Name}: changes that are in no commit, so no commit finds it");
            return;
        }
        // for whoever deploys it elsewhere: the time that it took to make counts there, the time it lies does not
        var made = release with
        {
            MadeIn = TimeProvider.System.GetUtcNow() - TargetContext.RunStarted,
        };
        await session.Registry.TagAsync(made, $"git-{release.Commit}", cancel);
        var figure = $"{release.Version} is {release.What.Short}";
        if (SignWork.Signer(build) is not { } signer)
        {
            Progress.Figure(figure);
            return;
        }
        var statements = await Statements.OfAsync(build, made, cancel);
        var fresh = await signer.AttestAsync(made, statements, Progress, cancel);
        await IndexAsync(signer, made, cancel);
        Progress.Figure($"{figure}, {Attested(statements.Count, fresh)}");
        Progress.Closing($"Released {release.Name}: {ImageWork.Reference(release)}");
    }

    // last, so that what is taken away later is missed
    private static async Task IndexAsync(ISigner signer, Release release, CancellationToken cancel)
    {
        var signed = await signer.StatementsAsync(release.What, cancel);
        if (!EvidenceIndex.Covers(release, signed))
        {
            var index = EvidenceIndex.Write(release, signed, TimeProvider.System.GetUtcNow());
            await signer.AttestAsync(release, [index], Progress, cancel);
        }
    }

    private static string Attested(int all, int fresh) =>
        fresh == all ? $"{all} attestations" : $"{all} attestations, {all - fresh} were there";
}
