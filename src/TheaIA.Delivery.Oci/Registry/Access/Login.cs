using System.Net.Http.Headers;
using System.Text;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Registry.Access;

/// <summary>A name and password, and where they come from.</summary>
/// <param name="User">The name.</param>
/// <param name="Password">The password or token.</param>
/// <param name="Source">As a person knows it: a file, a helper.</param>
internal sealed record Login(string User, Secret Password, string Source)
{
    /// <summary>The password is a refresh token, which only the token server takes.</summary>
    public bool IsIdentityToken { get; init; }

    /// <summary>A provider gave it (<see cref="IRegistryHost"/>).</summary>
    public bool IsFromProvider { get; init; }

    /// <summary>The provider was asked for it because the one before was refused.</summary>
    public bool IsAnew { get; init; }

    /// <summary>As basic authentication carries it (RFC 7617).</summary>
    public AuthenticationHeaderValue Basic() =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password.Reveal()}")));
}
