using System.Text.Json;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Signing.Reading;

/// <summary>Reads the manifests that lie beside an image; others wrote them, so that nothing is taken for granted.</summary>
internal static class ManifestParts
{
    /// <summary>A manifest's layers; none when it is no manifest.</summary>
    public static IReadOnlyList<Descriptor> Layers(ReadOnlyMemory<byte> manifest) =>
        [
            .. (JsonReading.Object(manifest)?.Items("layers") ?? [])
                .Select(Layer)
                .OfType<Descriptor>(),
        ];

    /// <summary>An annotation of the manifest itself.</summary>
    public static string? Annotation(ReadOnlyMemory<byte> manifest, string key) =>
        JsonReading.Object(manifest)?.Part("annotations")?.Text(key);

    private static Descriptor? Layer(JsonElement layer) =>
        layer.Text("digest") is { } digest && Digest.IsWhole(digest)
            ? new Descriptor(layer.Text("mediaType") ?? "", digest, Size(layer))
            {
                Annotations = Annotations(layer.Part("annotations")),
            }
            : null;

    private static long Size(JsonElement layer) =>
        layer.Part("size") is { ValueKind: JsonValueKind.Number } size
        && size.TryGetInt64(out var n)
            ? n
            : 0;

    private static Dictionary<string, string> Annotations(JsonElement? annotations) =>
        annotations is { ValueKind: JsonValueKind.Object } all
            ? all.EnumerateObject()
                .Select(p => (p.Name, Value: all.Text(p.Name)))
                .Where(p => p.Value is not null)
                .GroupBy(p => p.Name, StringComparer.Ordinal)
                .ToDictionary(p => p.Key, p => p.Last().Value!, StringComparer.Ordinal)
            : [];
}
