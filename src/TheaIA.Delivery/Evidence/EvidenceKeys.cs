using System.Security.Cryptography;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>A trusted public key, opened.</summary>
/// <param name="Name">How a person names it.</param>
/// <param name="File">Its file's name in <c>keys/</c>.</param>
/// <param name="Public">The key itself.</param>
internal sealed record EvidenceKey(string Name, string File, ECDsa Public);

/// <summary>The trusted keys that are files: what anybody can check with openssl, offline.</summary>
internal sealed class EvidenceKeys : IDisposable
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Each key once.</summary>
    public required IReadOnlyList<EvidenceKey> All { get; init; }

    /// <summary>Names of those that are no files: what they signed cannot be checked offline.</summary>
    public required IReadOnlyList<string> Elsewhere { get; init; }

    /// <summary>The names, for a sentence.</summary>
    public string Names => string.Join(", ", All.Select(k => k.Name));

    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: no key file, or one that is no public key.</exception>
    public static EvidenceKeys Read(IReadOnlyList<TrustedKey> trusted)
    {
        var files = trusted.Where(IsFile).ToList();
        if (files.Count == 0)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                trusted.Count == 0
                    ? "Evidence needs the public key that the release was signed by: --trusted-key cosign.pub."
                    : $"{trusted[0].Name} is no key file, and only that can be checked offline: "
                        + "`cosign public-key --key KMS-URI > cosign.pub` writes one for --trusted-key."
            );
        }
        var keys = new List<EvidenceKey>();
        try
        {
            foreach (var one in files)
            {
                var key = Open(one);
                if (keys.Exists(k => Bytes(k.Public).AsSpan().SequenceEqual(Bytes(key))))
                {
                    key.Dispose();
                    continue;
                }
                keys.Add(new EvidenceKey(one.Name, FileName(one, keys), key));
            }
        }
        catch
        {
            keys.ForEach(k => k.Public.Dispose());
            throw;
        }
        return new EvidenceKeys
        {
            All = keys,
            Elsewhere = [.. trusted.Where(t => !IsFile(t)).Select(t => t.Name)],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in All)
        {
            key.Public.Dispose();
        }
    }

    private static bool IsFile(TrustedKey key) =>
        key.Key is { } path && !path.Contains("://", StringComparison.Ordinal);

    private static ECDsa Open(TrustedKey key)
    {
        if (!File.Exists(key.Key))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"There is no key file {key.Name}: --trusted-key names the public key that the release was signed by."
            );
        }
        var text = File.ReadAllText(key.Key);
        // a private key would be read just as well: it has no business here
        if (PemEncoding.TryFind(text, out var pem) && text[pem.Label] == "PUBLIC KEY")
        {
            var opened = ECDsa.Create();
            try
            {
                opened.ImportFromPem(text.AsSpan()[pem.Location]);
                if (
                    opened.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256
                )
                {
                    return opened;
                }
            }
            catch (Exception e) when (e is CryptographicException or ArgumentException)
            {
                // another kind of key, or none: said below
            }
            opened.Dispose();
        }
        throw new OutcomeException(
            Outcome.Wrong,
            $"{key.Name} is no public key of cosign (ECDSA P-256 in PEM): --trusted-key names cosign.pub, never cosign.key."
        );
    }

    private static byte[] Bytes(ECDsa key) => key.ExportSubjectPublicKeyInfo();

    private static string FileName(TrustedKey key, List<EvidenceKey> others)
    {
        var plain = StatementNames.Safe(Path.GetFileNameWithoutExtension(key.Name));
        var name = plain;
        for (var n = 2; others.Exists(k => k.File == $"{name}.pub"); n++)
        {
            name = $"{plain}-{n}";
        }
        return $"{name}.pub";
    }
}
