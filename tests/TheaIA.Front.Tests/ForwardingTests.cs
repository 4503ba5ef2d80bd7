using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TheaIA.Front.Tests;

public sealed class ForwardingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_passes_as_it_is_and_so_does_its_answer()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(Cancel);
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            context.Response.Headers["X-Back"] = "there";
            var request = context.Request;
            await context.Response.WriteAsync(
                $"{request.Method} {request.Path}{request.QueryString} {request.Host} {request.Headers["X-There"]} {body}"
            );
        });
        await using var front = await RunningFront.StartAsync(backend.As(1));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/a%20b?c=d%26e");
        request.Content = new StringContent("hello");
        request.Headers.Add("X-There", "and");

        using var answer = await front.Client.SendAsync(request, Cancel);

        answer.StatusCode.ShouldBe((HttpStatusCode)418);
        answer.Headers.GetValues("X-Back").ShouldBe(["there"]);
        answer.Headers.Contains("Server").ShouldBeTrue("the service's own header stays");
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe(
            $"POST /v1/a%20b?c=d%26e 127.0.0.1:{front.Port} and hello"
        );
    }

    [Fact]
    public async Task It_listens_on_both_loopback_addresses()
    {
        Assert.SkipUnless(HasIPv6(), "this machine has no ::1");
        await using var backend = await Backend.StartAsync("here");
        await using var front = await RunningFront.StartAsync(backend.As(1));

        (await front.GetAsync()).ShouldBe("here");
        (await front.GetAsync($"http://[::1]:{front.Port}/")).ShouldBe("here");
        (await front.GetAsync($"http://localhost:{front.Port}/")).ShouldBe("here");
    }

    [Fact]
    public async Task A_request_is_passed_on_while_it_is_sent()
    {
        var firstPart = new byte[64 * 1024];
        var arrived = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            var first = new byte[32 * 1024];
            await context.Request.Body.ReadExactlyAsync(first, Cancel);
            arrived.SetResult();
            await context.Request.Body.ReadExactlyAsync(first, Cancel);
            using var rest = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync(await rest.ReadToEndAsync(Cancel));
        });
        await using var front = await RunningFront.StartAsync(backend.As(1));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Content = new Chunks(async stream =>
        {
            await stream.WriteAsync(firstPart, Cancel);
            await stream.FlushAsync(Cancel);
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
            await stream.WriteAsync("second"u8.ToArray(), Cancel);
        });

        using var answer = await front.Client.SendAsync(request, Cancel);

        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("second");
    }

    [Fact]
    public async Task An_answer_is_passed_on_while_it_is_made()
    {
        var arrived = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync(Cancel);
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
            await context.Response.WriteAsync("second");
        });
        await using var front = await RunningFront.StartAsync(backend.As(1));

        await using var body = await front.Client.GetStreamAsync(
            new Uri("/", UriKind.Relative),
            Cancel
        );
        var first = new byte[5];
        await body.ReadExactlyAsync(first, Cancel);
        arrived.SetResult();
        using var rest = new StreamReader(body);

        Encoding.UTF8.GetString(first).ShouldBe("first");
        (await rest.ReadToEndAsync(Cancel)).ShouldBe("second");
    }

    [Fact]
    public async Task No_limit_of_the_front_cuts_a_large_or_slow_request()
    {
        await using var app = FrontServer.Build(new FrontOptions(TestPorts.Free(), "none"));

        var limits = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        limits.MaxRequestBodySize.ShouldBeNull();
        limits.MinRequestBodyDataRate.ShouldBeNull();
        limits.MinResponseDataRate.ShouldBeNull();
    }

    [Fact]
    public async Task A_web_socket_passes()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[64];
            var message = await socket.ReceiveAsync(buffer.AsMemory(), Cancel);
            await socket.SendAsync(
                buffer.AsMemory(0, message.Count),
                WebSocketMessageType.Text,
                endOfMessage: true,
                Cancel
            );
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Cancel);
        });
        await using var front = await RunningFront.StartAsync(backend.As(3));
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{front.Port}/talk"), Cancel);
        (await front.ReportAsync()).ShouldBe("{\"current\":3,\"inFlight\":{\"3\":1}}");
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Cancel);
        var buffer = new byte[64];
        var echo = await socket.ReceiveAsync(buffer.AsMemory(), Cancel);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Cancel);

        Encoding.UTF8.GetString(buffer, 0, echo.Count).ShouldBe("hello");
        await front.ReportsAsync("{\"current\":3,\"inFlight\":{\"3\":0}}");
    }

    private static bool HasIPv6()
    {
        try
        {
            using var listener = new System.Net.Sockets.TcpListener(IPAddress.IPv6Loopback, 0);
            listener.Start();
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private sealed class Chunks(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
