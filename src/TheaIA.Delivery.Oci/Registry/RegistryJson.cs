using System.Text.Json.Serialization;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Registry;

/// <summary>JSON that others wrote: what is not known here is passed over, what may be absent is null.</summary>
[JsonSerializable(typeof(ManifestDocument))]
[JsonSerializable(typeof(TagList))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
internal sealed partial class RegistryJson : JsonSerializerContext;

/// <summary>An image manifest or an index, whoever wrote it (OCI image spec 1.1; Docker's schema 2 reads the same).</summary>
internal sealed record ManifestDocument
{
    public string? MediaType { get; init; }

    public string? ArtifactType { get; init; }

    public Descriptor? Config { get; init; }

    public IReadOnlyList<Descriptor>? Layers { get; init; }

    /// <summary>Of an index: what it lists.</summary>
    public IReadOnlyList<Referrer>? Manifests { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>It lists images, and is none itself.</summary>
    [JsonIgnore]
    public bool IsIndex => Config is null && Manifests is not null;

    /// <summary>All that it points to, each once.</summary>
    [JsonIgnore]
    public IEnumerable<Descriptor> Blobs =>
        (Config is null ? [] : (Descriptor[])[Config])
            .Concat(Layers ?? [])
            .DistinctBy(b => b.Digest, StringComparer.Ordinal);
}

/// <summary>A manifest as an index lists it; in a list of referrers it says what it is.</summary>
internal sealed record Referrer(string MediaType, string Digest, long Size)
{
    public string? ArtifactType { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}

/// <summary>One page of a repository's tags; without tags some registries say null.</summary>
internal sealed record TagList(IReadOnlyList<string>? Tags);
