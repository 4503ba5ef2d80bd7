using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TheaIA.Api.Tests;

public sealed class ShutdownTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_arrives_in_pieces_over_4_s_is_answered()
    {
        await using var service = new RunningService().OverTcp();
        using var request = await SlowRequest.BeginAsync(service);
        foreach (var piece in (string[])["{", "}", " ", " "])
        {
            await Task.Delay(1000, Cancel);
            await request.SendAsync(piece);
        }

        (await request.EndAsync()).ShouldStartWith("HTTP/1.1 201 Created\r\n");
    }

    [Fact]
    public async Task The_server_gives_a_slow_body_half_a_minute()
    {
        await using var service = new RunningService();

        var limits = service
            .Services.GetRequiredService<IOptions<KestrelServerOptions>>()
            .Value.Limits;

        limits.MaxRequestBodySize.ShouldBe(64 * 1024);
        limits.MinRequestBodyDataRate?.GracePeriod.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_is_in_flight_when_it_is_told_to_end_is_answered()
    {
        var arrival = new Arrival();
        await using var service = new RunningService().With(arrival.Add).OverTcp();
        using var request = await SlowRequest.BeginAsync(service);
        await request.SendAsync("{");
        // before that it is not in flight: whoever switches away from a service sends nothing new to it
        // before he tells it to end
        await arrival.Seen.WaitAsync(Cancel);

        var ended = TellToEnd(service.Life);
        await request.SendAsync("}");

        (await request.EndAsync()).ShouldStartWith("HTTP/1.1 201 Created\r\n");
        await ended;
    }

    [Fact]
    public async Task Readiness_ends_before_the_service_does()
    {
        await using var service = new RunningService().OverTcp();
        using var client = service.CreateClient();
        (
            await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel)
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        var told = new TaskCompletionSource<HttpStatusCode>();
        await using var registration = service.Life.ApplicationStopping.Register(() =>
            told.SetResult(
                Task.Run(() => client.GetAsync(new Uri("/health/ready", UriKind.Relative)))
                    .GetAwaiter()
                    .GetResult()
                    .StatusCode
            )
        );

        var ended = TellToEnd(service.Life);

        (await told.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancel)).ShouldBe(
            HttpStatusCode.ServiceUnavailable
        );
        await ended;
    }

    [Fact]
    public async Task A_request_that_never_ends_holds_it_up_for_9_s_at_most()
    {
        var limit = TimeSpan.Zero;
        var arrival = new Arrival();
        await using var service = new RunningService()
            .With(arrival.Add)
            .With(services =>
                services.PostConfigure<HostOptions>(host =>
                {
                    limit = host.ShutdownTimeout;
                    host.ShutdownTimeout = TimeSpan.FromMilliseconds(500);
                })
            )
            .OverTcp();
        using var request = await SlowRequest.BeginAsync(service);
        await request.SendAsync("{");
        await arrival.Seen.WaitAsync(Cancel);
        var began = Stopwatch.GetTimestamp();

        await TellToEnd(service.Life);

        limit.ShouldBe(TimeSpan.FromSeconds(9));
        Stopwatch
            .GetElapsedTime(began)
            .ShouldBeInRange(TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(4));
    }

    /// <summary>Tells it to end, as SIGTERM does; the task is done when it has.</summary>
    private static Task TellToEnd(IHostApplicationLifetime life)
    {
        var ended = new TaskCompletionSource();
        life.ApplicationStopped.Register(ended.SetResult);
        life.StopApplication();
        return ended.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }

    /// <summary>Tells when the service has a request whose body is still to come.</summary>
    private sealed class Arrival : IStartupFilter
    {
        private readonly TaskCompletionSource _seen = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task Seen => _seen.Task;

        public void Add(IServiceCollection services) => services.AddSingleton<IStartupFilter>(this);

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (context, rest) =>
                    {
                        if (HttpMethods.IsPost(context.Request.Method))
                        {
                            _seen.TrySetResult();
                        }

                        return rest(context);
                    }
                );
                next(app);
            };
    }

    /// <summary>A POST whose body is sent by hand, chunk by chunk.</summary>
    private sealed class SlowRequest : IDisposable
    {
        private readonly TcpClient _client = new();

        public static async Task<SlowRequest> BeginAsync(RunningService service)
        {
            using var client = service.CreateClient();
            var port = client.BaseAddress.ShouldNotBeNull().Port;
            var request = new SlowRequest();
            await request._client.ConnectAsync(IPAddress.Loopback, port, Cancel);
            await request.WriteAsync(
                "POST /v1/conversations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            );
            return request;
        }

        public Task SendAsync(string piece) => WriteAsync($"{piece.Length:x}\r\n{piece}\r\n");

        public async Task<string> EndAsync()
        {
            await WriteAsync("0\r\n\r\n");
            using var reader = new StreamReader(_client.GetStream());
            return await reader.ReadToEndAsync(Cancel);
        }

        public void Dispose() => _client.Dispose();

        private async Task WriteAsync(string text) =>
            await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancel);
    }
}
