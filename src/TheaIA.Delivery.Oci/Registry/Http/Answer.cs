using System.Net;
using System.Net.Http.Headers;
using TheaIA.Delivery.Oci.Registry.Access;

namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>What a registry answered; its refusal is read, other bodies are the reader's.</summary>
internal sealed class Answer(HttpResponseMessage response, Uri url, ErrorText? error) : IDisposable
{
    public HttpStatusCode Status => response.StatusCode;

    public HttpResponseHeaders Headers => response.Headers;

    public HttpContent Content => response.Content;

    /// <summary>Where it came from, after redirects.</summary>
    public Uri Url => url;

    /// <summary>What it says about a refusal (4xx, 5xx). Null: it is none.</summary>
    public ErrorText? Error { get; init; } = error;

    /// <summary>Which login was refused, when that is why. Null: none was known, or that is not why.</summary>
    public Login? Tried { get; init; }

    /// <summary>The digest that it names; null when it names none.</summary>
    public string? Digest => Header("Docker-Content-Digest");

    public string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    /// <summary>The same answer, with what is known about the login that was tried.</summary>
    public Answer Because(Login? tried, ErrorText? said) =>
        new(response, url, said ?? Error) { Tried = tried };

    public void Dispose() => response.Dispose();
}
