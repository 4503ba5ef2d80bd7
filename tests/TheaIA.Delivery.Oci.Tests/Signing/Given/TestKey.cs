using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TheaIA.Delivery.Oci.Signing.Reading;
using TheaIA.Delivery.Oci.Signing.Trust;

namespace TheaIA.Delivery.Oci.Tests.Signing.Given;

/// <summary>A key pair like cosign's, that signs in this process.</summary>
public sealed class TestKey : IDisposable
{
    private readonly ECDsa key;

    public TestKey(ECCurve? curve = null) =>
        key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);

    public string Pem => key.ExportSubjectPublicKeyInfoPem();

    internal TrustedParty Party(string name = "cosign.pub") =>
        new(name, PublicKey.FromPem(Pem)!, null);

    public string Sign(ReadOnlySpan<byte> bytes, HashAlgorithmName? hash = null) =>
        Convert.ToBase64String(
            key.SignData(
                bytes.ToArray(),
                hash ?? HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            )
        );

    /// <summary>A DSSE envelope of an in-toto statement.</summary>
    public string Envelope(
        string digest,
        string predicateType,
        string predicate,
        HashAlgorithmName? hash = null
    )
    {
        const string type = "application/vnd.in-toto+json";
        var payload = Encoding.UTF8.GetBytes(
            $$$"""{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"{{{predicateType}}}","subject":[{"name":"r","digest":{"sha256":"{{{digest["sha256:".Length..]}}}"}}],"predicate":{{{predicate}}}}"""
        );
        return new JsonObject
        {
            ["payloadType"] = type,
            ["payload"] = Convert.ToBase64String(payload),
            ["signatures"] = new JsonArray(
                new JsonObject
                {
                    ["sig"] = Sign(DsseStatement.PreAuthenticationEncoding(type, payload), hash),
                }
            ),
        }.ToJsonString();
    }

    public static string Document(string digest) =>
        $$$"""{"critical":{"identity":{"docker-reference":"r"},"image":{"docker-manifest-digest":"{{{digest}}}"},"type":"cosign container image signature"},"optional":null}""";

    public void Dispose() => key.Dispose();
}
