namespace TheaIA.Api.Conversations;

/// <summary>Where conversations are kept: in memory now, in a database later.</summary>
internal interface IConversations
{
    /// <summary>Keeps a new one.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>False: there is no room, and every other one is in the middle of something.</returns>
    Task<bool> AddAsync(Conversation conversation, CancellationToken cancel);

    /// <summary>Finds one.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>The conversation; null when there is none.</returns>
    Task<Conversation?> FindAsync(string id, CancellationToken cancel);

    /// <summary>Replaces one, unless somebody else did so in between.</summary>
    /// <param name="before">As it was found.</param>
    /// <param name="after">As it is now.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>False: it is no longer as it was found; nothing is changed.</returns>
    Task<bool> ReplaceAsync(Conversation before, Conversation after, CancellationToken cancel);

    /// <summary>All that are kept, as they stand at this moment.</summary>
    /// <param name="cancel">Ends the call.</param>
    Task<IReadOnlyCollection<Conversation>> AllAsync(CancellationToken cancel);
}
