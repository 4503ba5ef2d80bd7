using System.Text.Json.Serialization;

namespace TheaIA.Api.Conversations;

/// <summary>What can happen to a conversation.</summary>
[JsonConverter(typeof(OneWord<ConversationEvent>))]
internal enum ConversationEvent
{
    /// <summary>The person begins to speak, into an answer too.</summary>
    Listen,

    /// <summary>The person has spoken.</summary>
    Think,

    /// <summary>An agent is needed.</summary>
    Act,

    /// <summary>The agent has come back.</summary>
    Observe,

    /// <summary>There is an answer.</summary>
    Answer,

    /// <summary>The answer is given.</summary>
    Finish,

    /// <summary>The person wants no answer any more.</summary>
    Cancel,

    /// <summary>Something went wrong.</summary>
    Fail,

    /// <summary>Begin anew after a failure.</summary>
    Reset,
}
