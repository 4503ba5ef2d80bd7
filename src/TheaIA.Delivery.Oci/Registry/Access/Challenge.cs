using System.Net.Http.Headers;
using System.Text;

namespace TheaIA.Delivery.Oci.Registry.Access;

/// <summary>How a registry wants to be logged in to (WWW-Authenticate, RFC 9110 section 11.6.1).</summary>
internal sealed record Challenge(bool IsBearer, string Realm, string Service, string Scope)
{
    /// <summary>The one to answer: a token before a password. Null: none that is known here.</summary>
    public static Challenge? Of(HttpResponseHeaders headers)
    {
        var all = headers.WwwAuthenticate.Select(Read).OfType<Challenge>().ToList();
        return all.Find(c => c.IsBearer) ?? all.FirstOrDefault();
    }

    private static Challenge? Read(AuthenticationHeaderValue header)
    {
        var bearer = header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
        if (!bearer && !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var values = Values(header.Parameter ?? "");
        return new Challenge(
            bearer,
            values.GetValueOrDefault("realm", ""),
            values.GetValueOrDefault("service", ""),
            values.GetValueOrDefault("scope", "")
        );
    }

    /// <summary>NAME=VALUE and NAME="QUOTED, with \" in it", separated by commas.</summary>
    public static Dictionary<string, string> Values(string parameter)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while (at < parameter.Length)
        {
            var equals = parameter.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }
            var name = parameter[at..equals].Trim(' ', ',', '\t');
            values[name] = Value(parameter, equals + 1, out at);
        }
        return values;
    }

    private static string Value(string parameter, int at, out int end)
    {
        while (at < parameter.Length && parameter[at] == ' ')
        {
            at++;
        }
        if (at >= parameter.Length || parameter[at] != '"')
        {
            var comma = parameter.IndexOf(',', at);
            end = comma < 0 ? parameter.Length : comma;
            return parameter[at..end].Trim();
        }
        var value = new StringBuilder();
        for (at++; at < parameter.Length && parameter[at] != '"'; at++)
        {
            if (parameter[at] == '\\' && at + 1 < parameter.Length)
            {
                at++;
            }
            value.Append(parameter[at]);
        }
        end = Math.Min(at + 1, parameter.Length);
        return value.ToString();
    }
}
