using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Commands;

namespace TheaIA.Delivery.Oci.Signing.Trust;

/// <summary>Reads the keys that are trusted, or says which of them is none.</summary>
/// <param name="cosign">Asks a KMS for its public half.</param>
internal sealed class TrustedKeys(CosignProgram cosign)
{
    /// <summary>Reads them all.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: one is missing, or is no public key.</exception>
    public async Task<IReadOnlyList<TrustedParty>> ReadAsync(
        IReadOnlyList<TrustedKey> keys,
        CancellationToken cancel
    )
    {
        var parties = new List<TrustedParty>();
        foreach (var key in keys)
        {
            parties.Add(
                key.Key is null
                    ? Identity(key)
                    : new TrustedParty(key.Name, await KeyAsync(key.Key, key.Name, cancel), null)
            );
        }
        return parties;
    }

    private static TrustedParty Identity(TrustedKey key) =>
        string.IsNullOrEmpty(key.Identity) || string.IsNullOrEmpty(key.Issuer)
            ? throw new OutcomeException(
                Outcome.Wrong,
                $"The trusted key {key.Name} names neither a key nor an identity with its issuer: --trusted-key FILE names one."
            )
            : new TrustedParty(key.Name, null, key);

    private async Task<PublicKey> KeyAsync(string key, string name, CancellationToken cancel)
    {
        var pem = CosignErrors.IsUri(key)
            ? await RemoteAsync(key, name, cancel)
            : await FileAsync(key, name, cancel);
        return PublicKey.FromPem(pem)
            ?? throw new OutcomeException(
                Outcome.Wrong,
                PublicKey.IsPrivate(pem)
                    ? $"The trusted key {name} is a private key, which only who signs may have: `cosign public-key --key {name}` prints the half to trust."
                    : $"The trusted key {name} is no ECDSA or RSA public key in PEM: `cosign public-key --key COSIGN.KEY` prints one."
            );
    }

    private static async Task<string> FileAsync(string path, string name, CancellationToken cancel)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancel);
        }
        catch (Exception missing)
            when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"There is no trusted key {name}: --trusted-key FILE names a public key.",
                missing
            );
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"The trusted key {name} cannot be read ({unread.Message}): --trusted-key FILE names a public key.",
                unread
            );
        }
    }

    private async Task<string> RemoteAsync(string uri, string name, CancellationToken cancel)
    {
        var result = await cosign.RunAsync(CosignCommands.PublicKey(uri, null), cancel);
        return result.ExitCode == 0
            ? result.Output
            : throw new OutcomeException(
                Outcome.Wrong,
                $"cosign cannot read the trusted key {name} ({CosignErrors.Reason(result)}): log in to its service, or name another by --trusted-key."
            );
    }
}
