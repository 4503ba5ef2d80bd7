using System.Text.Json.Nodes;

namespace TheaIA.Delivery.Docker.Tests.Given;

/// <summary>Reads a folder in OCI image layout.</summary>
internal sealed class Layout(string root)
{
    public JsonNode Json(string digest) =>
        JsonNode.Parse(File.ReadAllBytes(Path.Combine(root, "blobs", "sha256", digest[7..])))!;

    public JsonNode Config(ImageBuild build) =>
        Json(Json(build.Release.What.Digest)["config"]!["digest"]!.GetValue<string>());

    public IReadOnlyList<string> Layers(ImageBuild build) =>
        [
            .. Json(build.Release.What.Digest)["layers"]!
                .AsArray()
                .Select(l => l!["digest"]!.GetValue<string>()),
        ];
}
