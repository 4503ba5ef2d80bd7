namespace TheaIA.Delivery;

/// <summary>How a Docker engine builds an image.</summary>
/// <param name="Context">The folder whose files the Dockerfile may copy, less what .dockerignore names.</param>
/// <param name="Path">The Dockerfile, in that folder: <c>src/TheaIA.Api/Dockerfile</c>.</param>
public sealed record DockerfileBuild(string Context, string Path)
{
    /// <summary>The stage to build. Null: the last one.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// Build args by name. They end up in the image's history: no secrets. BASE_IMAGE, REVISION, VERSION,
    /// CREATED and SOURCE are told besides, to a Dockerfile that declares them. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}
