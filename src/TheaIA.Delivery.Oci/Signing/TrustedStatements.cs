using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Trust;

namespace TheaIA.Delivery.Oci.Signing;

/// <summary>What the trusted keys said about a release.</summary>
/// <param name="keys">Whose signatures count.</param>
/// <param name="reading">Reads the keys.</param>
/// <param name="book">Reads the statements.</param>
internal sealed class TrustedStatements(
    IReadOnlyList<TrustedKey> keys,
    TrustedKeys reading,
    StatementBook book
) : IAttestations, IStatements
{
    private IReadOnlyList<TrustedParty>? parties;

    /// <inheritdoc/>
    public async Task<Attested> AttestedAsync(Release release, CancellationToken cancel)
    {
        // a wrong key is told also where there is nothing to read
        var trusted = await PartiesAsync(cancel);
        return book.IsOpen
            ? AttestedReport.Of(release, await book.ReadAsync(release.What, trusted, cancel))
            : new Attested([
                new Check(
                    AttestedReport.SignatureGate,
                    release.What.Digest,
                    Verdict.Unknown,
                    book.Closed
                ),
            ]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SignedStatement>> StatementsAsync(
        Claim what,
        CancellationToken cancel
    )
    {
        var judged = await book.ReadAsync(what, await PartiesAsync(cancel), cancel);
        return [.. judged.Select(j => j.Told())];
    }

    private async Task<IReadOnlyList<TrustedParty>> PartiesAsync(CancellationToken cancel) =>
        parties ??= await reading.ReadAsync(keys, cancel);
}
