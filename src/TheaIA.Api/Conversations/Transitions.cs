using static TheaIA.Api.Conversations.ConversationEvent;
using static TheaIA.Api.Conversations.ConversationState;

namespace TheaIA.Api.Conversations;

/// <summary>One row of the table.</summary>
/// <param name="From">Where the conversation stands.</param>
/// <param name="On">What happens.</param>
/// <param name="To">Where it stands then.</param>
internal sealed record Transition(
    ConversationState From,
    ConversationEvent On,
    ConversationState To
);

/// <summary>The state machine of a conversation: what is not in the table is not allowed.</summary>
internal static class Transitions
{
    /// <summary>All rows.</summary>
    public static IReadOnlyList<Transition> Table { get; } =
    [
        new(Idle, Listen, Listening),
        new(Listening, Think, Thinking),
        new(Listening, Cancel, Idle),
        new(Listening, Fail, Failed),
        new(Thinking, Act, Acting),
        new(Thinking, Answer, Answering),
        new(Thinking, Cancel, Idle),
        new(Thinking, Fail, Failed),
        new(Acting, Observe, Thinking),
        new(Acting, Cancel, Idle),
        new(Acting, Fail, Failed),
        new(Answering, Finish, Idle),
        new(Answering, Listen, Listening),
        new(Answering, Fail, Failed),
        new(Failed, Reset, Idle),
    ];

    private static readonly ILookup<ConversationState, Transition> ByState = Table.ToLookup(t =>
        t.From
    );

    /// <summary>Where an event leads.</summary>
    /// <param name="from">Where the conversation stands.</param>
    /// <param name="on">What happens.</param>
    /// <returns>The next state; null when the event is not allowed there.</returns>
    public static ConversationState? Next(ConversationState from, ConversationEvent on) =>
        ByState[from].FirstOrDefault(t => t.On == on)?.To;

    /// <summary>The events that a state allows, in the table's order.</summary>
    /// <param name="from">Where the conversation stands.</param>
    public static IReadOnlyList<ConversationEvent> Allowed(ConversationState from) =>
        [.. ByState[from].Select(t => t.On)];
}
