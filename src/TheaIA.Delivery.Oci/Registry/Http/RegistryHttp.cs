using System.Net;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Registry.Access;

namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>
/// Asks a registry: with its login, along redirects, again when something fails in passing. The login
/// goes to the registry's own address only.
/// </summary>
internal sealed class RegistryHttp
{
    private const int MostHops = 5;

    /// <summary>Registries take manifests up to 4 MiB at least (distribution spec); this is no image's.</summary>
    private const int LargestDocument = 32 * 1024 * 1024;

    private readonly RepositoryAddress registry;
    private readonly Transport transport;
    private readonly Passes passes;

    public RegistryHttp(RepositoryAddress registry, RegistryAccess access)
    {
        this.registry = registry;
        Access = access;
        transport = new Transport(registry.Host, access.Patience);
        passes = new Passes(
            new LoginSearch(registry, access),
            new Tokens(registry, transport, access),
            access.Time
        );
        Refusals = new Refusals(registry.Host);
    }

    public RegistryAccess Access { get; }

    /// <summary>The sentences for what goes wrong.</summary>
    public Refusals Refusals { get; }

    /// <summary>A new count of failures.</summary>
    public Retry Retry() => new(Access.Time, Access.Patience);

    /// <summary>Asks until there is an answer that does not pass by itself.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it failed for 30 s.</exception>
    public Task<Answer> AskAsync(Ask ask, CancellationToken cancel) =>
        RetryAsync(ask.What, () => OnceAsync(ask, cancel), cancel);

    /// <summary>As <see cref="AskAsync"/>, with the whole body of a success.</summary>
    public Task<(Answer Answer, byte[] Bytes)> DocumentAsync(Ask ask, CancellationToken cancel) =>
        RetryAsync(ask.What, () => DocumentOnceAsync(ask, cancel), cancel);

    /// <summary>Asks once.</summary>
    /// <exception cref="PassingException">It may go well the next time.</exception>
    public async Task<Answer> OnceAsync(Ask ask, CancellationToken cancel)
    {
        while (true)
        {
            var pass = passes.For(ask.Scope);
            var answer = await FollowAsync(ask, pass, cancel);
            if (!WantsLogin(answer))
            {
                pass?.Accept();
                return Final(
                    answer.Status == HttpStatusCode.Forbidden
                        ? answer.Because(pass?.Login, null)
                        : answer
                );
            }
            var renewal = await passes.RenewAsync(ask.Scope, answer.Headers, pass, cancel);
            if (!renewal.Again)
            {
                return answer.Because(renewal.Tried, renewal.Error);
            }
            answer.Dispose();
        }
    }

    /// <summary>Reads an answer's body.</summary>
    public async Task<BodyReader> BodyAsync(Answer answer, CancellationToken cancel) =>
        new(await answer.Content.ReadAsStreamAsync(cancel), Access.Patience.Answer);

    /// <summary>
    /// Where a registry points to. One behind a proxy that ends TLS may say http for itself: that is
    /// taken as its https address.
    /// </summary>
    public Uri Resolve(Uri asked, Uri location)
    {
        var whole = new Uri(asked, location);
        return
            registry.Origin.Scheme == Uri.UriSchemeHttps
            && whole.Scheme == Uri.UriSchemeHttp
            && whole.Host == registry.Origin.Host
            ? new Uri(registry.Origin, whole.PathAndQuery)
            : whole;
    }

    private async Task<T> RetryAsync<T>(string what, Func<Task<T>> once, CancellationToken cancel)
    {
        var retry = Retry();
        while (true)
        {
            PassingException failure;
            try
            {
                return await once();
            }
            catch (PassingException passing)
            {
                failure = passing;
            }
            if (!await retry.AgainAsync(failure.RetryAfter, cancel))
            {
                throw Refusals.GaveUp(what, failure, retry.Tries);
            }
        }
    }

    private async Task<(Answer Answer, byte[] Bytes)> DocumentOnceAsync(
        Ask ask,
        CancellationToken cancel
    )
    {
        var answer = await OnceAsync(ask, cancel);
        if (answer.Status != HttpStatusCode.OK)
        {
            return (answer, []);
        }
        var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        using var body = await BodyAsync(answer, cancel);
        while (await body.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > LargestDocument)
            {
                throw Refusals.Strange(ask.What, $"it is larger than {LargestDocument} bytes");
            }
        }
        return (answer, bytes.ToArray());
    }

    private bool WantsLogin(Answer answer) =>
        IsOwn(answer.Url)
        && (
            answer.Status == HttpStatusCode.Unauthorized || answer.Error is { IsExpiredLogin: true }
        );

    private bool IsOwn(Uri url) =>
        url.Scheme == registry.Origin.Scheme
        && url.Host == registry.Origin.Host
        && url.Port == registry.Origin.Port;

    private async Task<Answer> FollowAsync(Ask ask, Pass? pass, CancellationToken cancel)
    {
        var url = ask.Url;
        for (var hops = 0; ; hops++)
        {
            using var request = ask.Request(url);
            request.Headers.Authorization = IsOwn(url) ? pass?.Header : null;
            var response = await transport.SendAsync(request, ask.Patience, cancel);
            if (!IsRedirect(response, ask.Method))
            {
                var error =
                    (int)response.StatusCode >= 400
                        ? await ErrorText.ReadAsync(response, Access.Patience.Answer, cancel)
                        : null;
                return new Answer(response, url, error);
            }
            var next = Resolve(url, response.Headers.Location!);
            response.Dispose();
            if (hops == MostHops || !IsSafe(url, next))
            {
                throw Refusals.Astray(ask.What, next);
            }
            url = next;
        }
    }

    private static bool IsRedirect(HttpResponseMessage response, HttpMethod method) =>
        response.Headers.Location is not null
        && response.StatusCode switch
        {
            HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => true,
            HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther =>
                method == HttpMethod.Get || method == HttpMethod.Head,
            _ => false,
        };

    // what was asked for over TLS is not read in the clear
    private static bool IsSafe(Uri from, Uri to) =>
        to.Scheme == Uri.UriSchemeHttps
        || to.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp;

    private Answer Final(Answer answer)
    {
        if (answer.Error is not { IsFull: false } error || !IsPassing(answer.Status))
        {
            return answer;
        }
        using (answer)
        {
            var after = answer.Headers.RetryAfter;
            throw new PassingException(error.ToString())
            {
                Answered = true,
                RetryAfter = after?.Delta ?? after?.Date - Access.Time.GetUtcNow(),
            };
        }
    }

    private static bool IsPassing(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;
}
