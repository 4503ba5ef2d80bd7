using Prometheus;
using TheaIA.Api.Agents;
using TheaIA.Api.Conversations;

namespace TheaIA.Api.Measures;

/// <summary>
/// The figures on /metrics. Every family is there from the first scrape on: a figure that is missing
/// cannot be told from one that is zero.
/// </summary>
internal sealed class ServiceMetrics
{
    private static readonly string[] UsualMethods =
    [
        "GET",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "HEAD",
    ];

    private readonly Counter _requests;
    private readonly Histogram _duration;
    private readonly Gauge _inProgress;
    private readonly Gauge _conversations;
    private readonly Gauge _agents;
    private readonly Gauge _agentsActing;
    private readonly IConversations _kept;
    private readonly AgentRoster _roster;

    /// <summary>Declares the families.</summary>
    /// <param name="conversations">The FSM load.</param>
    /// <param name="agents">The agents.</param>
    public ServiceMetrics(IConversations conversations, AgentRoster agents)
    {
        _kept = conversations;
        _roster = agents;
        var make = Metrics.WithCustomRegistry(Registry);
        _requests = make.CreateCounter(
            "http_requests_total",
            "Requests that were answered.",
            "method",
            "endpoint",
            "code"
        );
        _duration = make.CreateHistogram(
            "http_request_duration_seconds",
            "Time from a request to the end of its answer.",
            "method",
            "endpoint"
        );
        _inProgress = make.CreateGauge(
            "http_requests_in_progress",
            "Requests that are being answered."
        );
        _conversations = make.CreateGauge(
            "theaia_fsm_conversations",
            "Conversations that stand in a state.",
            "state"
        );
        _agents = make.CreateGauge("theaia_agents", "Agents that there are.");
        _agentsActing = make.CreateGauge("theaia_agents_acting", "Agents that act at this moment.");

        _requests.WithLabels("GET", "/metrics", "200").Publish();
        _duration.WithLabels("GET", "/metrics").Publish();
        DotNetStats.Register(Registry);
        Registry.AddBeforeCollectCallback(LookAsync);
    }

    /// <summary>The service's own registry: two services in one process do not mix their figures.</summary>
    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    /// <summary>Counts and times one request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">Answers it.</param>
    public async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        var method = UsualMethods.Contains(context.Request.Method, StringComparer.Ordinal)
            ? context.Request.Method
            : "other";
        // the route, not the path: ids would make a series each
        var endpoint = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        using var inProgress = _inProgress.TrackInProgress();
        using var timer = _duration.WithLabels(method, endpoint).NewTimer();
        try
        {
            await next(context);
        }
        finally
        {
            _requests.WithLabels(method, endpoint, $"{context.Response.StatusCode}").Inc();
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        var load = (await _kept.AllAsync(cancel)).CountBy(c => c.State).ToDictionary();
        foreach (var state in Enum.GetValues<ConversationState>())
        {
            _conversations
                .WithLabels(state.ToString().ToLowerInvariant())
                .Set(load.GetValueOrDefault(state));
        }

        var agents = await _roster.AllAsync(cancel);
        _agents.Set(agents.Count);
        _agentsActing.Set(agents.Count(a => a.ActsIn > 0));
    }
}
