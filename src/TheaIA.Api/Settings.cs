namespace TheaIA.Api;

/// <summary>What can be set, by environment variables or on the command line. An empty value is not set.</summary>
/// <param name="DataDirectory"><c>DATA_DIR</c>: where logs/ lies. Default: the content root.</param>
/// <param name="ImageDigest"><c>IMAGE_DIGEST</c>: the image this process runs from. Null: none was told.</param>
/// <param name="Agents"><c>AGENTS</c>: their names, separated by commas. Default: planner, researcher, writer.</param>
internal sealed record Settings(
    string DataDirectory,
    string? ImageDigest,
    IReadOnlyList<string> Agents
)
{
    private const StringSplitOptions Tidy =
        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    /// <summary>Reads them.</summary>
    /// <param name="configuration">Environment variables and command line.</param>
    /// <param name="environment">Tells the content root.</param>
    public static Settings From(IConfiguration configuration, IHostEnvironment environment)
    {
        string? Value(string name) => configuration[name] is { Length: > 0 } value ? value : null;

        return new Settings(
            Value("DATA_DIR") ?? environment.ContentRootPath,
            Value("IMAGE_DIGEST"),
            [
                .. (Value("AGENTS") ?? "planner,researcher,writer")
                    .Split(',', Tidy)
                    .Distinct(StringComparer.Ordinal),
            ]
        );
    }
}
