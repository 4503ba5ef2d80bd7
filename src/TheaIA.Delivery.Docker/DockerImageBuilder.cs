using System.Diagnostics.CodeAnalysis;
using Docker.DotNet.Models;
using TheaIA.Abstractions;
using TheaIA.Delivery.Docker.Contexts;
using TheaIA.Delivery.Docker.Dockerfiles;
using TheaIA.Delivery.Docker.Engine;
using TheaIA.Delivery.Oci;

namespace TheaIA.Delivery.Docker;

/// <summary>
/// Builds a Dockerfile by a Docker engine, and packs what comes out again as an OCI image: one digest for
/// one image, with annotations on its manifest. Layers above the base get the commit's time, so that the
/// same files give the same digest; what a step makes different each time stays different.
/// </summary>
/// <param name="endpoint">
/// The engine: <c>unix:///var/run/docker.sock</c>, <c>tcp://HOST:PORT</c>. Null: DOCKER_HOST, else Docker's
/// context, else the system's usual socket, as the docker command has it.
/// </param>
/// <param name="time">The clock of waits. Null: the system's.</param>
[ExcludeFromCodeCoverage(
    Justification = "Driven by tests with a real Docker engine; where it is missing nobody runs this."
)]
public sealed class DockerImageBuilder(Uri? endpoint = null, TimeProvider? time = null)
    : IImageBuilder
{
    /// <inheritdoc/>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: no engine answers, or the request names no Dockerfile that is there, or no
    /// base image for one that wants it; <see cref="Outcome.Failed"/>: it did not build, and the line is named.
    /// </exception>
    public async Task<ImageBuild> BuildAsync(
        ImageRequest request,
        string layoutDirectory,
        CancellationToken cancel
    )
    {
        var build =
            request.Dockerfile
            ?? throw new OutcomeException(
                Outcome.Wrong,
                $"No Dockerfile is named for {request.Repository}: a Docker engine builds nothing else."
            );
        var dockerfile = Dockerfile.Of(build);
        BuildArguments.Check(request, build, dockerfile);
        var progress = request.Progress;
        using var engine = await DockerEngine.ConnectAsync(
            endpoint,
            time ?? TimeProvider.System,
            cancel
        );
        var under = await BaseAsync(engine, request, cancel);

        progress?.Doing("packing the build context");
        await using var context = Spool.Open();
        var files = await Context(build, dockerfile).WriteAsync(context, cancel);
        context.Position = 0;
        progress?.Doing($"sending {files} files to the Docker engine");
        var transcript = await engine.BuildAsync(
            context,
            dockerfile,
            new ImageBuildParameters
            {
                Dockerfile = dockerfile.Path,
                Target = build.Target,
                BuildArgs = BuildArguments.Of(request, build, dockerfile, under),
                // what a step leaves behind goes, also when it fails
                Remove = true,
                ForceRemove = true,
            },
            progress,
            cancel
        );

        progress?.Doing("packing the image");
        var baseLayers = transcript.Base is { } image
            ? await engine.LayersAsync(image, cancel)
            : [];
        var built = await engine.SaveAsync(
            transcript.Image!,
            archive =>
                SavedImage.RepackAsync(archive, request, baseLayers, layoutDirectory, cancel),
            cancel
        );
        return built with
        {
            Note = $"by Docker {engine.Version}, {Count(transcript.Warnings.Count)}",
            Warnings = transcript.Warnings,
        };
    }

    private static BuildContext Context(DockerfileBuild build, Dockerfile dockerfile) =>
        new(
            build.Context,
            DockerIgnore.Of(build.Context, dockerfile.Path),
            new HashSet<string>(StringComparer.Ordinal) { dockerfile.Path, DockerIgnore.Name }
        );

    /// <summary>How the engine names the base image. One in a folder it cannot fetch, so it is given it.</summary>
    private static async Task<string?> BaseAsync(
        DockerEngine engine,
        ImageRequest request,
        CancellationToken cancel
    )
    {
        if (request.Base is not { } given || !OciBase.IsFolder(given.Reference))
        {
            return request.Base?.Reference;
        }
        var image = await OciBase.ImageIdAsync(given, cancel);
        if (await engine.HoldsAsync(image, cancel))
        {
            return image;
        }
        request.Progress?.Doing("giving the base image to the Docker engine");
        await using var archive = Spool.Open();
        await OciBase.SaveAsync(given, archive, cancel);
        archive.Position = 0;
        // an engine with containerd's store has ids of its own
        return await engine.LoadAsync(archive, cancel) ?? image;
    }

    private static string Count(int warnings) =>
        warnings == 1 ? "1 warning" : $"{warnings} warnings";
}
