using TheaIA.Delivery.Aws.Cli;
using TheaIA.Delivery.Aws.Scans;

namespace TheaIA.Delivery.Aws.Registries;

/// <summary>ECR as the registry client sees it.</summary>
internal sealed class EcrHost(AwsCli aws, EcrSetup setup) : IRegistryHost
{
    private readonly EcrLogins _logins = new(aws, setup);
    private readonly EcrRepositories _repositories = new(aws, setup);
    private readonly EcrScans _scans = new(aws, setup);

    /// <inheritdoc/>
    public bool Serves(string host) => EcrRegistry.Find(host, setup) is not null;

    /// <inheritdoc/>
    public async Task<RegistryCredentials> LoginAsync(string host, CancellationToken cancel) =>
        await _logins.OfAsync(EcrRegistry.Of(host, setup), cancel);

    /// <inheritdoc/>
    public async Task<string?> EnsureRepositoryAsync(
        string host,
        string repository,
        CancellationToken cancel
    ) => await _repositories.EnsureAsync(EcrRegistry.Of(host, setup), repository, cancel);

    /// <inheritdoc/>
    public async Task<FindingsReport> FindingsAsync(Claim what, CancellationToken cancel)
    {
        var slash = what.Repository.IndexOf('/', StringComparison.Ordinal);
        var (host, repository) =
            slash < 0
                ? (what.Repository, "")
                : (what.Repository[..slash], what.Repository[(slash + 1)..]);
        return await _scans.ReadAsync(EcrRegistry.Of(host, setup), repository, what, cancel);
    }
}
