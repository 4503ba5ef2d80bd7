using System.Text.Json;

namespace TheaIA.Delivery.Oci.Registry.Reading;

/// <summary>A manifest as a registry gave it; its bytes have this digest.</summary>
/// <param name="Bytes">The document.</param>
/// <param name="MediaType">What the registry says it is.</param>
/// <param name="Digest">Made from the bytes.</param>
internal sealed record RegistryManifest(byte[] Bytes, string MediaType, string Digest)
{
    /// <summary>Read as a manifest or an index; null when it is neither.</summary>
    public ManifestDocument? Document()
    {
        try
        {
            return JsonSerializer.Deserialize(Bytes, RegistryJson.Default.ManifestDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
