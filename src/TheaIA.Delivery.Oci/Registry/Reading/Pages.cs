using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Registry.Http;

namespace TheaIA.Delivery.Oci.Registry.Reading;

/// <summary>Lists that come in pages, each with a link to the next (distribution spec; RFC 8288).</summary>
/// <param name="repository">Whose.</param>
/// <param name="what">What is listed, for errors.</param>
internal sealed class Pages(RemoteRepository repository, string what)
{
    private readonly RegistryHttp http = repository.Http;

    /// <summary>The pages from an address on; none when the registry has nothing there, or not this API.</summary>
    public async IAsyncEnumerable<(Answer Answer, byte[] Bytes)> FromAsync(
        string first,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var seen = new HashSet<Uri>();
        for (Uri? url = repository.Address.Url(first); url is not null; )
        {
            if (!seen.Add(url))
            {
                throw http.Refusals.Strange(what, "its pages lead back to each other");
            }
            var (answer, bytes) = await http.DocumentAsync(
                new Ask(HttpMethod.Get, url, what, repository.Scope),
                cancel
            );
            using (answer)
            {
                if (
                    answer.Status
                    is HttpStatusCode.NotFound
                        or HttpStatusCode.MethodNotAllowed
                        or HttpStatusCode.NotImplemented
                )
                {
                    yield break;
                }
                if (answer.Status != HttpStatusCode.OK)
                {
                    throw http.Refusals.Refused(what, answer);
                }
                yield return (answer, bytes);
                url = Next(answer);
            }
        }
    }

    /// <summary>Reads a page.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it is something else.</exception>
    public T Read<T>(byte[] page, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(page, type) ?? throw new JsonException("null");
        }
        catch (JsonException strange)
        {
            throw http.Refusals.Strange(what, "it is not what was asked for", strange);
        }
    }

    // Link: </v2/NAME/tags/list?n=1000&last=x>; rel="next"
    private Uri? Next(Answer answer)
    {
        if (
            answer.Header("Link") is not { } link
            || !link.Contains("next", StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }
        var open = link.IndexOf('<', StringComparison.Ordinal);
        var close = link.IndexOf('>', StringComparison.Ordinal);
        return
            open >= 0
            && close > open
            && Uri.TryCreate(answer.Url, link[(open + 1)..close], out var next)
            ? http.Resolve(answer.Url, next)
            : null;
    }
}
