using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Registry.Http;

namespace TheaIA.Delivery.Oci;

/// <summary>With what a registry is reached. Every part has a default, so that an empty one is good for most.</summary>
public sealed record RegistryAccess
{
    /// <summary>
    /// Providers with a login of their own, asked when Docker's configuration has none for the host, or
    /// when what it has was refused. Default: none.
    /// </summary>
    public IReadOnlyList<IRegistryHost> Hosts { get; init; } = [];

    /// <summary>
    /// Runs Docker's credential helpers (<c>docker-credential-NAME</c>), whose output is a password
    /// (<see cref="Command.PrintsSecret"/>). Null: helpers are not asked.
    /// </summary>
    public IRunner? Runner { get; init; }

    /// <summary>Called with a sentence when a provider made something (a repository). Null: nobody is told.</summary>
    public Action<string>? Told { get; init; }

    /// <summary>Reads an environment variable: DOCKER_CONFIG, HOME.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The clock of waits and of tokens.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long it waits for what.</summary>
    internal Patience Patience { get; init; } = new();

    /// <summary>Bytes that one request of an upload carries; a registry can ask for more.</summary>
    internal int Chunk { get; init; } = 8 * 1024 * 1024;
}
