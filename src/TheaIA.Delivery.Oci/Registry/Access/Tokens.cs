using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Registry.Http;

namespace TheaIA.Delivery.Oci.Registry.Access;

/// <summary>Gets bearer tokens (distribution spec, token authentication; OAuth2 for identity tokens).</summary>
internal sealed class Tokens(RepositoryAddress registry, Transport transport, RegistryAccess access)
{
    private const string Client = "theaia";

    /// <summary>What the specification says where the server does not.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    /// <summary>A token, or why there is none for this login.</summary>
    /// <exception cref="PassingException">The server may give one the next time.</exception>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: what it says is not the protocol.</exception>
    public async Task<(Pass? Pass, ErrorText? Refusal)> GetAsync(
        Challenge challenge,
        AccessScope scope,
        Login? login,
        CancellationToken cancel
    )
    {
        var server = Server(challenge);
        using var request = login is { IsIdentityToken: true }
            ? Exchange(server, challenge, scope, login)
            : Question(server, challenge, scope, login);
        using var response = await transport.SendAsync(request, answerIn: null, cancel);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return (await ReadAsync(response, server, login, cancel), null);
        }
        var error = await ErrorText.ReadAsync(response, access.Patience.Answer, cancel);
        return
            (int)response.StatusCode >= 500 || response.StatusCode == HttpStatusCode.TooManyRequests
            ? throw new PassingException($"{server.Authority}: {error}")
            {
                Answered = true,
                RetryAfter = response.Headers.RetryAfter?.Delta,
            }
            : (null, error);
    }

    private Uri Server(Challenge challenge)
    {
        if (
            !Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var server)
            || server.Scheme is not ("http" or "https")
        )
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{registry.Host} names no address where logins become tokens ('{challenge.Realm}'): see that --registry names an OCI registry."
            );
        }
        return server.Scheme == Uri.UriSchemeHttps || server.IsLoopback
            ? server
            : throw new OutcomeException(
                Outcome.Failed,
                $"{registry.Host} wants the login sent to {server.Authority} in the clear, and it is not: mend the registry's token realm to https."
            );
    }

    private static HttpRequestMessage Question(
        Uri server,
        Challenge challenge,
        AccessScope scope,
        Login? login
    )
    {
        var query = new List<string>();
        if (challenge.Service.Length > 0)
        {
            query.Add($"service={Uri.EscapeDataString(challenge.Service)}");
        }
        query.AddRange(Scopes(challenge, scope).Select(s => $"scope={Uri.EscapeDataString(s)}"));
        if (login is not null)
        {
            query.Add($"client_id={Client}");
        }
        var joint = server.Query.Length > 0 ? "&" : "?";
        return new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(server.AbsoluteUri + joint + string.Join('&', query))
        )
        {
            Headers = { Authorization = login?.Basic() },
        };
    }

    private static HttpRequestMessage Exchange(
        Uri server,
        Challenge challenge,
        AccessScope scope,
        Login login
    ) =>
        new(HttpMethod.Post, server)
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["grant_type"] = "refresh_token",
                    ["service"] = challenge.Service,
                    ["client_id"] = Client,
                    ["scope"] = string.Join(' ', Scopes(challenge, scope)),
                    ["refresh_token"] = login.Password.Reveal(),
                }
            ),
        };

    // the registry knows best what it wants for this request; not that a push follows, nor what a mount reads
    private static IEnumerable<string> Scopes(Challenge challenge, AccessScope scope)
    {
        var wanted = challenge.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (wanted.Count == 0 || scope.Push)
        {
            wanted.Remove((scope with { Push = false }).Own);
            wanted.Add(scope.Own);
        }
        if (scope.Mount is { } mount)
        {
            wanted.Add(mount);
        }
        return wanted.Distinct(StringComparer.Ordinal);
    }

    private async Task<Pass> ReadAsync(
        HttpResponseMessage response,
        Uri server,
        Login? login,
        CancellationToken cancel
    )
    {
        string? token = null;
        var lasts = Usual;
        try
        {
            using var document = JsonDocument.Parse(
                await response.Content.ReadAsStringAsync(cancel)
            );
            token =
                Text(document.RootElement, "token") ?? Text(document.RootElement, "access_token");
            if (
                document.RootElement.TryGetProperty("expires_in", out var seconds)
                && seconds.TryGetInt32(out var given)
                && given > Usual.TotalSeconds
            )
            {
                lasts = TimeSpan.FromSeconds(given);
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new PassingException(broken.GetBaseException().Message, broken);
        }
        catch (Exception strange) when (strange is JsonException or InvalidOperationException)
        {
            token = null; // not JSON, not an object: no token, which is told below without quoting it
        }
        return token is null
            ? throw new OutcomeException(
                Outcome.Failed,
                $"{server.Authority} gave no token for {registry.Host}: see that --registry names an OCI registry."
            )
            : new Pass(
                new AuthenticationHeaderValue("Bearer", token),
                login,
                // a bit less, so that none ends on the way
                access.Time.GetUtcNow()
                    + lasts * 0.9
            );
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
