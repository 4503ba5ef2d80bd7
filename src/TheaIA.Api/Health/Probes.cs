using Microsoft.AspNetCore.Http.HttpResults;

namespace TheaIA.Api.Health;

/// <summary>A probe's good answer.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
internal sealed record Health(string Status);

/// <summary>What a platform asks: is it alive, does it take requests, what is it.</summary>
internal static class Probes
{
    /// <summary>The request is a probe or a scrape: many of them, and nobody wants to read each.</summary>
    /// <param name="context">The request.</param>
    public static bool Asks(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        || context.Request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal);

    /// <summary>Maps them.</summary>
    /// <param name="routes">The host's routes.</param>
    public static void MapProbes(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Service");
        group
            .MapGet("/health/live", () => TypedResults.Ok(new Health("live")))
            .WithName("Live")
            .WithSummary("Answers as long as the process does.");
        group
            .MapGet("/health/ready", Ready)
            .WithName("Ready")
            .WithSummary(
                "Tells whether requests are welcome: not before it has started, not while it ends."
            )
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group
            .MapGet("/version", (BuildInfo build) => TypedResults.Ok(build))
            .WithName("Version")
            .WithSummary("Tells what runs.");
    }

    internal static Results<Ok<Health>, ProblemHttpResult> Ready(IHostApplicationLifetime life) =>
        life.ApplicationStopping.IsCancellationRequested ? NotReady("The service is ending.")
        : life.ApplicationStarted.IsCancellationRequested ? TypedResults.Ok(new Health("ready"))
        : NotReady("The service is starting.");

    private static ProblemHttpResult NotReady(string why) =>
        TypedResults.Problem(
            why,
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "Not ready"
        );
}
