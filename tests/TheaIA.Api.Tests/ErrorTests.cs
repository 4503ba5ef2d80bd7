using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TheaIA.Api.Conversations;

namespace TheaIA.Api.Tests;

public sealed class ErrorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{", "The request body is not the JSON that is wanted here: line 1, byte 2.")]
    [InlineData(
        "{\n \"event\": }",
        "The request body is not the JSON that is wanted here: line 2, byte 11."
    )]
    [InlineData(
        "{\"event\":7}",
        "The request body is not the JSON that is wanted here: line 1, byte 11."
    )]
    [InlineData("null", "The request body must be a JSON object.")]
    [InlineData("", "The request body must be a JSON object.")]
    public async Task A_body_that_is_not_the_wanted_JSON_is_told_with_its_place(
        string body,
        string detail
    )
    {
        await using var service = new RunningService();

        await IsProblemAsync(
            await PostAsync(service, "/v1/conversations/1/events", body),
            HttpStatusCode.BadRequest,
            detail
        );
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        await using var service = new RunningService();

        await IsProblemAsync(
            await PostAsync(service, "/v1/conversations", "{}", "text/plain"),
            HttpStatusCode.UnsupportedMediaType,
            "The request body must be JSON, with the header Content-Type: application/json."
        );
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        await using var service = new RunningService();
        using var client = service.CreateClient();

        await IsProblemAsync(
            await client.GetAsync(new Uri("/v2/agents?x=1", UriKind.Relative), Cancel),
            HttpStatusCode.NotFound,
            "There is nothing at /v2/agents."
        );
        await IsProblemAsync(
            await client.DeleteAsync(new Uri("/v1/agents", UriKind.Relative), Cancel),
            HttpStatusCode.MethodNotAllowed,
            "DELETE is not possible at /v1/agents."
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_64_KB_is_refused(bool chunked)
    {
        await using var service = new RunningService().OverTcp();
        using var client = service.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/conversations");
        request.Content = new StringContent(
            $"{{\"subject\":\"{new string('x', 64 * 1024)}\"}}",
            Encoding.UTF8,
            "application/json"
        );
        request.Headers.TransferEncodingChunked = chunked;

        await IsProblemAsync(
            await client.SendAsync(request, Cancel),
            HttpStatusCode.RequestEntityTooLarge,
            "The request body is larger than 64 KB."
        );
    }

    [Fact]
    public async Task A_failure_of_the_service_tells_nothing_of_its_inside_and_is_in_the_log()
    {
        await using var service = new RunningService().With(services =>
            services.AddSingleton<IConversations, Broken>()
        );

        var problem = await IsProblemAsync(
            await PostAsync(service, "/v1/conversations", "{}"),
            HttpStatusCode.InternalServerError,
            "The service failed; the request may be right. Its log has the trace id."
        );

        problem.ToJsonString().ShouldNotContain("inside");
        var trace = problem["traceId"].ShouldNotBeNull().GetValue<string>().Split('-')[1];
        (await LogTests.LinesAsync(service.LogFile)).ShouldContain(line =>
            line["@l"] != null
            && line["@l"]!.GetValue<string>() == "Error"
            && line["@tr"]!.GetValue<string>() == trace
            && line["@x"]!.GetValue<string>().Contains("inside", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_status_that_needs_no_words_has_none()
    {
        await using var service = new RunningService().With(services =>
            services.AddSingleton<IConversations, Teapot>()
        );

        var answer = await PostAsync(service, "/v1/conversations", "{}");

        ((int)answer.StatusCode).ShouldBe(418);
        (await RunningService.AsJsonAsync(answer))["detail"].ShouldBeNull();
    }

    private static async Task<HttpResponseMessage> PostAsync(
        RunningService service,
        string path,
        string body,
        string type = "application/json"
    )
    {
        using var client = service.CreateClient();
        using var content = new StringContent(body, Encoding.UTF8, type);
        return await client.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
    }

    private static async Task<JsonNode> IsProblemAsync(
        HttpResponseMessage answer,
        HttpStatusCode status,
        string detail
    )
    {
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await RunningService.AsJsonAsync(answer);
        problem["status"]?.GetValue<int>().ShouldBe((int)status);
        problem["detail"]?.GetValue<string>().ShouldBe(detail);
        answer.Dispose();
        return problem;
    }

    private class Broken : IConversations
    {
        public virtual Task<bool> AddAsync(Conversation conversation, CancellationToken cancel) =>
            throw new InvalidOperationException("the inside");

        public Task<Conversation?> FindAsync(string id, CancellationToken cancel) =>
            Task.FromResult<Conversation?>(null);

        public Task<bool> ReplaceAsync(
            Conversation before,
            Conversation after,
            CancellationToken cancel
        ) => Task.FromResult(false);

        public Task<IReadOnlyCollection<Conversation>> AllAsync(CancellationToken cancel) =>
            Task.FromResult<IReadOnlyCollection<Conversation>>([]);
    }

    private sealed class Teapot : Broken
    {
        public override Task<bool> AddAsync(Conversation conversation, CancellationToken cancel) =>
            throw new Microsoft.AspNetCore.Http.BadHttpRequestException("short and stout", 418);
    }
}
