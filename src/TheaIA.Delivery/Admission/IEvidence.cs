namespace TheaIA.Delivery;

/// <summary>Finds what was attested about a digest, by keys that its readers trust.</summary>
public interface IEvidence
{
    /// <summary>The checks whose signatures hold for this very digest.</summary>
    /// <param name="what">The image.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <returns>One check an attestation; empty when nothing is attested.</returns>
    Task<IReadOnlyList<Check>> AttestedAsync(Claim what, CancellationToken cancel);
}

/// <summary>Nothing can be attested yet: every question is answered with nothing.</summary>
public sealed class NoAttestations : IEvidence
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Check>> AttestedAsync(Claim what, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Check>>([]);
}
