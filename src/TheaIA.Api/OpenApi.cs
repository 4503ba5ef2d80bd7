using Microsoft.AspNetCore.OpenApi;

namespace TheaIA.Api;

/// <summary>What the document at /openapi/v1.json says of the service itself.</summary>
internal static class OpenApi
{
    /// <summary>Sets title and description; where the service answers is the reader's to know.</summary>
    /// <param name="options">The document's options.</param>
    public static void Configure(OpenApiOptions options) =>
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info.Title = "TheaIA API";
                document.Info.Description =
                    "Conversations as state machines, and the agents in them.";
                document.Info.Version = "v1";
                document.Servers = [];
                return Task.CompletedTask;
            }
        );
}
