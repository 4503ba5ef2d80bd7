using System.Globalization;
using TheaIA.Toolchains;

namespace TheaIA.Components;

/// <summary>What the image targets do: publish, image, store, tag.</summary>
internal static class ImageWork
{
    private static IProgressReport Progress => TargetContext.Progress;

    /// <summary>What the image depends on besides the sources: the commit is told by the image.</summary>
    public static string Key(IDockerBuild build)
    {
        var git = DeliverySession.Of(build).GitAsync().GetAwaiter().GetResult();
        return $"{git.Commit} {git.Dirty}";
    }

    public static async Task BuildAsync(IDockerBuild build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        var git = await session.GitAsync();
        var service = session.Service;
        var published = NukeBuild.TemporaryDirectory / "publish";
        var output = published / "out";
        output.CreateOrCleanDirectory();
        Progress.Doing("publishing");
        var publish = DotNet.Publish(
            new(
                service.Project,
                output,
                published / "artifacts",
                NukeBuild.RootDirectory,
                git.Commit
            )
        );
        (await TargetContext.Runner.RunAsync(publish, cancel: cancel)).OrThrow(publish);

        Progress.Doing("making the image");
        build.ImageDirectory.CreateOrCleanDirectory();
        var built = await build.ImageBuilder.BuildAsync(
            new(
                service.Name,
                output,
                service.EntryAssembly,
                git.Commit,
                await VersionAsync(service, git, cancel),
                git.Time
            )
            {
                Dirty = git.Dirty,
            },
            build.ImageDirectory,
            cancel
        );
        ReleaseClaim.Write(build.ImageDirectory, built.Release);
        Progress.Figure($"{built.Release.What.Short}, {Megabytes(built.Size)}, {built.Note}");
    }

    public static async Task PushAsync(IPush build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        var release = ReleaseClaim.Read(build.ImageDirectory);
        var pushed = await session.Registry.PushAsync(build.ImageDirectory, release, cancel);
        Progress.Figure(
            pushed.AlreadyThere == pushed.Blobs
                ? $"{session.Registry.Name}: all {pushed.Blobs} blobs were there"
                : $"{session.Registry.Name}: {pushed.Blobs} blobs, {pushed.AlreadyThere} were there"
        );
    }

    /// <summary>Sign, named on the command line or on a server, without a key: exit 2, never a green skip.</summary>
    public static Task RefuseUnsignableAsync(ISign build)
    {
        if (build.CosignKey is not null)
        {
            var source = TargetContext.SourceOf(nameof(ISign.CosignKey));
            throw new OutcomeException(
                Outcome.Wrong,
                "Signing needs a registry, and only this machine's store is here: "
                    + $"run without --cosign-key. From {source}."
            );
        }
        var named = build.InvokedTargets.Any(t => t.Name == nameof(ISign.Sign));
        return named || NukeBuild.IsServerBuild
            ? throw new OutcomeException(
                Outcome.Wrong,
                "Sign needs a key: --cosign-key FILE or KMS URI (environment variable COSIGN_KEY)."
            )
            : Task.CompletedTask;
    }

    public static void SayUnsigned() =>
        Progress.Note("not signed: development accepts that, the ledger says so");

    /// <summary>Whether this run makes a release: asked for, or on the way to a forgiving place.</summary>
    public static bool MakesRelease(IRelease build)
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
        var release = ReleaseClaim.Read(build.ImageDirectory);
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
        Progress.Figure($"{release.Version} is {release.What.Short}");
    }

    // VersionPrefix and commit, never the depth of a clone
    private static async Task<string> VersionAsync(
        Service service,
        GitFacts git,
        CancellationToken cancel
    )
    {
        var command = new Command(
            "dotnet",
            "msbuild",
            service.Project,
            "-getProperty:VersionPrefix",
            "-nologo"
        );
        var asked = (await TargetContext.Runner.RunAsync(command, cancel: cancel)).OrThrow(command);
        return $"{asked.Output.Trim()}+{git.ShortCommit}";
    }

    private static string Megabytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
