using System.Text.Json.Serialization;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Images.Bases;

/// <summary>A manifest or an index of somebody else: OCI and Docker schema 2 have the same shape.</summary>
/// <param name="Config">A manifest's configuration.</param>
/// <param name="Layers">A manifest's layers, from the lowest.</param>
/// <param name="Manifests">An index's images.</param>
internal sealed record BaseDocument(
    BaseEntry? Config = null,
    IReadOnlyList<BaseEntry>? Layers = null,
    IReadOnlyList<BaseEntry>? Manifests = null
);

/// <summary>Points to a blob or manifest.</summary>
internal sealed record BaseEntry(string MediaType, string Digest, long Size)
{
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Set in an index.</summary>
    public BasePlatform? Platform { get; init; }

    public Descriptor As(string mediaType) =>
        new(mediaType, Digest, Size) { Annotations = Annotations };
}

/// <summary>What an image of an index runs on.</summary>
internal sealed record BasePlatform(string Os, string Architecture)
{
    public override string ToString() => $"{Os}/{Architecture}";
}

/// <summary>Reads what others wrote: what is not asked for is passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(BaseDocument))]
internal sealed partial class BaseJson : JsonSerializerContext;
