using System.Text.Json.Serialization;

namespace TheaIA.Delivery.Oci.Format;

// The JSON documents of the OCI image spec 1.1. Properties are written in the order of declaration:
// that order is part of the digest, so a new one goes to the end.

/// <summary>Points to a blob.</summary>
internal sealed record Descriptor(string MediaType, string Digest, long Size)
{
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public string? Annotation(string key) => Annotations?.GetValueOrDefault(key);
}

/// <summary>index.json of a layout.</summary>
internal sealed record ImageIndex(
    int SchemaVersion,
    string MediaType,
    IReadOnlyList<Descriptor> Manifests
)
{
    public static ImageIndex Empty { get; } = new(2, MediaTypes.Index, []);
}

/// <summary>An image: its configuration and its layers.</summary>
internal sealed record ImageManifest(
    int SchemaVersion,
    string MediaType,
    Descriptor Config,
    IReadOnlyList<Descriptor> Layers
)
{
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Everything that the manifest points to.</summary>
    [JsonIgnore]
    public IEnumerable<Descriptor> Blobs => Layers.Prepend(Config);
}

/// <summary>What a runtime needs to know to start it.</summary>
internal sealed record ImageConfig(
    string Created,
    string Architecture,
    string Os,
    ContainerConfig Config,
    RootFs Rootfs
);

internal sealed record ContainerConfig(
    [property: JsonPropertyName("User")] string User,
    [property: JsonPropertyName("Env")] IReadOnlyList<string> Env,
    [property: JsonPropertyName("Entrypoint")] IReadOnlyList<string> Entrypoint,
    [property: JsonPropertyName("WorkingDir")] string WorkingDir,
    [property: JsonPropertyName("Labels")] IReadOnlyDictionary<string, string> Labels
);

internal sealed record RootFs(
    string Type,
    [property: JsonPropertyName("diff_ids")] IReadOnlyList<string> DiffIds
);

/// <summary>The file oci-layout, which marks the folder.</summary>
internal sealed record LayoutMark(string ImageLayoutVersion);
