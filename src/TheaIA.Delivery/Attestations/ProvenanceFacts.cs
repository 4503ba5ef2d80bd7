namespace TheaIA.Delivery;

/// <summary>What is known about how a release was made. Nothing in it may be a secret.</summary>
/// <param name="Release">The release.</param>
/// <param name="Started">When making it began: build.sh's first line.</param>
/// <param name="Finished">When the image was made and pushed; the time between counts against M9.</param>
public sealed record ProvenanceFacts(
    Release Release,
    DateTimeOffset Started,
    DateTimeOffset Finished
)
{
    /// <summary>The builder where no CI server is: whoever holds the key.</summary>
    public const string LocalBuilder = "https://theaia.com/builders/local";

    /// <summary>
    /// Who built it. On GitHub the workflow (<c>https://github.com/</c> and GITHUB_WORKFLOW_REF). Default:
    /// <see cref="LocalBuilder"/>.
    /// </summary>
    public string Builder { get; init; } = LocalBuilder;

    /// <summary>The builder's parts with their versions: <c>theaia</c>, <c>dotnet</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> BuilderVersions { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The run: its page on the CI server, or the run's id. Empty (default): not told.</summary>
    public string Invocation { get; init; } = "";

    /// <summary>The targets that were asked for. Default: none.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>
    /// Parameters of the command line that shape the release, for which the caller vouches. Names that
    /// sound like a secret's (key, token, password, ...) are left out, whatever the caller says.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>What the build program set itself (configuration, locked restore). Filtered likewise.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OwnSettings { get; init; } = [];

    /// <summary>
    /// The repository's remote, as git tells it; a name or password in it is left out. Null, or a path of
    /// this machine: the commit alone tells the sources.
    /// </summary>
    public string? Remote { get; init; }

    /// <summary>The base image. Null: none, this machine's runtime is used.</summary>
    public Claim? Base { get; init; }

    /// <summary>The .NET SDK: <c>10.0.100</c>. Null: not told.</summary>
    public string? SdkVersion { get; init; }
}
