using System.Globalization;
using System.Net.Http.Headers;

namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>One question to a registry; it can be put again, since its body is at hand.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">Where.</param>
/// <param name="What">What it is about, for errors: <c>the manifest of theaia-api</c>.</param>
/// <param name="Scope">What it needs the right to.</param>
internal sealed record Ask(HttpMethod Method, Uri Url, string What, AccessScope Scope)
{
    public IReadOnlyList<string> Accept { get; init; } = [];

    public ReadOnlyMemory<byte>? Body { get; init; }

    public string BodyType { get; init; } = "application/octet-stream";

    /// <summary>Where the body stands in the blob (Content-Range without unit, as the distribution spec has it).</summary>
    public long? BodyAt { get; init; }

    /// <summary>The first byte that is wanted.</summary>
    public long From { get; init; }

    /// <summary>How long an answer may take. Null: <see cref="Patience.Answer"/>.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>A request for it, at this address or where that was redirected to.</summary>
    public HttpRequestMessage Request(Uri url)
    {
        var request = new HttpRequestMessage(Method, url);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("TheaIA", null));
        foreach (var type in Accept)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }
        if (From > 0)
        {
            request.Headers.Range = new RangeHeaderValue(From, null);
        }
        if (Body is { } body)
        {
            request.Content = new SlicedContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(BodyType);
            if (BodyAt is { } at)
            {
                request.Content.Headers.TryAddWithoutValidation(
                    "Content-Range",
                    string.Create(CultureInfo.InvariantCulture, $"{at}-{at + body.Length - 1}")
                );
            }
        }
        return request;
    }
}

/// <summary>What a request needs the right to (distribution spec, token scopes).</summary>
/// <param name="Path">The repository.</param>
/// <param name="Push">It changes something.</param>
/// <param name="MountFrom">Another repository of the registry that a blob is taken from. Null: none.</param>
internal sealed record AccessScope(string Path, bool Push, string? MountFrom = null)
{
    public string Own => $"repository:{Path}:{(Push ? "pull,push" : "pull")}";

    public string? Mount => MountFrom is null ? null : $"repository:{MountFrom}:pull";
}
