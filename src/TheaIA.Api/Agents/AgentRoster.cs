using TheaIA.Api.Conversations;

namespace TheaIA.Api.Agents;

/// <summary>An agent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ActsIn">In how many conversations it acts at this moment.</param>
internal sealed record Agent(string Name, int ActsIn);

/// <summary>The agents that act in conversations.</summary>
/// <param name="names">Their names, the preferred first.</param>
/// <param name="conversations">Tells what they are busy with.</param>
internal sealed class AgentRoster(IReadOnlyList<string> names, IConversations conversations)
{
    /// <summary>All of them, in their order.</summary>
    /// <param name="cancel">Ends the call.</param>
    public async Task<IReadOnlyList<Agent>> AllAsync(CancellationToken cancel)
    {
        var busy = (await conversations.AllAsync(cancel))
            .CountBy(c => c.Agent ?? "")
            .ToDictionary();
        return [.. names.Select(name => new Agent(name, busy.GetValueOrDefault(name)))];
    }

    /// <summary>The one to act next; of several, the first.</summary>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>Its name; null when there are no agents.</returns>
    public async Task<string?> LeastBusyAsync(CancellationToken cancel) =>
        (await AllAsync(cancel)).MinBy(a => a.ActsIn)?.Name;
}
