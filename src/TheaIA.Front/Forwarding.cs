using System.Net;
using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace TheaIA.Front;

/// <summary>Passes each request to whoever serves at that moment.</summary>
/// <param name="generations">Who serves.</param>
/// <param name="forwarder">YARP's direct forwarder.</param>
/// <param name="time">The clock.</param>
internal sealed class Forwarding(
    Generations generations,
    IHttpForwarder forwarder,
    TimeProvider time
)
{
    private static readonly TimeSpan GapOfASwitch = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(25);

    // a slow upload or a silent web socket is not an error here; the service has limits of its own
    private static readonly ForwarderRequestConfig Patient = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = TimeSpan.FromDays(1),
    };

    /// <summary>
    /// Answers one request. A refused connection has touched no byte of it, so it is tried again for
    /// a second with whoever serves by then.
    /// </summary>
    /// <param name="context">The request.</param>
    public async Task ServeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        while (await TryAsync(context) is { } refusal)
        {
            if (refusal.Last || time.GetElapsedTime(began) >= GapOfASwitch)
            {
                await ProblemAsync(context, refusal);
                return;
            }

            await Task.Delay(BetweenTries, time, context.RequestAborted);
        }
    }

    private async Task<Refusal?> TryAsync(HttpContext context)
    {
        Generation? generation;
        try
        {
            generation = generations.Enter();
        }
        catch (Exception unreadable)
            when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Refusal.NothingRuns(unreadable.Message);
        }

        if (generation is null)
        {
            return Refusal.NothingRuns("Nothing is deployed here. ./build.sh Deploy does it.");
        }

        try
        {
            var error = await forwarder.SendAsync(
                context,
                generation.Address,
                generation.Connections,
                Patient,
                AsItIs.Instance
            );
            return
                error == ForwarderError.None
                || context.Response.HasStarted
                || context.RequestAborted.IsCancellationRequested
                ? null
                : Explain(context, generation.Current);
        }
        finally
        {
            generations.Leave(generation);
        }
    }

    private static Refusal Explain(HttpContext context, Current current)
    {
        var failure = context.GetForwarderErrorFeature()?.Exception;
        var release = $"{current.Digest} on port {current.Port}";
        // what the forwarder left is no answer yet; it also refuses to try again on top of it
        context.Response.Clear();
        return
            failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
            ? Refusal.NothingRuns($"{release} does not answer. ./build.sh Status tells more.") with
            {
                Last = !WasRefused(failure),
            }
            : new Refusal(
                StatusCodes.Status502BadGateway,
                "the service broke off",
                $"{release} broke off before it answered. ./build.sh Logs tells more.",
                Last: true
            );
    }

    private static bool WasRefused(Exception failure) =>
        failure.InnerException
            is SocketException { SocketErrorCode: SocketError.ConnectionRefused };

    private static Task ProblemAsync(HttpContext context, Refusal refusal) =>
        TypedResults
            .Problem(refusal.Detail, statusCode: refusal.Status, title: refusal.Title)
            .ExecuteAsync(context);

    private sealed record Refusal(int Status, string Title, string Detail, bool Last)
    {
        public static Refusal NothingRuns(string detail) =>
            new(StatusCodes.Status503ServiceUnavailable, "nothing runs here", detail, Last: true);
    }

    /// <summary>The service sees the address that its user typed.</summary>
    private sealed class AsItIs : HttpTransformer
    {
        public static AsItIs Instance { get; } = new();

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext,
            HttpRequestMessage proxyRequest,
            string destinationPrefix,
            CancellationToken cancellationToken
        )
        {
            await base.TransformRequestAsync(
                httpContext,
                proxyRequest,
                destinationPrefix,
                cancellationToken
            );
            proxyRequest.Headers.Host = httpContext.Request.Host.Value;
        }
    }
}
