using System.Net;
using Microsoft.AspNetCore.Http;

namespace TheaIA.Front.Tests;

public sealed class SwitchingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_switch_holds_for_the_very_next_request()
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var front = await RunningFront.StartAsync(a.As(1));

        for (var generation = 2; generation < 52; generation++)
        {
            var next = generation % 2 == 0 ? b : a;
            front.Serve(next.As(generation));
            (await front.GetAsync()).ShouldBe(generation % 2 == 0 ? "b" : "a");
        }
    }

    [Fact]
    public async Task Under_load_100_switches_lose_no_request()
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var front = await RunningFront.StartAsync(a.As(1));
        await using var load = Load.On(front, workers: 4);

        for (var generation = 2; generation < 102; generation++)
        {
            front.Serve((generation % 2 == 0 ? b : a).As(generation));
            await Task.Delay(10, Cancel);
        }

        var answers = await load.EndAsync();
        answers.Count(x => x is not ("a" or "b")).ShouldBe(0);
        answers.Count.ShouldBeGreaterThan(300);
        answers.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    [Fact]
    public async Task Under_load_an_old_service_that_ends_once_it_is_drained_loses_no_request()
    {
        var serving = await Backend.StartAsync("ok");
        await using var front = await RunningFront.StartAsync(serving.As(1));
        await using var load = Load.On(front, workers: 4);

        for (var generation = 2; generation < 22; generation++)
        {
            var next = await Backend.StartAsync("ok");
            front.Serve(next.As(generation));
            await DrainedAsync(front, generation - 1);
            await serving.DisposeAsync();
            serving = next;
        }

        var answers = await load.EndAsync();
        await serving.DisposeAsync();
        answers.Count(x => x != "ok").ShouldBe(0);
        answers.Count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_request_that_meets_the_gap_of_a_switch_waits_for_it_with_its_body()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"got {await reader.ReadToEndAsync(Cancel)}");
        });
        using var held = TestPorts.Refusing(out var port);
        await using var front = await RunningFront.StartAsync(new Current(port, "sha256:gone", 1));
        var request = PostAsync(front, "all of it");
        await Task.Delay(300, Cancel);
        request.IsCompleted.ShouldBeFalse();
        front.Serve(backend.As(2));

        (await request).ShouldBe("got all of it");
    }

    [Fact]
    public async Task A_request_begun_before_the_switch_is_answered_by_the_old_and_counted_for_it()
    {
        var begun = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var old = await Backend.StartAsync(async context =>
        {
            begun.SetResult();
            await finish.Task.WaitAsync(Cancel);
            await context.Response.WriteAsync("old");
        });
        await using var young = await Backend.StartAsync("young");
        await using var front = await RunningFront.StartAsync(old.As(6));

        var request = front.GetAsync();
        await begun.Task;
        front.Serve(young.As(7));

        (await front.ReportAsync()).ShouldBe("{\"current\":7,\"inFlight\":{\"6\":1,\"7\":0}}");
        (await front.GetAsync()).ShouldBe("young");
        finish.SetResult();
        (await request).ShouldBe("old");
        await front.ReportsAsync("{\"current\":7,\"inFlight\":{\"7\":0}}");
    }

    [Fact]
    public async Task When_it_is_told_to_end_what_is_in_flight_is_answered_first()
    {
        var begun = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            begun.SetResult();
            await finish.Task.WaitAsync(Cancel);
            await context.Response.WriteAsync("in time");
        });
        await using var front = await RunningFront.StartAsync(backend.As(1));

        var request = front.GetAsync();
        await begun.Task;
        await front.TellToEndAsync();
        await Task.Delay(100, Cancel);
        front.Ended.IsCompleted.ShouldBeFalse();
        finish.SetResult();

        (await request).ShouldBe("in time");
        (await front.Ended).ShouldBe(0);
        await Should.ThrowAsync<HttpRequestException>(() => front.GetAsync());
    }

    private static async Task<string> PostAsync(RunningFront front, string text)
    {
        using var body = new StringContent(text);
        using var answer = await front.Client.PostAsync(
            new Uri("/", UriKind.Relative),
            body,
            Cancel
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task DrainedAsync(RunningFront front, long generation)
    {
        while ((await front.ReportAsync()).Contains($"\"{generation}\":", StringComparison.Ordinal))
        {
            await Task.Delay(5, Cancel);
        }
    }
}
