using System.Net.Http.Headers;

namespace TheaIA.Delivery.Oci.Registry.Access;

/// <summary>What a request carries so that it is let in.</summary>
/// <param name="header">The header Authorization.</param>
/// <param name="login">Whose it is. Null: anybody's.</param>
/// <param name="until">When it ends. Null: it does not say.</param>
internal sealed class Pass(
    AuthenticationHeaderValue header,
    Login? login,
    DateTimeOffset? until = null
)
{
    private volatile bool accepted;

    public AuthenticationHeaderValue Header => header;

    public Login? Login => login;

    public DateTimeOffset? Until => until;

    public bool IsToken => until is not null;

    /// <summary>It opened something: when it is refused later, it has ended, and was not wrong.</summary>
    public bool WasAccepted => accepted;

    public void Accept() => accepted = true;
}
