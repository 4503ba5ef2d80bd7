using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>How digests are signed and how signatures are checked. The build program names it, one line.</summary>
public interface ISigning
{
    /// <summary>Signs with one key.</summary>
    /// <param name="key">The key, or the CI's identity.</param>
    /// <param name="tools">What it works with.</param>
    ISigner SignerWith(SigningKey key, SigningTools tools);

    /// <summary>Finds what the given keys attested.</summary>
    /// <param name="keys">Whose signatures count; none: nothing is attested.</param>
    /// <param name="tools">What it works with.</param>
    IAttestations TrustedBy(IReadOnlyList<TrustedKey> keys, SigningTools tools);

    /// <summary>Reads all that was said about a digest, and judges it by the given keys.</summary>
    /// <param name="keys">Whose signatures count; none: each statement has its trouble.</param>
    /// <param name="tools">What it works with.</param>
    IStatements StatementsBy(IReadOnlyList<TrustedKey> keys, SigningTools tools);
}

/// <summary>What signing works with.</summary>
/// <param name="Runner">Runs the signing program.</param>
/// <param name="Registry">Where the image and what is said about it lie.</param>
/// <param name="TemporaryDirectory">A folder of this run for predicates and keys; made when needed.</param>
public sealed record SigningTools(IRunner Runner, IRegistry Registry, string TemporaryDirectory);

/// <summary>
/// Puts signatures on a digest. Each is verified as soon as it is made; as statements it gives those on a
/// digest, judged by its own public half.
/// </summary>
public interface ISigner : IStatements
{
    /// <summary>All that can be refused before anything is built.</summary>
    /// <param name="cancel">Ends the check.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: the program is missing or too old, there is no such key, the password is wrong.
    /// </exception>
    Task CheckAsync(CancellationToken cancel);

    /// <summary>Signs the digest unless this key did, and verifies it with its public half.</summary>
    /// <param name="what">The image.</param>
    /// <param name="cancel">Taken between two calls.</param>
    /// <returns>False: this key had signed it already.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: the registry refused or forgot the signature.</exception>
    Task<bool> SignAsync(Claim what, CancellationToken cancel);

    /// <summary>Attests what is not attested by this key yet, and verifies each with its public half.</summary>
    /// <param name="release">The release.</param>
    /// <param name="statements">What is said about it, in order.</param>
    /// <param name="progress">What it does now.</param>
    /// <param name="cancel">Taken between two statements.</param>
    /// <returns>How many were made; the others were there, with the same verdict.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: the registry refused or forgot one.</exception>
    Task<int> AttestAsync(
        Release release,
        IReadOnlyList<Attestation> statements,
        IProgressReport progress,
        CancellationToken cancel
    );

    /// <summary>What this key attested about the release already.</summary>
    /// <param name="release">The release.</param>
    /// <param name="cancel">Ends the search.</param>
    Task<Attested> AttestedAsync(Release release, CancellationToken cancel);
}

/// <summary>The key that signs. Never a deployer's.</summary>
/// <param name="Reference">A key file or a KMS URI (<c>awskms://...</c>); null: keyless, by the CI's OIDC identity.</param>
/// <param name="Password">Opens a key file; null: it has none.</param>
public sealed record SigningKey(string? Reference, Secret? Password);

/// <summary>A key or identity whose signatures count.</summary>
/// <param name="Name">How a person names it: the file, as it was given.</param>
public sealed record TrustedKey(string Name)
{
    /// <summary>Full path of a public key file (PEM) or a KMS URI. Null: an identity.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Keyless: the certificate's identity, as a regular expression that fits it whole
    /// (<c>https://github.com/theaia/.+/thea_ci.yml@refs/heads/main</c>).
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>Keyless: the certificate's issuer (<c>https://token.actions.githubusercontent.com</c>).</summary>
    public string? Issuer { get; init; }
}
