namespace TheaIA.Delivery;

/// <summary>Finds what was attested about a digest, by keys that its readers trust.</summary>
public interface IAttestations
{
    /// <summary>The checks whose signatures hold for this very digest and its commit.</summary>
    /// <param name="release">The image, and the commit that it says it was made from.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <returns>One check an attestation; empty when nothing is attested.</returns>
    /// <exception cref="TheaIA.Abstractions.OutcomeException">
    /// <see cref="TheaIA.Abstractions.Outcome.Wrong"/>: a key or program that the search needs is not there;
    /// <see cref="TheaIA.Abstractions.Outcome.Failed"/>: the registry does not answer.
    /// </exception>
    Task<Attested> AttestedAsync(Release release, CancellationToken cancel);
}

/// <summary>What was found about one digest.</summary>
/// <param name="Checks">One check an attestation, and one for the signature.</param>
public sealed record Attested(IReadOnlyList<Check> Checks)
{
    /// <summary>Nothing is attested.</summary>
    public static Attested Nothing { get; } = new([]);

    /// <summary>
    /// How long making the release took, by its provenance: it counts against the budget from build to
    /// deployment (M9). Default: zero, nobody said.
    /// </summary>
    public TimeSpan MadeIn { get; init; }
}

/// <summary>Where no key is trusted: every question is answered with nothing.</summary>
public sealed class NoAttestations : IAttestations
{
    /// <inheritdoc/>
    public Task<Attested> AttestedAsync(Release release, CancellationToken cancel) =>
        Task.FromResult(Attested.Nothing);
}
