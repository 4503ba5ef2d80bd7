using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace TheaIA.Api.Conversations;

/// <summary>The body that begins a conversation; all of it may be missing.</summary>
/// <param name="Subject">What it is about: at most 200 characters.</param>
internal sealed record BeginRequest(string? Subject = null);

/// <summary>The body that lets an event happen.</summary>
/// <param name="Event">The event's name.</param>
internal sealed record EventRequest(
    [property: Description(ConversationEndpoints.EventNames)] string? Event
);

/// <summary>Conversations over HTTP.</summary>
internal static class ConversationEndpoints
{
    /// <summary>What the document and the error say; a test holds it to the enum.</summary>
    public const string EventNames =
        "One of listen, think, act, observe, answer, finish, cancel, fail, reset.";

    private const int LongestSubject = 200;

    private static readonly Dictionary<string, ConversationEvent> Events =
        Enum.GetValues<ConversationEvent>().ToDictionary(Word, StringComparer.Ordinal);

    /// <summary>Maps them.</summary>
    /// <param name="routes">The host's routes.</param>
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/conversations").WithTags("Conversations");
        group
            .MapPost("", BeginAsync)
            .WithName("BeginConversation")
            .WithSummary("Begins a conversation.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group
            .MapGet("/{id}", FindAsync)
            .WithName("FindConversation")
            .WithSummary("Tells how a conversation stands.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group
            .MapPost("/{id}/events", HappenAsync)
            .WithName("LetEventHappen")
            .WithSummary("Lets an event happen to a conversation.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Created<Conversation>, ProblemHttpResult>> BeginAsync(
        BeginRequest? request,
        Dialogue dialogue,
        HttpContext context,
        CancellationToken cancel
    )
    {
        if (request?.Subject?.Length > LongestSubject)
        {
            return Refuse(
                StatusCodes.Status400BadRequest,
                "Subject too long",
                $"The subject has {request.Subject.Length} characters; {LongestSubject} are allowed."
            );
        }

        if (await dialogue.BeginAsync(request?.Subject, cancel) is { } begun)
        {
            return TypedResults.Created($"/v1/conversations/{begun.Id}", begun);
        }

        context.Response.Headers.RetryAfter = "5";
        return Refuse(
            StatusCodes.Status503ServiceUnavailable,
            "Too many conversations",
            "Every conversation that can be kept is in the middle of something. Try again in 5 s."
        );
    }

    private static async Task<Results<Ok<Conversation>, ProblemHttpResult>> FindAsync(
        string id,
        IConversations conversations,
        CancellationToken cancel
    ) =>
        await conversations.FindAsync(id, cancel) is { } found
            ? TypedResults.Ok(found)
            : NotThere(id);

    private static async Task<Results<Ok<Conversation>, ProblemHttpResult>> HappenAsync(
        string id,
        EventRequest request,
        Dialogue dialogue,
        CancellationToken cancel
    )
    {
        if (request.Event is null || !Events.TryGetValue(request.Event, out var on))
        {
            return Refuse(
                StatusCodes.Status400BadRequest,
                "Unknown event",
                $"There is no event '{request.Event}'. {EventNames}"
            );
        }

        return await dialogue.HappenAsync(id, on, cancel) switch
        {
            (null, _) => NotThere(id),
            ({ } conversation, true) => TypedResults.Ok(conversation),
            ({ } conversation, false) => Refuse(
                StatusCodes.Status409Conflict,
                "Event not allowed",
                $"'{Word(on)}' is not allowed while the conversation is {Word(conversation.State)}. "
                    + $"Allowed now: {string.Join(", ", conversation.Allowed.Select(Word))}."
            ),
        };
    }

    private static ProblemHttpResult NotThere(string id) =>
        Refuse(
            StatusCodes.Status404NotFound,
            "No such conversation",
            $"There is no conversation '{id}'. POST /v1/conversations begins one."
        );

    private static ProblemHttpResult Refuse(int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
