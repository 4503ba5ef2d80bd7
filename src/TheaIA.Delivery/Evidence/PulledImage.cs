using System.Security.Cryptography;
using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>The image in the folder: an OCI layout with the manifest and what it names, nothing else.</summary>
internal static class PulledImage
{
    private const string Folder = "image";
    private const string Blobs = "blobs/sha256";
    private const string Prefix = "sha256:";
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const int LongestManifest = 4 * 1024 * 1024; // what registries take (OCI distribution spec)

    /// <summary>Reads every blob from the registry, hashes each again, and keeps them.</summary>
    /// <returns>How many layers there are.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: a blob is missing or damaged; it is named.</exception>
    public static async Task<int> CollectAsync(
        IRegistry registry,
        Release release,
        AsideFolder folder,
        CancellationToken cancel
    )
    {
        // aside: what the registry's side keeps in a layout beside the image (locks) is none of it
        var pulled = Path.Combine(folder.Root, "pulled");
        await registry.PullAsync(release, pulled, cancel);
        var digest = release.What.Digest;
        var blobs = new Taking(Path.Combine(pulled, Blobs), registry.Name, folder);

        var text = blobs.Manifest(digest);
        var manifest = ManifestOf(text, digest, registry.Name);
        foreach (var blob in manifest.Layers.Append(manifest.Config).Append(digest).Distinct())
        {
            await blobs.TakeAsync(blob, cancel);
        }
        Directory.Delete(pulled, recursive: true);
        folder.Write($"{Folder}/oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8);
        folder.Write(
            $"{Folder}/index.json",
            JsonSerializer.SerializeToUtf8Bytes(
                new LayoutIndex(2, [new LayoutEntry(manifest.MediaType, digest, text.Length)]),
                EvidenceJson.OneLine.LayoutIndex
            )
        );
        return manifest.Layers.Count;
    }

    private static Manifest ManifestOf(byte[] text, string digest, string registry)
    {
        try
        {
            using var manifest = JsonDocument.Parse(text);
            var root = manifest.RootElement;
            return new Manifest(
                root.TryGetProperty("mediaType", out var type) && type.GetString() is { } named
                    ? named
                    : ManifestType,
                DigestOf(root.GetProperty("config")),
                [.. root.GetProperty("layers").EnumerateArray().Select(DigestOf)]
            );
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or FormatException
            )
        {
            throw NoManifest(digest, registry, e);
        }
    }

    private static OutcomeException NoManifest(
        string digest,
        string registry,
        Exception? inner = null
    ) =>
        new(
            Outcome.Failed,
            $"{digest} in {registry} is no image manifest: name a release that this pipeline made, ./build.sh Evidence --release DIGEST.",
            inner
        );

    /// <summary>A digest becomes a file's name, so it is checked to be nothing but one.</summary>
    private static string DigestOf(JsonElement descriptor) =>
        descriptor.GetProperty("digest").GetString() is { } digest
        && digest.Length == Prefix.Length + 64
        && digest.StartsWith(Prefix, StringComparison.Ordinal)
        && digest[Prefix.Length..].All(char.IsAsciiHexDigitLower)
            ? digest
            : throw new FormatException("no digest");

    private sealed record Manifest(string MediaType, string Config, IReadOnlyList<string> Layers);

    private sealed class Taking(string from, string registry, AsideFolder folder)
    {
        public byte[] Manifest(string digest)
        {
            var file = new FileInfo(Existing(digest));
            if (file.Length > LongestManifest)
            {
                throw NoManifest(digest, registry);
            }
            var text = File.ReadAllBytes(file.FullName);
            Check(digest, SHA256.HashData(text));
            return text;
        }

        public async Task TakeAsync(string digest, CancellationToken cancel)
        {
            var path = Existing(digest);
            await using (var content = File.OpenRead(path))
            {
                Check(digest, await SHA256.HashDataAsync(content, cancel));
            }
            var hex = digest[Prefix.Length..];
            folder.Move(path, $"{Folder}/{Blobs}/{hex}", hex);
        }

        private void Check(string digest, byte[] hash)
        {
            if (Prefix + Convert.ToHexStringLower(hash) != digest)
            {
                throw new OutcomeException(
                    Outcome.Failed,
                    $"{digest} in {registry} is damaged (its content has another digest): ./build.sh Release pushes it again."
                );
            }
        }

        private string Existing(string digest)
        {
            var path = Path.Combine(from, digest[Prefix.Length..]);
            return File.Exists(path)
                ? path
                : throw new OutcomeException(
                    Outcome.Failed,
                    $"{digest} is missing in {registry}: ./build.sh Release pushes it again."
                );
        }
    }
}

/// <summary>index.json of the OCI layout (image spec 1.1): one image.</summary>
internal sealed record LayoutIndex(int SchemaVersion, IReadOnlyList<LayoutEntry> Manifests);

internal sealed record LayoutEntry(string MediaType, string Digest, long Size);
