using System.Collections.Concurrent;
using TheaIA.Abstractions;
using TheaIA.Delivery.Aws.Cli;

namespace TheaIA.Delivery.Aws.Registries;

/// <summary>Logins at ECR, each kept in this process for as long as it is good.</summary>
internal sealed class EcrLogins(AwsCli aws, EcrSetup setup)
{
    private const string Call = "get-login-password";

    // ECR's 12 hours, less what a push may take that begins with it
    private static readonly TimeSpan Good = TimeSpan.FromHours(11.5);

    private readonly EcrCommands _commands = new(setup);
    private readonly ConcurrentDictionary<string, Login> _logins = new(
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>A login that is good now.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: there is no aws, nobody is logged in, or may not log in here.
    /// <see cref="Outcome.Failed"/>: AWS was not reached.
    /// </exception>
    public async Task<RegistryCredentials> OfAsync(EcrRegistry registry, CancellationToken cancel)
    {
        var now = setup.Time.GetUtcNow();
        if (_logins.TryGetValue(registry.Host, out var kept) && now < kept.Until)
        {
            return kept.Credentials;
        }

        var login = new Login(await AskAsync(registry, cancel), now + Good);
        _logins[registry.Host] = login;
        return login.Credentials;
    }

    private async Task<RegistryCredentials> AskAsync(EcrRegistry registry, CancellationToken cancel)
    {
        var result = await aws.RunAsync(_commands.Password(registry), cancel);
        if (result.ExitCode != 0)
        {
            throw AwsFailure.Of(result, Call, registry.Host);
        }

        var password = result.Output.Trim();
        return password.Length > 0
            ? new("AWS", new Secret(password))
            : throw new OutcomeException(
                Outcome.Failed,
                $"aws ecr {Call} gave no password for {registry.Host}: run it by hand with --debug."
            );
    }

    private sealed record Login(RegistryCredentials Credentials, DateTimeOffset Until);
}
