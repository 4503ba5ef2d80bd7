using System.Text.Json.Nodes;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Images.Bases;

/// <summary>The configuration of an application layer on a base: the base's, less its command.</summary>
internal static class OnBase
{
    /// <summary>Writes it.</summary>
    /// <param name="found">The base.</param>
    /// <param name="request">Whose image it is.</param>
    /// <param name="start">How a container of the application starts.</param>
    /// <param name="layer">The application layer, which is not compressed: its digest is its diff id.</param>
    public static byte[] Config(
        FoundBase found,
        ImageRequest request,
        ApplicationStart start,
        Descriptor layer
    )
    {
        var document = found.Config();
        document["created"] = ImageLabels.Created(request);
        ConfigDocument.SetDiffIds(document, [.. ConfigDocument.DiffIds(document), layer.Digest]);
        // history is optional, but where it is told, each layer has its entry
        if (document["history"] is JsonArray { Count: > 0 } history)
        {
            history.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["created"] = ImageLabels.Created(request),
                        ["created_by"] =
                            $"TheaIA: {request.EntryAssembly} and its files in {start.Directory}",
                    }
            );
        }
        var container = ConfigDocument.Container(document);
        container["User"] = start.User;
        container["Entrypoint"] = ConfigDocument.Array(start.Entrypoint);
        // it would be the application's arguments
        container.Remove("Cmd");
        container["WorkingDir"] = start.Directory;
        ConfigDocument.SetVariable(container, start.Variable.Name, start.Variable.Value);
        ConfigDocument.SetLabels(container, ImageLabels.Of(request));
        return ConfigDocument.Write(document);
    }
}
