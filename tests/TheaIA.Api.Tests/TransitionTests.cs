using System.Net;
using TheaIA.Api.Conversations;

namespace TheaIA.Api.Tests;

public sealed class TransitionTests(RunningService service) : IClassFixture<RunningService>
{
    private static readonly string[] States =
    [
        "idle",
        "listening",
        "thinking",
        "acting",
        "answering",
        "failed",
    ];

    private static readonly string[] Events =
    [
        "listen",
        "think",
        "act",
        "observe",
        "answer",
        "finish",
        "cancel",
        "fail",
        "reset",
    ];

    // written out a second time on purpose: who changes the machine changes this as well
    private static readonly Dictionary<(string, string), string> Expected = new()
    {
        [("idle", "listen")] = "listening",
        [("listening", "think")] = "thinking",
        [("listening", "cancel")] = "idle",
        [("listening", "fail")] = "failed",
        [("thinking", "act")] = "acting",
        [("thinking", "answer")] = "answering",
        [("thinking", "cancel")] = "idle",
        [("thinking", "fail")] = "failed",
        [("acting", "observe")] = "thinking",
        [("acting", "cancel")] = "idle",
        [("acting", "fail")] = "failed",
        [("answering", "finish")] = "idle",
        [("answering", "listen")] = "listening",
        [("answering", "fail")] = "failed",
        [("failed", "reset")] = "idle",
    };

    private static readonly Dictionary<string, string[]> WayTo = new(StringComparer.Ordinal)
    {
        ["idle"] = [],
        ["listening"] = ["listen"],
        ["thinking"] = ["listen", "think"],
        ["acting"] = ["listen", "think", "act"],
        ["answering"] = ["listen", "think", "answer"],
        ["failed"] = ["listen", "fail"],
    };

    public static TheoryData<string, string> EveryPair()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var state in States)
        {
            foreach (var name in Events)
            {
                pairs.Add(state, name);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public async Task An_event_leads_where_the_table_says_or_is_refused(string state, string name)
    {
        var id = await service.BeginAsync();
        foreach (var step in WayTo[state])
        {
            (await service.HappenAsync(id, step)).Status.ShouldBe(HttpStatusCode.OK);
        }

        var (status, body) = await service.HappenAsync(id, name);

        var now = await service.GetAsync($"/v1/conversations/{id}");
        if (Expected.TryGetValue((state, name), out var next))
        {
            status.ShouldBe(HttpStatusCode.OK);
            body["state"]?.GetValue<string>().ShouldBe(next);
            now["state"]?.GetValue<string>().ShouldBe(next);
        }
        else
        {
            var allowed = string.Join(
                ", ",
                Expected.Keys.Where(k => k.Item1 == state).Select(k => k.Item2)
            );
            status.ShouldBe(HttpStatusCode.Conflict);
            body["title"]?.GetValue<string>().ShouldBe("Event not allowed");
            body["detail"]
                ?.GetValue<string>()
                .ShouldBe(
                    $"'{name}' is not allowed while the conversation is {state}. Allowed now: {allowed}."
                );
            now["state"]?.GetValue<string>().ShouldBe(state);
        }
    }

    [Fact]
    public void No_row_stands_twice_and_every_state_has_a_way_out()
    {
        Transitions.Table.DistinctBy(t => (t.From, t.On)).Count().ShouldBe(Transitions.Table.Count);
        foreach (var state in Enum.GetValues<ConversationState>())
        {
            Transitions.Allowed(state).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void Every_state_and_event_is_tried_here()
    {
        Enum.GetNames<ConversationState>().Select(n => n.ToLowerInvariant()).ShouldBe(States);
        Enum.GetNames<ConversationEvent>().Select(n => n.ToLowerInvariant()).ShouldBe(Events);
        ConversationEndpoints.EventNames.ShouldBe($"One of {string.Join(", ", Events)}.");
    }
}
