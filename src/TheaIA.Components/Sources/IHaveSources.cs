namespace TheaIA.Components;

/// <summary>The sources that the targets work on: one solution, its tests, a configuration.</summary>
public interface IHaveSources : INukeBuild
{
    /// <summary>Debug or Release. Default: Debug, whose lines map one to one for the coverage.</summary>
    [Parameter("Debug or Release, for Compile, Test and Coverage. Default: Debug")]
    string Configuration => TryGetValue(() => Configuration) ?? "Debug";

    /// <summary>Narrows Test and Acceptance. What a filter left out is never evidence. Default: all.</summary>
    [Parameter(
        "narrows Test and Acceptance: FullyQualifiedName~Ledger. Never evidence for a release"
    )]
    string? Filter => TryGetValue(() => Filter);

    /// <summary>The goals that the gates hold. A build program states its own.</summary>
    Kpis Goals => new();

    /// <summary>The solution in the root. Default: the only .sln there.</summary>
    AbsolutePath SolutionFile =>
        NukeBuild
            .RootDirectory.GlobFiles("*.sln")
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .FirstOrDefault(NukeBuild.RootDirectory / "none.sln");

    /// <summary>Where the targets put what they make.</summary>
    AbsolutePath ArtifactsDirectory => NukeBuild.RootDirectory / "artifacts";

    /// <summary>The projects whose tests Test runs: tests/*.Tests, less those of Acceptance.</summary>
    IReadOnlyList<AbsolutePath> TestProjects =>
        [
            .. (NukeBuild.RootDirectory / "tests")
                .GlobFiles("*.Tests/*.csproj")
                .Except(AcceptanceProjects)
                .OrderBy(p => p.Name, StringComparer.Ordinal),
        ];

    /// <summary>The projects whose tests run ./build.sh itself: tests/*.Build.Tests.</summary>
    IReadOnlyList<AbsolutePath> AcceptanceProjects =>
        [.. (NukeBuild.RootDirectory / "tests").GlobFiles("*.Build.Tests/*.csproj")];
}

/// <summary>The globs of what the sources' targets depend on.</summary>
internal static class SourceGlobs
{
    /// <summary>What a restore depends on.</summary>
    public static readonly string[] Packages =
    [
        "*.sln",
        "global.json",
        "Directory.*.props",
        "Directory.*.targets",
        ".config/dotnet-tools.json",
        "**/*.csproj",
        "**/packages.lock.json",
        "**/Directory.*.props",
        .. NotSources,
    ];

    /// <summary>What a compile depends on: all of that, and every source.</summary>
    public static readonly string[] Sources =
    [
        .. Packages,
        ".editorconfig",
        "eng/**",
        "build/**",
        "src/**",
        "tests/**",
    ];

    private static string[] NotSources => ["!artifacts/**", "!.nuke/**", "!**/__mismatch__/**"];
}
