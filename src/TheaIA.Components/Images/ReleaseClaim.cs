using System.Text.Json;
using System.Text.Json.Serialization;
using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>
/// artifacts/image/release.json: what DockerBuild made, for the targets after it. A claim: it proves
/// nothing, and whoever takes it asks the store again.
/// </summary>
internal sealed record ReleaseClaim(
    string Repository,
    string Digest,
    string Commit,
    string Version,
    bool Dirty,
    bool LocalOnly
)
{
    public static ReleaseClaim Of(Release release) =>
        new(
            release.What.Repository,
            release.What.Digest,
            release.Commit,
            release.Version,
            release.Dirty,
            release.LocalOnly
        );

    public Release Release =>
        new(new Claim(Repository, Digest), Commit, Version)
        {
            Dirty = Dirty,
            LocalOnly = LocalOnly,
        };

    public void Write(AbsolutePath layout) =>
        File(layout).WriteAllText(JsonSerializer.Serialize(this, ClaimJson.Default.ReleaseClaim));

    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: no image was built here.</exception>
    public static ReleaseClaim Read(AbsolutePath layout)
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
            return JsonSerializer.Deserialize(
                    File(layout).ReadAllText(),
                    ClaimJson.Default.ReleaseClaim
                ) ?? throw new JsonException("null");
        }
        catch (JsonException broken)
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

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ReleaseClaim))]
internal sealed partial class ClaimJson : JsonSerializerContext;
