using System.Globalization;
using System.Text;

namespace TheaIA.Delivery.Oci.Signing.Reading;

/// <summary>
/// Reads an in-toto statement (v0.1 as cosign attests, v1 as cosign 3 signs) in a DSSE envelope
/// (in-toto attestation framework, DSSE 1.0).
/// </summary>
internal static class DsseStatement
{
    /// <summary>What cosign 3 signs an image with: a statement that says nothing but that.</summary>
    public const string SignPredicate = "https://sigstore.dev/cosign/sign/v1";

    private const string PayloadType = "application/vnd.in-toto+json";
    private const string StatementType = "https://in-toto.io/Statement/";

    /// <summary>Reads an envelope.</summary>
    /// <param name="envelope">Its JSON.</param>
    /// <param name="announced">The predicate type that the registry tells; for one that cannot be read.</param>
    /// <param name="bundled">It was in a bundle of cosign 3.</param>
    public static StoredStatement Read(
        ReadOnlyMemory<byte> envelope,
        string? announced,
        bool bundled
    )
    {
        if (
            JsonReading.Object(envelope) is not { } outer
            || outer.Text("payloadType") is not PayloadType
            || outer.Bytes("payload") is not { } payload
        )
        {
            return Unreadable("it is no DSSE envelope of an in-toto statement");
        }
        if (
            JsonReading.Object(payload) is not { } statement
            || statement.Text("_type")?.StartsWith(StatementType, StringComparison.Ordinal) != true
            || statement.Text("predicateType") is not { Length: > 0 } type
        )
        {
            return Unreadable("its payload is no in-toto statement");
        }
        return new StoredStatement(KindOf(type), type, envelope)
        {
            SignedBytes = PreAuthenticationEncoding(PayloadType, payload),
            Signatures =
            [
                .. outer.Items("signatures").Select(s => s.Bytes("sig")).OfType<byte[]>(),
            ],
            Payload = payload,
            Subjects =
            [
                .. statement
                    .Items("subject")
                    .Select(s => s.Part("digest")?.Text("sha256"))
                    .OfType<string>()
                    .Select(hex => Format.Digest.Prefix + hex),
            ],
            Predicate = statement.Part("predicate"),
            Bundled = bundled,
        };

        StoredStatement Unreadable(string why) =>
            StoredStatement.Damaged(KindOf(announced), announced, envelope, why, bundled);
    }

    /// <summary>Whether a type is that of a signature.</summary>
    public static string KindOf(string? predicateType) =>
        predicateType == SignPredicate ? SignedStatement.Signature : SignedStatement.Attestation;

    /// <summary>What a DSSE signature is over: lengths in front, so that nothing can be shifted.</summary>
    public static byte[] PreAuthenticationEncoding(string type, ReadOnlySpan<byte> payload) =>
        [
            .. Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {payload.Length} "
                )
            ),
            .. payload,
        ];
}
