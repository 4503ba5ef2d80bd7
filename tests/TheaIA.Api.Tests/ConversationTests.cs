using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TheaIA.Api.Conversations;

namespace TheaIA.Api.Tests;

public sealed class ConversationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_begins_idle_and_is_found_under_its_location()
    {
        await using var service = new RunningService();
        using var client = service.CreateClient();
        using var body = new StringContent("{\"subject\":\"rain\"}", null!, "application/json");

        using var answer = await client.PostAsync(
            new Uri("/v1/conversations", UriKind.Relative),
            body,
            Cancel
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var begun = await RunningService.AsJsonAsync(answer);
        var location = answer.Headers.Location.ShouldNotBeNull().ToString();
        location.ShouldBe($"/v1/conversations/{begun["id"]}");
        begun["subject"]?.GetValue<string>().ShouldBe("rain");
        begun["state"]?.GetValue<string>().ShouldBe("idle");
        begun["agent"].ShouldBeNull();
        begun["allowed"]?.ToJsonString().ShouldBe("[\"listen\"]");
        JsonNode.DeepEquals(await service.GetAsync(location), begun).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task It_needs_no_body(string? text)
    {
        await using var service = new RunningService();
        using var client = service.CreateClient();
        using var body = text is null ? null : new StringContent(text, null!, "application/json");

        using var answer = await client.PostAsync(
            new Uri("/v1/conversations", UriKind.Relative),
            body,
            Cancel
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_subject_has_at_most_200_characters()
    {
        await using var service = new RunningService();
        await service.BeginAsync(new string('x', 200));

        var (status, problem) = await service.PostAsync(
            "/v1/conversations",
            new { subject = new string('x', 201) }
        );

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem["detail"]
            ?.GetValue<string>()
            .ShouldBe("The subject has 201 characters; 200 are allowed.");
    }

    [Fact]
    public async Task An_unknown_conversation_is_named()
    {
        await using var service = new RunningService();
        const string detail = "There is no conversation '42'. POST /v1/conversations begins one.";

        var found = await service.GetAsync("/v1/conversations/42");
        var (status, problem) = await service.HappenAsync("42", "listen");

        found["status"]?.GetValue<int>().ShouldBe(404);
        found["detail"]?.GetValue<string>().ShouldBe(detail);
        status.ShouldBe(HttpStatusCode.NotFound);
        problem["detail"]?.GetValue<string>().ShouldBe(detail);
    }

    [Theory]
    [InlineData("fly")]
    [InlineData("Listen")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_unknown_event_is_named_with_those_that_there_are(string? name)
    {
        await using var service = new RunningService();
        var id = await service.BeginAsync();

        var (status, problem) = await service.HappenAsync(id, name!);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem["title"]?.GetValue<string>().ShouldBe("Unknown event");
        problem["detail"]
            ?.GetValue<string>()
            .ShouldBe(
                $"There is no event '{name}'. One of listen, think, act, observe, answer, finish, cancel, fail, reset."
            );
    }

    [Fact]
    public async Task Of_many_at_once_an_event_that_is_allowed_once_happens_once()
    {
        await using var service = new RunningService();
        var id = await service.BeginAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => service.HappenAsync(id, "listen"))
        );

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.Conflict).ShouldBe(49);
    }

    [Fact]
    public async Task When_somebody_else_was_quicker_the_event_meets_the_state_he_left()
    {
        await using var service = new RunningService().With(services =>
            services.AddSingleton<IConversations, Overtaken>()
        );
        var id = await service.BeginAsync();

        var (status, problem) = await service.HappenAsync(id, "listen");

        status.ShouldBe(HttpStatusCode.Conflict);
        problem["detail"]
            ?.GetValue<string>()
            .ShouldBe(
                "'listen' is not allowed while the conversation is failed. Allowed now: reset."
            );
    }

    [Fact]
    public async Task When_all_are_in_the_middle_of_something_there_is_no_room()
    {
        await using var service = new RunningService().With(services =>
            services.AddSingleton<IConversations>(new MemoryConversations(capacity: 1))
        );
        var first = await service.BeginAsync();
        var second = await service.BeginAsync();
        (await service.GetAsync($"/v1/conversations/{first}"))["status"]
            ?.GetValue<int>()
            .ShouldBe(404, "it rested, and made room");
        await service.HappenAsync(second, "listen");

        var (status, problem) = await service.PostAsync("/v1/conversations", null);

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        problem["title"]?.GetValue<string>().ShouldBe("Too many conversations");
        problem["detail"]
            ?.GetValue<string>()
            .ShouldBe(
                "Every conversation that can be kept is in the middle of something. Try again in 5 s."
            );
    }

    [Fact]
    public async Task The_one_that_rests_longest_makes_room()
    {
        var kept = new MemoryConversations(capacity: 3);
        var began = DateTimeOffset.UnixEpoch;
        Conversation At(int second, ConversationState state) =>
            new($"{second}", null, state, null, began, began.AddSeconds(second));
        await kept.AddAsync(At(1, ConversationState.Thinking), Cancel);
        await kept.AddAsync(At(3, ConversationState.Idle), Cancel);
        await kept.AddAsync(At(2, ConversationState.Failed), Cancel);

        (await kept.AddAsync(At(4, ConversationState.Idle), Cancel)).ShouldBeTrue();

        (await kept.AllAsync(Cancel)).Select(c => c.Id).Order().ShouldBe(["1", "3", "4"]);
        (
            await kept.ReplaceAsync(
                At(2, ConversationState.Failed),
                At(2, ConversationState.Idle),
                Cancel
            )
        ).ShouldBeFalse("it is gone");
    }

    private sealed class Overtaken : IConversations
    {
        private readonly MemoryConversations _kept = new(capacity: 1);

        public Task<bool> AddAsync(Conversation conversation, CancellationToken cancel) =>
            _kept.AddAsync(conversation, cancel);

        public Task<Conversation?> FindAsync(string id, CancellationToken cancel) =>
            _kept.FindAsync(id, cancel);

        public async Task<bool> ReplaceAsync(
            Conversation before,
            Conversation after,
            CancellationToken cancel
        )
        {
            await _kept.ReplaceAsync(
                before,
                before with
                {
                    State = ConversationState.Failed,
                },
                cancel
            );
            return await _kept.ReplaceAsync(before, after, cancel);
        }

        public Task<IReadOnlyCollection<Conversation>> AllAsync(CancellationToken cancel) =>
            _kept.AllAsync(cancel);
    }
}
