using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Local.Images;

/// <summary>What a local place needs to know of an image (OCI image spec 1.1).</summary>
/// <param name="Config">The digest of its configuration.</param>
/// <param name="Layer">The digest of the layer that our builder wrote: the last one, whatever it stands on.</param>
internal sealed record ImageFile(string Config, string Layer)
{
    private const string Tar = "application/vnd.oci.image.layer.v1.tar";
    private const string LayerKey = "com.theaia.layer";
    private const string OurLayer = "dotnet-portable";

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: our builder did not write it.</exception>
    public static async Task<ImageFile> ReadAsync(
        IRegistry registry,
        Claim claim,
        CancellationToken cancel
    )
    {
        using var manifest = await JsonAsync(registry, claim, claim.Digest, cancel);
        var root = manifest.RootElement;
        var layers = root.GetProperty("layers").EnumerateArray().ToArray();
        // a base image may be one of ours too: what its layers say of themselves is not this image's
        return
            IsOurs(root)
            && layers is [.., var application]
            && application.GetProperty("mediaType").GetString() == Tar
            ? new ImageFile(DigestOf(root.GetProperty("config")), DigestOf(application))
            : throw Refused(claim);
    }

    /// <summary>Reads how the image starts.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it does not start by dotnet.</exception>
    public async Task<StartFile> StartAsync(
        IRegistry registry,
        Claim claim,
        CancellationToken cancel
    )
    {
        using var document = await JsonAsync(registry, claim, Config, cancel);
        var config = document.RootElement.GetProperty("config");
        var entrypoint = Strings(config, "Entrypoint");
        return entrypoint is ["dotnet", _, ..]
            ? new StartFile(entrypoint, Strings(config, "Env"))
            : throw Refused(claim);
    }

    private static OutcomeException Refused(Claim claim) =>
        new(
            Outcome.Wrong,
            $"{claim.Repository} {claim.Short} was not made by this pipeline's builder, so it cannot run as a local process: ./build.sh DockerBuild makes an image that can."
        );

    private static bool IsOurs(JsonElement element) =>
        element.TryGetProperty("annotations", out var annotations)
        && annotations.ValueKind == JsonValueKind.Object
        && annotations.TryGetProperty(LayerKey, out var layer)
        && layer.GetString() == OurLayer;

    private static string DigestOf(JsonElement descriptor) =>
        descriptor.GetProperty("digest").GetString()!;

    private static string[] Strings(JsonElement element, string name) =>
        element.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray().Select(e => e.GetString()!)]
            : [];

    private static async Task<JsonDocument> JsonAsync(
        IRegistry registry,
        Claim claim,
        string digest,
        CancellationToken cancel
    )
    {
        await using var stream = await registry.ReadAsync(claim.Repository, digest, cancel);
        return await JsonDocument.ParseAsync(stream, cancellationToken: cancel);
    }
}
