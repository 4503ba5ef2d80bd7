using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>
/// Sends one request, once, without following anything. A connection that is refused, breaks or stands
/// still becomes a <see cref="PassingException"/>.
/// </summary>
/// <param name="host">How a person names the registry.</param>
/// <param name="patience">How long it waits.</param>
internal sealed class Transport(string host, Patience patience)
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(10);

    // shared by all: handlers keep connections, and are meant to live as long as the process
    private static readonly HttpMessageInvoker Direct = Invoker(useProxy: false);
    private static readonly HttpMessageInvoker Outward = Invoker(useProxy: true);

    /// <param name="request">What to send.</param>
    /// <param name="answerIn">How long nothing may move. Null: <see cref="Patience.Answer"/>.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>The answer, as soon as its head is there.</returns>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        TimeSpan? answerIn,
        CancellationToken cancel
    )
    {
        var longest = answerIn ?? patience.Answer;
        // of the real clock, whatever the clock of the waits: what stands still does so for real
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        quiet.CancelAfter(longest);
        if (request.Content is SlicedContent content)
        {
            content.Moved = () => quiet.CancelAfter(longest);
        }
        try
        {
            // a proxy stands between this machine and others, not before itself
            var invoker = request.RequestUri!.IsLoopback ? Direct : Outward;
            return await invoker.SendAsync(request, quiet.Token);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new PassingException(
                late.InnerException is TimeoutException
                    ? $"no connection in {Connecting.TotalSeconds:0} s"
                    : $"no answer in {longest.TotalSeconds:0.#} s",
                late
            );
        }
        catch (HttpRequestException broken)
        {
            throw Translate(broken);
        }
    }

    /// <summary>The innermost cause, as part of a sentence.</summary>
    public static string Words(Exception cause) => cause.GetBaseException().Message.TrimEnd('.');

    private Exception Translate(HttpRequestException broken) =>
        broken.GetBaseException() switch
        {
            AuthenticationException untrusted => new OutcomeException(
                Outcome.Failed,
                $"{host} shows a certificate that this machine does not trust ({Words(untrusted)}): add its authority to the system's, then try again.",
                broken
            ),
            SocketException { SocketErrorCode: SocketError.HostNotFound } => new OutcomeException(
                Outcome.Failed,
                $"There is no host {host}: look at --registry, or at this machine's DNS.",
                broken
            ),
            var cause => new PassingException(Words(cause), broken),
        };

    private static HttpMessageInvoker Invoker(bool useProxy) =>
        new(
            new SocketsHttpHandler
            {
                // redirects are followed by hand: a login must not go along to another host
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectTimeout = Connecting,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
                UseProxy = useProxy,
            }
        );
}
