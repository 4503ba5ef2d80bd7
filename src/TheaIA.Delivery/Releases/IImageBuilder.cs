using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Makes an image from a folder: the same bytes give the same digest, anywhere, at any time.</summary>
public interface IImageBuilder
{
    /// <summary>Writes the image into a folder in OCI image layout.</summary>
    /// <param name="request">What goes in.</param>
    /// <param name="layoutDirectory">The folder; made or added to.</param>
    /// <param name="cancel">Ends the build; a build that was cut off leaves no index entry.</param>
    Task<ImageBuild> BuildAsync(
        ImageRequest request,
        string layoutDirectory,
        CancellationToken cancel
    );
}

/// <summary>What goes into an image.</summary>
/// <param name="Repository">The repository: the service's name in this machine's store.</param>
/// <param name="ApplicationDirectory">A portable publish of the service.</param>
/// <param name="EntryAssembly">What dotnet starts: <c>TheaIA.Api.dll</c>.</param>
/// <param name="Commit">The full commit (OCI annotation revision).</param>
/// <param name="Version">OCI annotation version.</param>
/// <param name="Created">The commit's time (OCI annotation created).</param>
public sealed record ImageRequest(
    string Repository,
    string ApplicationDirectory,
    string EntryAssembly,
    string Commit,
    string Version,
    DateTimeOffset Created
)
{
    /// <summary>The work tree had changes that are in no commit. Default: false.</summary>
    public bool Dirty { get; init; }

    /// <summary>What the application stands on. Null: nothing, so that it runs on this machine only.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>Where the sources lie, as an address (OCI annotation source). Null: not known.</summary>
    public string? Source { get; init; }

    /// <summary>How a Docker engine builds it. Null: it is built without an engine.</summary>
    public DockerfileBuild? Dockerfile { get; init; }

    /// <summary>Who is told of the steps of a build that has some. Null: nobody.</summary>
    public IProgressReport? Progress { get; init; }
}

/// <summary>The image that an application layer stands on.</summary>
/// <param name="Reference">As it was given: <c>HOST/REPOSITORY@sha256:...</c>, or <c>FOLDER@sha256:...</c> in OCI layout.</param>
/// <param name="What">Repository and digest. An index stands for its linux/amd64 image.</param>
/// <param name="From">Where it is read.</param>
public sealed record BaseImage(string Reference, Claim What, IRegistry From);

/// <summary>A built image.</summary>
/// <param name="Release">Its release; no proof yet.</param>
/// <param name="Size">Bytes of all its blobs.</param>
/// <param name="Note">What to know about it: <c>no base: this machine only</c>.</param>
public sealed record ImageBuild(Release Release, long Size, string Note)
{
    /// <summary>
    /// What the engine that built it warned of, each text once; the gate <c>Docker built without
    /// warnings</c> passes on none. Null: no engine built it, so nobody could warn.
    /// </summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
