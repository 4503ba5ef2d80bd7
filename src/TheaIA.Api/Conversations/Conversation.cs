namespace TheaIA.Api.Conversations;

/// <summary>A conversation as it stands.</summary>
/// <param name="Id">Its id: 32 hexadecimal digits, in order of creation.</param>
/// <param name="Subject">What it is about; null when nobody said.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Agent">The agent that acts in it; null unless it is acting.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="ChangedAt">When the last event came.</param>
internal sealed record Conversation(
    string Id,
    string? Subject,
    ConversationState State,
    string? Agent,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt
)
{
    /// <summary>The events that it allows now.</summary>
    public IReadOnlyList<ConversationEvent> Allowed => Transitions.Allowed(State);

    /// <summary>Nobody waits for it: it may make room for another.</summary>
    internal bool Rests => State is ConversationState.Idle or ConversationState.Failed;
}
