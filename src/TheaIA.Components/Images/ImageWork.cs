using System.Globalization;
using TheaIA.Delivery;
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
        var output = PublishedDirectory;
        output.CreateOrCleanDirectory();
        Progress.Doing("publishing");
        var publish = DotNet.Publish(
            new(service.Project, output, PublishArtifacts, NukeBuild.RootDirectory, git.Commit)
        );
        (await TargetContext.Runner.RunAsync(publish, cancel: cancel)).OrThrow(publish);

        Progress.Doing("making the image");
        build.ImageDirectory.CreateOrCleanDirectory();
        var built = await Builder(build)
            .BuildAsync(
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
                    Base = Base(build),
                    Source = build.SourceUrl,
                    Dockerfile = build.Docker ? Dockerfile(service) : null,
                    Progress = Progress,
                },
                build.ImageDirectory,
                cancel
            );
        ReleaseClaim.Write(build.ImageDirectory, built.Release);
        var figure = $"{built.Release.What.Short}, {Megabytes(built.Size)}, {built.Note}";
        if (built.Warnings is not { } warnings)
        {
            Progress.Figure(figure);
            return;
        }
        // the gate `Docker built without warnings` (M25)
        if (warnings.Count == 0)
        {
            Progress.Figure($"{figure}; 0 warnings");
            return;
        }
        Progress.Note($"{figure}; {Figures.Count(warnings.Count, "warning")}");
        foreach (var warning in warnings)
        {
            Progress.Say($"warning: {warning}");
        }
    }

    /// <summary>What the service's publish left: what goes into the image.</summary>
    public static AbsolutePath PublishedDirectory =>
        NukeBuild.TemporaryDirectory / "publish" / "out";

    /// <summary>Where that publish restored to and compiled.</summary>
    public static AbsolutePath PublishArtifacts =>
        NukeBuild.TemporaryDirectory / "publish" / "artifacts";

    /// <summary>What the image stands on; null: nothing.</summary>
    public static BaseImage? Base(IDockerBuild build) =>
        build.BaseImage is { } reference
            ? build.BaseAt(reference, DeliverySession.Of(build).StateRoot)
            : null;

    /// <summary>A base image that is none and an engine that is not there are told before anything is built.</summary>
    public static Task RefuseEarlyAsync(IDockerBuild build)
    {
        // a repository that is no name
        _ = DeliverySession.Of(build).Registry;
        _ = Base(build);
        _ = Builder(build);
        return Task.CompletedTask;
    }

    private static IImageBuilder Builder(IDockerBuild build) =>
        !build.Docker
            ? build.ImageBuilder
            : build.DockerBuilder
                ?? throw new OutcomeException(
                    Outcome.Wrong,
                    "This build program names no Docker engine: IHaveImages.DockerBuilder in build/Build.cs, or run without --docker."
                );

    private static string Relative(AbsolutePath path) =>
        Path.GetRelativePath(NukeBuild.RootDirectory, path).Replace('\\', '/');

    // what was published and tested goes in: the pipeline's own dotnet compiled it
    private static DockerfileBuild Dockerfile(Service service) =>
        new(NukeBuild.RootDirectory, Relative(service.ProjectDirectory / "Dockerfile"))
        {
            Target = "from-published",
            Arguments = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PUBLISHED"] = Relative(PublishedDirectory),
            },
        };

    public static async Task PushAsync(IPush build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        var release = session.Made(build.ImageDirectory);
        var pushed = await session.Registry.PushAsync(build.ImageDirectory, release, cancel);
        Progress.Figure(
            pushed.AlreadyThere == pushed.Blobs
                ? $"{session.Registry.Name}: all {pushed.Blobs} blobs were there"
                : $"{session.Registry.Name}: {pushed.Blobs} blobs, {pushed.AlreadyThere} were there"
        );
        if (session.IsRemote)
        {
            Progress.Closing($"Pushed {Reference(release)}");
        }
    }

    /// <summary>The whole name of an image, as any tool takes it: <c>HOST/REPOSITORY@sha256:...</c>.</summary>
    public static string Reference(Release release) =>
        $"{release.What.Repository}@{release.What.Digest}";

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
