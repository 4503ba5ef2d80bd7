using System.Security.Cryptography;
using TheaIA.Delivery.Oci.Signing.Reading;

namespace TheaIA.Delivery.Oci.Signing.Trust;

/// <summary>
/// A public key of ECDSA (cosign's own are P-256) or RSA (a KMS may have one), as PEM. Verifies here and not
/// by cosign: one read of the registry then answers for all statements and all keys.
/// </summary>
internal sealed class PublicKey
{
    private const string Label = "PUBLIC KEY";

    private readonly byte[] key;
    private readonly bool elliptic;

    private PublicKey(string pem, byte[] key, bool elliptic)
    {
        Pem = pem;
        this.key = key;
        this.elliptic = elliptic;
    }

    /// <summary>As it was read.</summary>
    public string Pem { get; }

    /// <summary>Reads a key; null: the text is no such key.</summary>
    public static PublicKey? FromPem(string text)
    {
        if (
            !PemEncoding.TryFind(text, out var fields)
            || !text.AsSpan(fields.Label).SequenceEqual(Label)
        )
        {
            return null;
        }
        var key = Convert.FromBase64String(text[fields.Base64Data]);
        return IsKey(() => Elliptic(key)) ? new PublicKey(text, key, elliptic: true)
            : IsKey(() => Rsa(key)) ? new PublicKey(text, key, elliptic: false)
            : null;
    }

    /// <summary>Whether the text holds a private key, which nobody should hand around as a trusted one.</summary>
    public static bool IsPrivate(string text) =>
        PemEncoding.TryFind(text, out var fields)
        && text.AsSpan(fields.Label).EndsWith("PRIVATE KEY", StringComparison.Ordinal);

    /// <summary>Whether it made one of the statement's signatures.</summary>
    public bool Signed(StoredStatement statement) =>
        statement.Signatures.Any(s => Verifies(statement.SignedBytes.ToArray(), s));

    private bool Verifies(byte[] data, byte[] signature)
    {
        try
        {
            if (elliptic)
            {
                using var ecdsa = Elliptic(key);
                return Hashes(ecdsa.KeySize)
                    .Any(hash =>
                        ecdsa.VerifyData(
                            data,
                            signature,
                            hash,
                            DSASignatureFormat.Rfc3279DerSequence
                        )
                    );
            }
            using var rsa = Rsa(key);
            return rsa.VerifyData(
                data,
                signature,
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            );
        }
        catch (CryptographicException)
        {
            return false; // bytes that are no signature at all
        }
    }

    /// <summary>cosign 2 hashes by SHA-256 whatever the curve, 3 by the curve's size.</summary>
    private static HashAlgorithmName[] Hashes(int bits) =>
        bits switch
        {
            <= 256 => [HashAlgorithmName.SHA256],
            <= 384 => [HashAlgorithmName.SHA256, HashAlgorithmName.SHA384],
            _ => [HashAlgorithmName.SHA256, HashAlgorithmName.SHA512],
        };

    private static bool IsKey(Func<IDisposable> read)
    {
        try
        {
            read().Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false; // the other algorithm's, or none's
        }
    }

    private static ECDsa Elliptic(byte[] key)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key, out _);
        return ecdsa;
    }

    private static RSA Rsa(byte[] key)
    {
        var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key, out _);
        return rsa;
    }
}
