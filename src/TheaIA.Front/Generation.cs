namespace TheaIA.Front;

/// <summary>
/// One thing that is or was served, with the connections to it. They are its own: a port that is used
/// again later never meets a connection of the process before.
/// </summary>
internal sealed class Generation(Current current) : IDisposable
{
    /// <summary>What it is.</summary>
    public Current Current { get; } = current;

    /// <summary>Where it listens.</summary>
    public string Address { get; } = $"http://127.0.0.1:{current.Port}";

    /// <summary>The connections to it.</summary>
    public HttpMessageInvoker Connections { get; } =
        new(
            new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                ActivityHeadersPropagator = null,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                // shorter than any server's own, so that none is closed from the far end while we write
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            }
        );

    /// <summary>Requests that are being answered; guarded by <see cref="Generations"/>.</summary>
    public int InFlight { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Connections.Dispose();
}
