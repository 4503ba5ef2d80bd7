namespace TheaIA.Delivery;

/// <summary>All that was said about a digest, by whomever, as bytes that anybody can check again.</summary>
public interface IStatements
{
    /// <summary>Reads every signature and attestation that lies beside an image, the bad ones too.</summary>
    /// <param name="what">The image.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <returns>One entry each, signatures first; empty when nothing was said.</returns>
    /// <exception cref="TheaIA.Abstractions.OutcomeException">
    /// <see cref="TheaIA.Abstractions.Outcome.Wrong"/>: a key or program that the search needs is not there;
    /// <see cref="TheaIA.Abstractions.Outcome.Failed"/>: the registry does not answer, or has no such image.
    /// </exception>
    Task<IReadOnlyList<SignedStatement>> StatementsAsync(Claim what, CancellationToken cancel);
}

/// <summary>One signature or attestation as it lies beside an image.</summary>
/// <param name="PredicateType">
/// An attestation's type URI; a signature's is what its document calls itself
/// (<c>cosign container image signature</c>, or <c>https://sigstore.dev/cosign/sign/v1</c>). Empty: it cannot be read.
/// </param>
/// <param name="Kind"><see cref="Signature"/> or <see cref="Attestation"/>.</param>
/// <param name="Envelope">
/// What openssl can check alone: a DSSE envelope <c>{payloadType, payload, signatures: [{sig}]}</c>, whose signature is
/// over its pre-authentication encoding (DSSE 1.0); or, for a signature of cosign 2, <c>{"payload", "signature"}</c> in
/// base64, whose signature is over the payload. What cannot be read is given as it is.
/// </param>
/// <param name="KeyName">Which trusted key signed it, as it was named; null: none did.</param>
/// <param name="Trouble">Why it does not count, in words; null: it counts.</param>
public sealed record SignedStatement(
    string PredicateType,
    string Kind,
    ReadOnlyMemory<byte> Envelope,
    string? KeyName,
    string? Trouble
)
{
    /// <summary>A <see cref="Kind"/>: it says that a key vouches for the image.</summary>
    public const string Signature = "signature";

    /// <summary>A <see cref="Kind"/>: it says something about the image.</summary>
    public const string Attestation = "attestation";
}
