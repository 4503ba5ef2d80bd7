using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TheaIA.Delivery.Oci.Tests.Registry.Given;

/// <summary>A small HTTP server on a free loopback port that can do what real ones do only when they fail.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<TcpClient, Task> lines = new();
    private readonly Func<Request, Reply> answer;
    private readonly Task accepting;
    private bool ended;

    public WebServer(Func<Request, Reply> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>All that came, in order.</summary>
    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>After how many bytes of a request's body the line is cut. Null: it is not.</summary>
    public Func<Request, int?> CutBody { get; set; } = _ => null;

    public async ValueTask DisposeAsync()
    {
        if (ended)
        {
            return; // a test may end it sooner
        }
        ended = true;
        await ending.CancelAsync();
        listener.Stop();
        foreach (var line in lines.Keys)
        {
            line.Dispose();
        }
        await accepting;
        await Task.WhenAll(lines.Values);
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var line = await listener.AcceptTcpClientAsync(ending.Token);
                line.NoDelay = true;
                lines[line] = ServeAsync(line);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // the test has ended
        }
    }

    private async Task ServeAsync(TcpClient line)
    {
        await Task.Yield();
        try
        {
            await using var stream = line.GetStream();
            while (await ReadHeadAsync(stream) is { } request)
            {
                var length = int.Parse(
                    request.Header("Content-Length") ?? "0",
                    CultureInfo.InvariantCulture
                );
                if (CutBody(request) is { } part)
                {
                    request.Cut = true;
                    length = Math.Min(part, length);
                }
                request.Body = new byte[length];
                await stream.ReadExactlyAsync(request.Body, ending.Token);
                Requests.Enqueue(request);
                var reply = answer(request);
                if (reply.Silent)
                {
                    await Task.Delay(Timeout.Infinite, ending.Token);
                }
                if (request.Cut || reply.Gone || !await WriteAsync(stream, request, reply))
                {
                    return;
                }
            }
        }
        catch (Exception e)
            when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // the client has gone, or the test has ended
        }
        finally
        {
            line.Dispose();
        }
    }

    private async Task<Request?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, ending.Token) == 0)
            {
                return null;
            }
            head.Append((char)one[0]);
        }
        var rows = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = rows[0].Split(' ');
        return new Request(
            first[0],
            first[1],
            rows.Skip(1)
                .Select(r => r.Split(": ", 2))
                .ToDictionary(r => r[0], r => r[1], StringComparer.OrdinalIgnoreCase)
        );
    }

    private async Task<bool> WriteAsync(NetworkStream stream, Request request, Reply reply)
    {
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} Status\r\n");
        if (reply.Status != 204 && !reply.Headers.ContainsKey("Content-Length"))
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Body.Length}\r\n");
        }
        foreach (var (name, value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
        head.Append("\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ToString()), ending.Token);
        if (request.Method == "HEAD" || reply.Status == 204)
        {
            return true;
        }
        var body = reply.Body.AsMemory(0, reply.CutAfter ?? reply.Body.Length);
        var piece = reply.Trickle > 0 ? reply.Trickle : Math.Max(body.Length, 1);
        for (var at = 0; at < body.Length; at += piece)
        {
            await stream.WriteAsync(
                body.Slice(at, Math.Min(piece, body.Length - at)),
                ending.Token
            );
            if (reply.Trickle > 0)
            {
                await Task.Delay(1, ending.Token);
            }
        }
        return reply.CutAfter is null;
    }
}
