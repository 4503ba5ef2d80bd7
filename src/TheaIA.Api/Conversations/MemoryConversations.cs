namespace TheaIA.Api.Conversations;

/// <summary>Conversations in memory. When it is full, the one that rests longest makes room.</summary>
/// <param name="capacity">How many are kept at most.</param>
internal sealed class MemoryConversations(int capacity) : IConversations
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Conversation> _kept = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<bool> AddAsync(Conversation conversation, CancellationToken cancel)
    {
        lock (_gate)
        {
            var room = _kept.Count < capacity || MakeRoom();
            if (room)
            {
                _kept.Add(conversation.Id, conversation);
            }

            return Task.FromResult(room);
        }
    }

    /// <inheritdoc/>
    public Task<Conversation?> FindAsync(string id, CancellationToken cancel)
    {
        lock (_gate)
        {
            return Task.FromResult(_kept.GetValueOrDefault(id));
        }
    }

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(
        Conversation before,
        Conversation after,
        CancellationToken cancel
    )
    {
        lock (_gate)
        {
            var same = _kept.GetValueOrDefault(before.Id) == before;
            if (same)
            {
                _kept[before.Id] = after;
            }

            return Task.FromResult(same);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<Conversation>> AllAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyCollection<Conversation>>([.. _kept.Values]);
        }
    }

    private bool MakeRoom() =>
        _kept.Values.Where(c => c.Rests).MinBy(c => c.ChangedAt) is { } oldest
        && _kept.Remove(oldest.Id);
}
