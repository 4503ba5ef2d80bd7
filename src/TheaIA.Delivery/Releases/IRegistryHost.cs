using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>What some registries want beside the OCI distribution API: a login of their own, repositories made first.</summary>
public interface IRegistryHost
{
    /// <summary>It speaks for this host.</summary>
    /// <param name="host">The registry's host, with its port if it has one.</param>
    bool Serves(string host);

    /// <summary>A name and password that the host takes now.</summary>
    /// <param name="host">The registry's host.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: nobody is logged in to the provider.</exception>
    Task<RegistryCredentials> LoginAsync(string host, CancellationToken cancel);

    /// <summary>Makes the repository when it is missing; called before a push.</summary>
    /// <param name="host">The registry's host.</param>
    /// <param name="repository">The repository's path on it.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>A sentence when something was made; null when all was there.</returns>
    Task<string?> EnsureRepositoryAsync(string host, string repository, CancellationToken cancel);

    /// <summary>What the registry's own scan found in an image.</summary>
    /// <param name="what">The image.</param>
    /// <param name="cancel">Ends the wait for a scan that runs.</param>
    Task<FindingsReport> FindingsAsync(Claim what, CancellationToken cancel);
}

/// <summary>Basic credentials of a registry.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Password">The password or token.</param>
public sealed record RegistryCredentials(string User, Secret Password);
