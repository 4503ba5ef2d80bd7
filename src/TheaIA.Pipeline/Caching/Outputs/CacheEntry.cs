using System.Text.Json.Serialization;

namespace TheaIA.Pipeline;

/// <summary>What a target made, under the key of what it was made of.</summary>
internal sealed record CacheEntry
{
    public required DateTimeOffset Made { get; init; }

    /// <summary>The figure that the target told.</summary>
    public string? Figure { get; init; }

    public required IReadOnlyList<CachedFile> Files { get; init; }

    /// <summary>
    /// Whether it can be restored: what a cache holds was written by others, and must not reach beyond
    /// the outputs that the target declares.
    /// </summary>
    public bool Fits(Glob outputs) =>
        Files.All(f => f is not null && f.IsSound && outputs.IsMatch(f.Path));
}

/// <summary>A file, which has a hash, or a link, which has none.</summary>
internal sealed record CachedFile
{
    /// <summary>Relative to the root, with <c>/</c> between its parts.</summary>
    public required string Path { get; init; }

    /// <summary>The content's, and the name of its blob.</summary>
    public string? Hash { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Who may read, write and run it. Null: made on a system that has none of these.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>Where the link leads, as it is written in it.</summary>
    public string? Link { get; init; }

    /// <summary>What <see cref="FileHashes"/> says of it where it stands.</summary>
    [JsonIgnore]
    public string? Print =>
        Hash is not null && Mode is { } mode && (mode & UnixFileMode.UserExecute) != 0
            ? ContentHash.Runnable(Hash)
            : Hash;

    [JsonIgnore]
    public bool IsSound =>
        !Path.Split('/').Any(part => part is "" or "." or "..")
        && (Hash is null ? Link is not null : ContentHash.IsOne(Hash));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(CacheEntry))]
internal sealed partial class CacheJson : JsonSerializerContext;

/// <summary>What was restored.</summary>
/// <param name="When">When it was made.</param>
/// <param name="Figure">The figure that the target told then.</param>
/// <param name="Outputs">All that is there now, with its hashes.</param>
/// <param name="Removed">How many files went that the target had not made.</param>
internal sealed record RestoredOutputs(
    DateTimeOffset When,
    string? Figure,
    Dictionary<string, string> Outputs,
    int Removed
);
