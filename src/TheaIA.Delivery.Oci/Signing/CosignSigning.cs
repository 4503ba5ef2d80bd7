using TheaIA.Delivery.Oci.Signing.Commands;
using TheaIA.Delivery.Oci.Signing.Trust;

namespace TheaIA.Delivery.Oci.Signing;

/// <summary>Signing by cosign, and reading what it left.</summary>
/// <param name="time">The clock of waits.</param>
/// <param name="environment">Reads a variable: keyless signing is by the CI's identity.</param>
internal sealed class CosignSigning(TimeProvider time, Func<string, string?> environment) : ISigning
{
    /// <inheritdoc/>
    public ISigner SignerWith(SigningKey key, SigningTools tools)
    {
        var cosign = Program(tools);
        return new CosignSigner(
            cosign,
            new KeyOpening(cosign, key, environment),
            new StatementBook(tools.Registry, cosign)
        );
    }

    /// <inheritdoc/>
    public IAttestations TrustedBy(IReadOnlyList<TrustedKey> keys, SigningTools tools) =>
        keys.Count == 0 ? new NoAttestations() : Trusting(keys, tools);

    /// <inheritdoc/>
    public IStatements StatementsBy(IReadOnlyList<TrustedKey> keys, SigningTools tools) =>
        Trusting(keys, tools);

    private TrustedStatements Trusting(IReadOnlyList<TrustedKey> keys, SigningTools tools)
    {
        var cosign = Program(tools);
        return new TrustedStatements(
            keys,
            new TrustedKeys(cosign),
            new StatementBook(tools.Registry, cosign)
        );
    }

    private CosignProgram Program(SigningTools tools) =>
        new(tools.Runner, tools.TemporaryDirectory, time);
}
