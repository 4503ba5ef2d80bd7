using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>What the delivery targets do: the parameters of a person become calls of the deployer.</summary>
internal static class DeliveryWork
{
    private static IProgressReport Progress => TargetContext.Progress;

    /// <summary>A place that forgives only notes that making the release took too long.</summary>
    public static bool BudgetBinds(IDeploy build) =>
        !DeliverySession.Of(build).Forward().Policy.Forgiving;

    /// <summary>All that can be refused before anything is built.</summary>
    public static async Task RefuseEarlyAsync(IDeploy build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        var environment = session.Forward();
        var git = await session.GitAsync();
        if (!environment.Policy.Forgiving && git.Dirty)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{environment.Name} takes releases of committed sources only, and this tree has changes: "
                    + "commit or stash them."
            )
            {
                Details = [.. git.DirtyFiles.Take(10)],
            };
        }
        var deployer = session.Deployer(environment);
        if (build.DryRun)
        {
            return;
        }
        await deployer.RefuseEarlyAsync(await TakenReleaseAsync(build, cancel), cancel);
    }

    public static async Task DeployAsync(IDeploy build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        var deployer = session.Deployer(session.Forward());
        var release = ReleaseWork.WasMade(build)
            ? session.Made(build.ImageDirectory) with
            {
                MadeIn = TimeProvider.System.GetUtcNow() - TargetContext.RunStarted,
            }
            : await KnownReleaseAsync(build, cancel);
        if (build.DryRun)
        {
            if (release is null)
            {
                var why = (await session.GitAsync()).Dirty
                    ? "this tree has changes"
                    : "HEAD has no release yet";
                Progress.Say($"build    {string.Join(", ", BuildTargets)}: {why}");
            }
            Say(await deployer.DryRunAsync(release, [], cancel));
            return;
        }
        if (release is null)
        {
            throw NoRelease(await session.GitAsync());
        }
        await deployer.DeployAsync(release, Claims(build, release), Progress, cancel);
        await MoveTagAsync(session, release, cancel);
    }

    // for those who look into the registry; who may only read there deploys all the same
    private static async Task MoveTagAsync(
        DeliverySession session,
        Release release,
        CancellationToken cancel
    )
    {
        var tag = session.Forward().Name;
        try
        {
            await session.Registry.MoveTagAsync(release.What, tag, cancel);
        }
        catch (OutcomeException refused)
        {
            Progress.Say(
                $"The tag {tag} in {session.Registry.Name} was not moved: {refused.Message}"
            );
        }
    }

    public static Task VerifyAsync(IHaveDelivery build, CancellationToken cancel) =>
        Forward(build).VerifyAsync(Progress, cancel);

    public static Task RollbackAsync(IRollback build, CancellationToken cancel) =>
        Deployer(build).RollbackAsync(build.To, Progress, cancel);

    public static async Task RecoverAsync(IRecover build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        var environment = session.Environment();
        if (environment.Platform is null)
        {
            Progress.Say($"{environment.Name} has no platform yet, so nothing is open there.");
            return;
        }
        await session.Deployer(environment).RecoverAsync(build.Deployment, Progress, cancel);
    }

    public static Task UnholdAsync(IHaveDelivery build, CancellationToken cancel) =>
        Deployer(build).UnholdAsync(build.ReleaseReference!, build.Reason!, Progress, cancel);

    public static Task DrillAsync(IHaveDelivery build, CancellationToken cancel) =>
        Forward(build).DrillAsync([], Progress, cancel);

    public static Task StopAsync(IHaveDelivery build, CancellationToken cancel) =>
        Deployer(build).StopAsync(Progress, cancel);

    public static async Task StatusAsync(IHaveDelivery build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        session.RefuseUnknownEnvironment();
        var seen = session.Environments.Select(session.Seen).ToList();
        var statuses = new List<PlaceStatus>();
        foreach (var environment in seen.Where(e => e.Platform is not null))
        {
            statuses.Add(await session.Deployer(environment).StatusAsync(cancel));
        }
        // a place on another port that nobody remembers still takes it
        var moved = new List<PlaceStatus>();
        foreach (var place in session.Moved().Where(m => !seen.Exists(e => e.Name == m.Name)))
        {
            var status = await session.Deployer(place).StatusAsync(cancel);
            if (status is not { Runs: null, Recorded: null, Trouble: null })
            {
                moved.Add(status);
            }
        }
        Say(new StatusRows(TimeProvider.System).Of(statuses, moved));
        var none = session.Environments.Where(e => e.Platform is null).Select(e => e.Name).ToList();
        if (none.Count > 0)
        {
            Progress.Say($"{string.Join(" and ", none)}: no platform yet.");
        }
        if (
            statuses.Concat(moved).Select(s => s.Trouble).OfType<string>().ToList()
            is [var first, .. var others]
        )
        {
            throw new OutcomeException(Outcome.Failed, first)
            {
                Details = others,
                Closing = "Above is what can be known all the same.",
            };
        }
    }

    public static async Task GatesAsync(IHaveDelivery build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        var environment = session.Forward();
        var status = environment.Platform is null
            ? null
            : await session.Deployer(environment).StatusAsync(cancel);
        var release = await ShownReleaseAsync(build, status, cancel);
        // an environment without a platform has its policy already
        var admission = new Admission(
            environment,
            session.Attestations(environment),
            TimeProvider.System
        );
        var checks = await admission.ChecksAsync(release, [], cancel);
        Progress.Say($"{release.Name} {release.What.Short} into {environment.Name}:");
        Say(GateRows.Of(checks));
        Progress.Say(GateRows.Summary(checks, environment.Policy));
        if (status is null)
        {
            Progress.Say($"{environment.Name} has no platform yet: Deploy refuses it in any case.");
        }
        if (status?.Trouble is { } trouble)
        {
            throw new OutcomeException(Outcome.Failed, trouble)
            {
                Closing = "Whatever the gates say, Deploy stops there.",
            };
        }
    }

    public static async Task LogsAsync(ILogs build, CancellationToken cancel)
    {
        var lines = await Deployer(build).LogsAsync(build.Lines, cancel);
        Say(lines.Count > 0 ? lines : ["Nothing has run there yet, so there is no log."]);
    }

    /// <summary>The release that a person names, else the one that HEAD was made into.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: there is none.</exception>
    public static async Task<Release> ReleaseAsync(IHaveDelivery build, CancellationToken cancel) =>
        await KnownReleaseAsync(build, cancel)
        ?? throw NoRelease(await DeliverySession.Of(build).GitAsync());

    /// <summary>The release that a person names, else the one that HEAD was made into; null when it is not made yet.</summary>
    public static async Task<Release?> KnownReleaseAsync(
        IHaveDelivery build,
        CancellationToken cancel
    )
    {
        var session = DeliverySession.Of(build);
        if (build.ReleaseReference is { } reference)
        {
            return await session.Registry.FindAsync(session.Repository, reference, cancel)
                ?? throw new OutcomeException(
                    Outcome.Wrong,
                    $"There is no release '{reference}' of {session.Service.Name} in {session.Registry.Name}: "
                        + "./build.sh Status names those that run, ./build.sh Release makes HEAD's."
                );
        }
        var git = await session.GitAsync();
        return git.Dirty
            ? null
            : await session.Registry.FindAsync(session.Repository, $"git-{git.Commit}", cancel);
    }

    // what Deploy would take without making one: outside development always, else what is there already
    private static async Task<Release?> TakenReleaseAsync(IDeploy build, CancellationToken cancel)
    {
        if (!ReleaseWork.IsMade(build))
        {
            return await KnownReleaseAsync(build, cancel)
                ?? throw NoRelease(await DeliverySession.Of(build).GitAsync());
        }
        try
        {
            return await KnownReleaseAsync(build, cancel);
        }
        catch (OutcomeException damaged) when (damaged.Outcome == Outcome.Failed)
        {
            // the push of this very run mends the store
            return null;
        }
    }

    // the release that Deploy would take; while HEAD has none, the one that runs
    private static async Task<Release> ShownReleaseAsync(
        IHaveDelivery build,
        PlaceStatus? status,
        CancellationToken cancel
    ) =>
        await KnownReleaseAsync(build, cancel)
        ?? status?.Runs
        ?? throw NoRelease(await DeliverySession.Of(build).GitAsync());

    // what this run measured, and nothing that it left out; outside development only attestations count
    private static IReadOnlyList<Check> Claims(IHaveDelivery build, Release release)
    {
        if (!ReleaseWork.WasMade(build))
        {
            return [];
        }
        (string Gate, string Target)[] measured =
        [
            ("tests", nameof(ITest.Test)),
            ("coverage", nameof(ICoverage.Coverage)),
            ("lint", nameof(ILint.Lint)),
        ];
        return
        [
            .. measured
                .Where(m => build.SucceededTargets.Any(t => t.Name == m.Target))
                // filtered tests are never evidence
                .Where(m => m.Gate != "tests" || build.Filter is null)
                .Select(m =>
                    TargetContext.Waived(m.Gate) is { } waiver
                        ? new Check(m.Gate, release.What.Digest, Verdict.Waived, waiver)
                        : new Check(m.Gate, release.What.Digest, Verdict.Pass, "this run")
                ),
            new Check("signature", release.What.Digest, Verdict.Unknown, "this run"),
        ];
    }

    private static void Say(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Progress.Say(line);
        }
    }

    private static readonly string[] BuildTargets =
    [
        nameof(IRestore.Restore),
        nameof(ICompile.Compile),
        nameof(ILint.Lint),
        nameof(ITest.Test),
        nameof(ICoverage.Coverage),
        nameof(IDockerBuild.DockerBuild),
        nameof(IPush.Push),
        nameof(ISign.Sign),
        nameof(IRelease.Release),
    ];

    private static Deployer Deployer(IHaveDelivery build)
    {
        var session = DeliverySession.Of(build);
        return session.Deployer(session.Environment());
    }

    private static Deployer Forward(IHaveDelivery build)
    {
        var session = DeliverySession.Of(build);
        return session.Deployer(session.Forward());
    }

    private static OutcomeException NoRelease(Toolchains.GitFacts git) =>
        new(
            Outcome.Wrong,
            git.Dirty
                ? "This tree has changes, so no release fits it: commit them and ./build.sh Release, or name one with --release."
                : $"There is no release of {git.ShortCommit} yet: ./build.sh Release makes it, or name one with --release."
        );
}
