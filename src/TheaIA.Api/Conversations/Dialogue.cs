using TheaIA.Api.Agents;

namespace TheaIA.Api.Conversations;

/// <summary>Begins conversations and lets events happen to them.</summary>
/// <param name="conversations">Where they are kept.</param>
/// <param name="agents">Who acts in them.</param>
/// <param name="time">The clock.</param>
internal sealed class Dialogue(IConversations conversations, AgentRoster agents, TimeProvider time)
{
    /// <summary>Begins a conversation.</summary>
    /// <param name="subject">What it is about; null: nobody said.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>The conversation; null when there is no room for one more.</returns>
    public async Task<Conversation?> BeginAsync(string? subject, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("N");
        var begun = new Conversation(id, subject, ConversationState.Idle, null, now, now);
        return await conversations.AddAsync(begun, cancel) ? begun : null;
    }

    /// <summary>Lets an event happen. Of two at once, the second meets the state that the first left.</summary>
    /// <param name="id">The conversation.</param>
    /// <param name="on">The event.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>
    /// The conversation as it stands afterwards (null when there is none), and whether the event was
    /// allowed; when it was not, nothing changed.
    /// </returns>
    public async Task<(Conversation? Conversation, bool Allowed)> HappenAsync(
        string id,
        ConversationEvent on,
        CancellationToken cancel
    )
    {
        while (true)
        {
            if (await conversations.FindAsync(id, cancel) is not { } before)
            {
                return (null, false);
            }

            if (Transitions.Next(before.State, on) is not { } next)
            {
                return (before, false);
            }

            var agent =
                next == ConversationState.Acting ? await agents.LeastBusyAsync(cancel) : null;
            var after = before with { State = next, Agent = agent, ChangedAt = time.GetUtcNow() };
            if (await conversations.ReplaceAsync(before, after, cancel))
            {
                return (after, true);
            }
        }
    }
}
