using System.Text.Json;
using System.Text.Json.Nodes;
using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>
/// artifacts/image/release.json: what DockerBuild made, for the targets after it. A claim: it proves
/// nothing, and whoever takes it asks the store again.
/// </summary>
internal static class ReleaseClaim
{
    public static void Write(AbsolutePath layout, Release release) =>
        File(layout)
            .WriteAllText(
                new JsonObject
                {
                    ["repository"] = release.What.Repository,
                    ["digest"] = release.What.Digest,
                    ["commit"] = release.Commit,
                    ["version"] = release.Version,
                    ["dirty"] = release.Dirty,
                    ["localOnly"] = release.LocalOnly,
                }.ToJsonString()
            );

    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: no image was built here, or the file is broken.
    /// </exception>
    public static Release Read(AbsolutePath layout)
    {
        if (!File(layout).FileExists())
        {
            throw new OutcomeException(
                Outcome.Wrong,
                "No image was built in this checkout: ./build.sh DockerBuild makes one."
            );
        }
        try
        {
            using var claim = JsonDocument.Parse(File(layout).ReadAllText());
            return new(new(Text("repository"), Text("digest")), Text("commit"), Text("version"))
            {
                Dirty = claim.RootElement.GetProperty("dirty").GetBoolean(),
                LocalOnly = claim.RootElement.GetProperty("localOnly").GetBoolean(),
            };

            string Text(string name) =>
                claim.RootElement.GetProperty(name).GetString() ?? throw new JsonException(name);
        }
        catch (Exception broken)
            when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                "artifacts/image/release.json is broken: delete artifacts/image, and ./build.sh DockerBuild.",
                broken
            );
        }
    }

    private static AbsolutePath File(AbsolutePath layout) => layout / "release.json";
}
