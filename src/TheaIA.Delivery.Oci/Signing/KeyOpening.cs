using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Commands;
using TheaIA.Delivery.Oci.Signing.Trust;

namespace TheaIA.Delivery.Oci.Signing;

/// <summary>A key that was opened.</summary>
/// <param name="Key">What cosign signs with.</param>
/// <param name="Party">Whose signatures these will be.</param>
/// <param name="PublicKeyFile">The public half, for cosign. Null: keyless.</param>
internal sealed record OpenedKey(SigningKey Key, TrustedParty Party, string? PublicKeyFile);

/// <summary>Opens the key that signs, once a run: a wrong password shows before anything is built.</summary>
/// <param name="cosign">Opens it.</param>
/// <param name="key">The key.</param>
/// <param name="environment">Reads a variable.</param>
internal sealed class KeyOpening(
    CosignProgram cosign,
    SigningKey key,
    Func<string, string?> environment
)
{
    private OpenedKey? opened;

    /// <summary>Opens it.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: no cosign, no such key, or it does not open.</exception>
    public async Task<OpenedKey> OpenAsync(CancellationToken cancel) =>
        opened ??= key.Reference is null
            ? await KeylessAsync(cancel)
            : await OpenAsync(key.Reference, cancel);

    private async Task<OpenedKey> OpenAsync(string reference, CancellationToken cancel)
    {
        await cosign.ToolAsync(cancel);
        var place = CosignErrors.IsUri(reference) ? reference : WholePath(reference);
        var result = await cosign.RunAsync(CosignCommands.PublicKey(place, key.Password), cancel);
        if (result.ExitCode != 0)
        {
            throw CosignErrors.Key(key, result);
        }
        var half =
            PublicKey.FromPem(result.Output)
            ?? throw new OutcomeException(
                Outcome.Wrong,
                $"The signing key {reference} is of a kind that is not verified here (ECDSA and RSA are): `cosign generate-key-pair` makes one."
            );
        var name = Path.GetFileName(reference);
        return new OpenedKey(
            key with
            {
                Reference = place,
            },
            new TrustedParty(name, half, null),
            await cosign.WriteAsync("cosign.pub", half.Pem, cancel)
        );
    }

    private async Task<OpenedKey> KeylessAsync(CancellationToken cancel)
    {
        var identity =
            CiIdentity.Find(environment)
            ?? throw new OutcomeException(
                Outcome.Wrong,
                "No key signs, and there is no OIDC identity here: --cosign-key FILE names a key; in GitHub Actions `permissions: id-token: write` gives an identity."
            );
        await cosign.ToolAsync(cancel);
        return new OpenedKey(key, new TrustedParty(identity.Name, null, identity), null);
    }

    // whole, since cosign runs in another folder than who typed it may stand in
    private static string WholePath(string reference) =>
        File.Exists(reference)
            ? Path.GetFullPath(reference)
            : throw new OutcomeException(
                Outcome.Wrong,
                $"There is no signing key {reference}: --cosign-key FILE names one, `cosign generate-key-pair` makes one."
            );
}
