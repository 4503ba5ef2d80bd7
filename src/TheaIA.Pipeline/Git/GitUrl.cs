namespace TheaIA.Pipeline;

/// <summary>
/// A remote's address. User, password and query are left out where it is read, so that nothing can show
/// a token; the port too, which is another one for https than for ssh.
/// </summary>
internal sealed record GitUrl(GitProtocol Protocol, string Endpoint, string Identifier)
{
    private const string SchemeEnd = "://";

    /// <summary>Null: a folder, or no address.</summary>
    public static GitUrl? Parse(string url)
    {
        url = url.Trim();
        return url.IndexOf(SchemeEnd, StringComparison.Ordinal) is var end and > 0
                ? WithScheme(url[..end], url[(end + SchemeEnd.Length)..])
            : Path.IsPathFullyQualified(url) ? null
            : ShortForm(url);
    }

    /// <summary>For error texts about what is no address: nobody knows where in it a password is.</summary>
    public static string Shown(string url) => url.AsSpan().ContainsAny('@', '?', '#') ? "***" : url;

    /// <summary>For a person, and for a browser when it is on the web.</summary>
    public override string ToString() =>
        Protocol == GitProtocol.Https
            ? $"https://{Endpoint}/{Identifier}"
            : $"git@{Endpoint}:{Identifier}";

    private static GitUrl? WithScheme(string scheme, string rest)
    {
        var query = rest.AsSpan().IndexOfAny('?', '#');
        rest = query < 0 ? rest : rest[..query];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return null;
        }

        var host = rest[(rest.LastIndexOf('@', slash) + 1)..slash];
        var port = host.LastIndexOf(':') is var colon && colon > host.LastIndexOf(']') ? colon : -1;
        if (port >= 0)
        {
            // what is no port may be a password with a slash in it, which git would not understand either
            if (host.AsSpan(port + 1).ContainsAnyExceptInRange('0', '9'))
            {
                return null;
            }

            host = host[..port];
        }

        var isWeb =
            scheme.Equals("https", StringComparison.OrdinalIgnoreCase)
            || scheme.Equals("http", StringComparison.OrdinalIgnoreCase);
        return Of(isWeb ? GitProtocol.Https : GitProtocol.Ssh, host, rest[slash..]);
    }

    /// <summary><c>[user@]host:path</c>: the colon stands before any slash, else it is a folder.</summary>
    private static GitUrl? ShortForm(string url)
    {
        var host = url.IndexOf('@', StringComparison.Ordinal) + 1;
        var bracket = url.AsSpan(host).StartsWith("[") ? url.IndexOf(']', host) : host;
        var colon = bracket < 0 ? -1 : url.IndexOf(':', bracket);
        return colon < 0 || url.AsSpan(0, colon).Contains('/')
            ? null
            : Of(GitProtocol.Ssh, url[host..colon], url[(colon + 1)..]);
    }

    private static GitUrl? Of(GitProtocol protocol, string host, string path)
    {
        const string Bare = ".git";
        var identifier = path.Trim('/');
        identifier = identifier.EndsWith(Bare, StringComparison.Ordinal)
            ? identifier[..^Bare.Length].TrimEnd('/')
            : identifier;
        return host.Length == 0 || identifier.Length == 0
            ? null
            : new GitUrl(protocol, host, identifier);
    }
}
