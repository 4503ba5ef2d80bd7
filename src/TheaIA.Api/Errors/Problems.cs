using System.Text.Json;

namespace TheaIA.Api.Errors;

/// <summary>Every error is a problem document (RFC 9457) whose detail is one sentence for a person.</summary>
internal static class Problems
{
    /// <summary>Registers them.</summary>
    /// <param name="services">The host's services.</param>
    public static void AddProblems(this IServiceCollection services)
    {
        // so that what is wrong with a body reaches Explain
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Explain);
    }

    /// <summary>Turns exceptions and bare status codes into problem documents from here on.</summary>
    /// <param name="app">The host.</param>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                StatusCodeSelector = failure =>
                    failure is BadHttpRequestException bad
                        ? bad.StatusCode
                        : StatusCodes.Status500InternalServerError,
                // a bad request is its sender's matter, not an error of the service
                SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException,
            }
        );
        app.UseStatusCodePages();
    }

    private static void Explain(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            StatusCodes.Status400BadRequest => Wrong(context.Exception),
            StatusCodes.Status404NotFound => $"There is nothing at {request.Path}.",
            StatusCodes.Status405MethodNotAllowed =>
                $"{request.Method} is not possible at {request.Path}.",
            StatusCodes.Status413PayloadTooLarge =>
                $"The request body is larger than {Service.LargestBody / 1024} KB.",
            StatusCodes.Status415UnsupportedMediaType =>
                "The request body must be JSON, with the header Content-Type: application/json.",
            >= 500 => "The service failed; the request may be right. Its log has the trace id.",
            _ => null,
        };
    }

    private static string Wrong(Exception? failure) =>
        failure?.InnerException
            is JsonException { LineNumber: { } line, BytePositionInLine: { } at }
            ? $"The request body is not the JSON that is wanted here: line {line + 1}, byte {at + 1}."
            : "The request body must be a JSON object.";
}
