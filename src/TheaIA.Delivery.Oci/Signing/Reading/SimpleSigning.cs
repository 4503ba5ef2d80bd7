using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TheaIA.Delivery.Oci.Signing.Reading;

/// <summary>
/// Reads a signature of cosign 2: a simple signing document as a layer, its signature as the layer's
/// annotation (cosign SIGNATURE_SPEC).
/// </summary>
internal static class SimpleSigning
{
    /// <summary>What the document calls itself; nothing else that the key signed is a signature of an image.</summary>
    public const string DocumentType = "cosign container image signature";

    public const string SignatureAnnotation = "dev.cosignproject.cosign/signature";

    // base64's `+` stays a `+`, so that a shell can take the value out
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads one.</summary>
    /// <param name="document">The layer.</param>
    /// <param name="signature">Its annotation: base64.</param>
    public static StoredStatement Read(ReadOnlyMemory<byte> document, string? signature)
    {
        var envelope = Envelope(document, signature);
        if (
            JsonReading.Object(document)?.Part("critical") is not { } critical
            || critical.Text("type") is not DocumentType
            || critical.Part("image")?.Text("docker-manifest-digest") is not { } digest
        )
        {
            return StoredStatement.Damaged(
                SignedStatement.Signature,
                DocumentType,
                envelope,
                "it is no simple signing document"
            );
        }
        return new StoredStatement(SignedStatement.Signature, DocumentType, envelope)
        {
            SignedBytes = document,
            Signatures = JsonReading.Base64(signature) is { } bytes ? [bytes] : [],
            Payload = document,
            Subjects = [digest],
        };
    }

    private static byte[] Envelope(ReadOnlyMemory<byte> document, string? signature)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            json.WriteBase64String("payload", document.Span);
            json.WriteString("signature", Encoding.UTF8.GetBytes(signature ?? ""));
            json.WriteEndObject();
        }
        return stream.ToArray();
    }
}
