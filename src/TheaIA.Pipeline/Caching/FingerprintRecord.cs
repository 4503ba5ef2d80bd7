using System.Text.Json.Serialization;

namespace TheaIA.Pipeline;

/// <summary>What a target's success rested on; kept in <c>.nuke/temp/fingerprints/TARGET.json</c>.</summary>
internal sealed record FingerprintRecord
{
    public required DateTimeOffset When { get; init; }

    /// <summary>The build program's own hash.</summary>
    public required string Program { get; init; }

    /// <summary>SHA-256 of each input key; the values may be secret.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>SHA-256 by path relative to the root.</summary>
    public required SortedDictionary<string, string> Inputs { get; init; }
    public required SortedDictionary<string, string> Outputs { get; init; }

    /// <summary>The figure that the target told, to be shown again.</summary>
    public string? Figure { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true
)]
[JsonSerializable(typeof(FingerprintRecord))]
internal sealed partial class FingerprintJson : JsonSerializerContext;
