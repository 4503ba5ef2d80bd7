using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>What a published application says is in it.</summary>
/// <param name="Packages">The packages, in order of name.</param>
/// <param name="Frameworks">The shared frameworks that it needs beside it: <c>Microsoft.NETCore.App 10.0.0</c>.</param>
public sealed record PublishedApplication(
    IReadOnlyList<PublishedPackage> Packages,
    IReadOnlyList<string> Frameworks
)
{
    /// <summary>Reads *.deps.json and *.runtimeconfig.json of a folder.</summary>
    /// <param name="directory">What <see cref="DotNet.Publish"/> wrote.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: there is no such file, or it is broken.
    /// </exception>
    public static PublishedApplication Read(string directory)
    {
        var dependencies = Files(directory, "*.deps.json");
        return dependencies.Length == 0
            ? throw new OutcomeException(
                Outcome.Failed,
                $"{directory} has no *.deps.json, so that nobody knows which packages are in the image: "
                    + "run ./build.sh DockerBuild again."
            )
            : new PublishedApplication(
                [
                    .. dependencies
                        .SelectMany(f => Parse(f, PackagesOf))
                        .DistinctBy(p => p.Key, StringComparer.Ordinal)
                        .OrderBy(p => p.Key, StringComparer.Ordinal),
                ],
                [
                    .. Files(directory, "*.runtimeconfig.json")
                        .SelectMany(f => Parse(f, FrameworksOf))
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal),
                ]
            );
    }

    private static string[] Files(string directory, string pattern) =>
        Directory.Exists(directory) ? Directory.GetFiles(directory, pattern) : [];

    private static IReadOnlyList<T> Parse<T>(string file, Func<JsonElement, IEnumerable<T>> read)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return [.. read(json.RootElement)];
        }
        catch (Exception broken)
            when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{file} is broken: run ./build.sh DockerBuild again.",
                broken
            );
        }
    }

    private static IEnumerable<PublishedPackage> PackagesOf(JsonElement dependencies) =>
        from library in dependencies.GetProperty("libraries").EnumerateObject()
        where library.Value.GetProperty("type").GetString() == "package"
        let name = library.Name.Split('/')
        where name.Length == 2
        select new PublishedPackage(
            name[0],
            name[1],
            library.Value.TryGetProperty("sha512", out var hash) ? hash.GetString() ?? "" : ""
        );

    private static IEnumerable<string> FrameworksOf(JsonElement configuration)
    {
        var options = configuration.GetProperty("runtimeOptions");
        var one = options.TryGetProperty("framework", out var single)
            ? [single]
            : Array.Empty<JsonElement>();
        var more = options.TryGetProperty("frameworks", out var list)
            ? list.EnumerateArray().ToArray()
            : [];
        return one.Concat(more)
            .Select(f =>
                $"{f.GetProperty("name").GetString()} {f.GetProperty("version").GetString()}"
            );
    }
}

/// <summary>A package in the image.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">NuGet's hash of it, <c>sha512-</c> and base64; empty: not told.</param>
public sealed record PublishedPackage(string Name, string Version, string Hash)
{
    /// <summary>Ids and versions are the same in any case.</summary>
    internal string Key => $"{Name} {Version}".ToLowerInvariant();
}
