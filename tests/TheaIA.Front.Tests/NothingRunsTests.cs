using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace TheaIA.Front.Tests;

public sealed class NothingRunsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_current_file_it_says_that_nothing_is_deployed()
    {
        await using var front = await RunningFront.StartAsync();

        await RefusesAsync(
            front,
            HttpStatusCode.ServiceUnavailable,
            "nothing runs here",
            "Nothing is deployed here. ./build.sh Deploy does it."
        );
        (await front.ReportAsync()).ShouldBe("{\"current\":null,\"inFlight\":{}}");
    }

    [Fact]
    public async Task When_the_current_file_is_broken_it_names_it()
    {
        await using var front = await RunningFront.StartAsync();
        await File.WriteAllTextAsync(front.CurrentFile, "{", Cancel);

        await RefusesAsync(
            front,
            HttpStatusCode.ServiceUnavailable,
            "nothing runs here",
            $"{front.CurrentFile} does not say what the front serves: it is no such JSON. Deploy writes it anew."
        );
        (await front.ReportAsync()).ShouldBe("{\"current\":null,\"inFlight\":{}}");
    }

    [Fact]
    public async Task When_the_port_does_not_answer_it_says_so_after_a_second()
    {
        using var held = TestPorts.Refusing(out var port);
        await using var front = await RunningFront.StartAsync(new Current(port, "sha256:a", 1));
        var began = TimeProvider.System.GetTimestamp();

        await RefusesAsync(
            front,
            HttpStatusCode.ServiceUnavailable,
            "nothing runs here",
            $"sha256:a on port {port} does not answer. ./build.sh Status tells more."
        );

        TimeProvider
            .System.GetElapsedTime(began)
            .ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
        (await front.ReportAsync()).ShouldBe("{\"current\":1,\"inFlight\":{\"1\":0}}");
    }

    [Fact]
    public async Task When_the_service_breaks_off_it_says_so_and_does_not_try_again()
    {
        var asked = 0;
        await using var backend = await Backend.StartAsync(context =>
        {
            asked++;
            context.Abort();
            return Task.CompletedTask;
        });
        await using var front = await RunningFront.StartAsync(backend.As(1));

        await RefusesAsync(
            front,
            HttpStatusCode.BadGateway,
            "the service broke off",
            $"sha256:1 on port {backend.Port} broke off before it answered. ./build.sh Logs tells more."
        );
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task When_the_service_breaks_off_within_its_answer_the_client_sees_that()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync(Cancel);
            await Task.Delay(100, Cancel);
            context.Abort();
        });
        await using var front = await RunningFront.StartAsync(backend.As(1));

        await Should.ThrowAsync<HttpRequestException>(() => front.GetAsync());
        await front.ReportsAsync("{\"current\":1,\"inFlight\":{\"1\":0}}");
    }

    [Fact]
    public async Task When_the_client_goes_away_the_request_is_no_longer_in_flight()
    {
        var begun = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var front = await RunningFront.StartAsync(backend.As(1));
        using var leave = new CancellationTokenSource();

        var request = front.Client.GetAsync(new Uri("/", UriKind.Relative), leave.Token);
        await begun.Task;
        (await front.ReportAsync()).ShouldBe("{\"current\":1,\"inFlight\":{\"1\":1}}");
        await leave.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => request);
        await front.ReportsAsync("{\"current\":1,\"inFlight\":{\"1\":0}}");
    }

    private static async Task RefusesAsync(
        RunningFront front,
        HttpStatusCode status,
        string title,
        string detail
    )
    {
        using var answer = await front.Client.GetAsync(
            new Uri("/v1/agents", UriKind.Relative),
            Cancel
        );

        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode
            .Parse(await answer.Content.ReadAsStringAsync(Cancel))
            .ShouldNotBeNull();
        problem["title"]?.GetValue<string>().ShouldBe(title);
        problem["detail"]?.GetValue<string>().ShouldBe(detail);
        problem["status"]?.GetValue<int>().ShouldBe((int)status);
    }
}
