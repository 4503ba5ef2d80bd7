using System.Text;

namespace TheaIA.Delivery.Oci.Signing.Reading;

/// <summary>Reads a sigstore bundle, in which cosign 3 keeps a signature or attestation.</summary>
internal static class Bundle
{
    public const string MediaType = "application/vnd.dev.sigstore.bundle";
    public const string PredicateTypeAnnotation = "dev.sigstore.bundle.predicateType";

    /// <summary>Takes the DSSE envelope out of it.</summary>
    /// <param name="bundle">Its JSON.</param>
    /// <param name="announced">The predicate type that the registry tells.</param>
    public static StoredStatement Read(ReadOnlyMemory<byte> bundle, string? announced) =>
        JsonReading.Object(bundle)?.Part("dsseEnvelope") is { } envelope
            ? DsseStatement.Read(
                Encoding.UTF8.GetBytes(envelope.GetRawText()),
                announced,
                bundled: true
            )
            : StoredStatement.Damaged(
                DsseStatement.KindOf(announced),
                announced,
                bundle,
                "it is no bundle with a DSSE envelope",
                bundled: true
            );
}
