using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Registry.Access;

/// <summary>
/// Which logins there are for a registry, in order: what Docker keeps, then a provider's, then the
/// provider's once more, since a login of its can have ended meanwhile.
/// </summary>
internal sealed class LoginSearch(RepositoryAddress registry, RegistryAccess access)
{
    private readonly IRegistryHost? provider = access.Hosts.FirstOrDefault(h =>
        h.Serves(registry.Host)
    );

    /// <summary>The first login; null when there is none.</summary>
    public async Task<Login?> FirstAsync(CancellationToken cancel)
    {
        try
        {
            return await KeptAsync(cancel) ?? await ProvidedAsync(anew: false, cancel);
        }
        // a helper that is not here matters only where nobody else knows a login
        catch (OutcomeException) when (provider is not null)
        {
            return await ProvidedAsync(anew: false, cancel);
        }
    }

    /// <summary>The login to try after one was refused; null when there is none.</summary>
    public Task<Login?> AfterAsync(Login refused, CancellationToken cancel) =>
        refused.IsAnew
            ? Task.FromResult<Login?>(null)
            : ProvidedAsync(anew: refused.IsFromProvider, cancel);

    private async Task<Login?> KeptAsync(CancellationToken cancel)
    {
        if (DockerConfig.Read(access.Variable) is not { } config)
        {
            return null;
        }
        if (
            access.Runner is { } runner
            && config.HelperOf(registry.LoginKey) is { } helper
            && await new CredentialHelper(runner, helper).LoginAsync(registry.LoginKey, cancel)
                is { } login
        )
        {
            return login;
        }
        return config.LoginOf(registry.LoginKey);
    }

    private async Task<Login?> ProvidedAsync(bool anew, CancellationToken cancel)
    {
        if (provider is null)
        {
            return null;
        }
        var login = await provider.LoginAsync(registry.Host, cancel);
        return new Login(login.User, login.Password, "its provider")
        {
            IsFromProvider = true,
            IsAnew = anew,
        };
    }
}
