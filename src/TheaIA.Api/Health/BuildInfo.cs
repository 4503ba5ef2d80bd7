using System.Reflection;

namespace TheaIA.Api.Health;

/// <summary>What runs: the answer of <c>GET /version</c>.</summary>
/// <param name="Version">The version: <c>0.1.0</c>.</param>
/// <param name="Commit">The full commit it was built from; null when the build did not say.</param>
/// <param name="Digest">The image it runs from; null when nobody told it.</param>
/// <param name="StartedAt">When it started.</param>
internal sealed record BuildInfo(
    string Version,
    string? Commit,
    string? Digest,
    DateTimeOffset StartedAt
)
{
    /// <summary>Reads version and commit from the assembly: <c>0.1.0+3f2c1a9...</c>.</summary>
    /// <param name="assembly">The service's assembly.</param>
    /// <param name="digest">The image.</param>
    /// <param name="startedAt">Now.</param>
    public static BuildInfo Of(Assembly assembly, string? digest, DateTimeOffset startedAt) =>
        Parse(
            assembly
                .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion,
            digest,
            startedAt
        );

    internal static BuildInfo Parse(string version, string? digest, DateTimeOffset startedAt)
    {
        var parts = version.Split('+', 2);
        return new BuildInfo(parts[0], parts.ElementAtOrDefault(1), digest, startedAt);
    }
}
