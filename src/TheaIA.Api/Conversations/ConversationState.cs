using System.Text.Json.Serialization;

namespace TheaIA.Api.Conversations;

/// <summary>Where a conversation stands.</summary>
[JsonConverter(typeof(OneWord<ConversationState>))]
internal enum ConversationState
{
    /// <summary>Nobody says anything; so it begins, and so it rests between turns.</summary>
    Idle,

    /// <summary>The person speaks.</summary>
    Listening,

    /// <summary>What was said is being understood.</summary>
    Thinking,

    /// <summary>An agent does something about it.</summary>
    Acting,

    /// <summary>The answer is being given.</summary>
    Answering,

    /// <summary>Something went wrong; a reset begins anew.</summary>
    Failed,
}
