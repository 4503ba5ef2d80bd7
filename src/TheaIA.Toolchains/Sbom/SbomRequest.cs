namespace TheaIA.Toolchains;

/// <summary>What a bill of materials is made of.</summary>
/// <param name="Root">The checkout, with .config/dotnet-tools.json.</param>
/// <param name="Project">The service's project file.</param>
/// <param name="PublishDirectory">What went into the image: its *.deps.json says which packages.</param>
/// <param name="ArtifactsPath">Where that publish restored to (<see cref="Publish.ArtifactsPath"/>).</param>
/// <param name="TemporaryDirectory">A folder of this run; made when needed.</param>
public sealed record SbomRequest(
    string Root,
    string Project,
    string PublishDirectory,
    string ArtifactsPath,
    string TemporaryDirectory
)
{
    /// <summary>The service's name.</summary>
    public required string Name { get; init; }

    /// <summary>The release's version.</summary>
    public required string Version { get; init; }

    /// <summary>The image's digest: the serial number is made from it, so that the same image has the same bill.</summary>
    public required string Digest { get; init; }

    /// <summary>The commit's time: the bill's time, for the same reason.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The base image, which brings the runtime. Null: none, this machine's dotnet is used.</summary>
    public string? BaseImage { get; init; }
}

/// <summary>A bill of materials.</summary>
/// <param name="Json">The CycloneDX document.</param>
/// <param name="Packages">How many packages are in the image; each is in the bill, with licence and hash.</param>
public sealed record SbomResult(string Json, int Packages)
{
    /// <summary>Packages in the image that state no licence at all. Default: none.</summary>
    public IReadOnlyList<string> Unlicensed { get; init; } = [];

    /// <summary><c>41 packages</c>, <c>41 packages, 1 without a licence</c>.</summary>
    public string Figure =>
        Figures.Count(Packages, "package")
        + (Unlicensed.Count > 0 ? $", {Unlicensed.Count} without a licence" : "");
}
