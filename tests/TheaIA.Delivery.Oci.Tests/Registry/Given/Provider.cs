using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Tests.Registry.Given;

/// <summary>A provider whose registry wants its own login.</summary>
internal sealed class Provider(string host) : IRegistryHost
{
    public string? Made { get; init; }

    /// <summary>The passwords that it gives, one after the other; the last one stays.</summary>
    public Queue<string> Passwords { get; } = new();

    public List<string> Asked { get; } = [];

    public int Logins { get; private set; }

    public bool Serves(string asked) => asked == host;

    public Task<RegistryCredentials> LoginAsync(string asked, CancellationToken cancel)
    {
        Logins++;
        var password = Passwords.Count > 1 ? Passwords.Dequeue() : Passwords.Peek();
        return Task.FromResult(new RegistryCredentials("AWS", new Secret(password)));
    }

    public Task<string?> EnsureRepositoryAsync(
        string asked,
        string repository,
        CancellationToken cancel
    )
    {
        Asked.Add($"{asked} {repository}");
        return Task.FromResult(Made);
    }

    public Task<FindingsReport> FindingsAsync(Claim what, CancellationToken cancel) =>
        throw new NotSupportedException();
}
