using Microsoft.AspNetCore.Http.HttpResults;

namespace TheaIA.Api.Agents;

/// <summary>Agents over HTTP.</summary>
internal static class AgentEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="routes">The host's routes.</param>
    public static void MapAgents(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/agents", AllAsync)
            .WithTags("Agents")
            .WithName("ListAgents")
            .WithSummary("Lists the agents and what they are busy with.");

    private static async Task<Ok<IReadOnlyList<Agent>>> AllAsync(
        AgentRoster agents,
        CancellationToken cancel
    ) => TypedResults.Ok(await agents.AllAsync(cancel));
}
