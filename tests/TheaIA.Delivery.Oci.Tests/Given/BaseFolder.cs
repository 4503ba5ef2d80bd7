using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TheaIA.Delivery.Oci.Tests.Given;

/// <summary>A folder in OCI image layout with base images in it, as others would write them.</summary>
internal sealed class BaseFolder
{
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Config = "application/vnd.oci.image.config.v1+json";
    public const string Tar = "application/vnd.oci.image.layer.v1.tar";

    public BaseFolder(string root)
    {
        Root = root;
        Directory.CreateDirectory(Path.Combine(root, "blobs", "sha256"));
        File.WriteAllText(Path.Combine(root, "oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        File.WriteAllText(
            Path.Combine(root, "index.json"),
            "{\"schemaVersion\":2,\"manifests\":[]}"
        );
    }

    public string Root { get; }

    /// <summary>One file a layer: its diff id and its bytes, in gzip where asked for.</summary>
    public static (string DiffId, byte[] Bytes) Layer(string name, string text, bool gzip = false)
    {
        using var plain = new MemoryStream();
        using (var tar = new TarWriter(plain, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    ModificationTime = DateTimeOffset.UnixEpoch.AddDays(20_000),
                }
            );
        }
        var bytes = plain.ToArray();
        return (DigestOf(bytes), gzip ? Gzip(bytes) : bytes);
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(bytes);
        }
        return packed.ToArray();
    }

    /// <summary>What a tiny image of two layers says of itself: to be changed before it is written.</summary>
    public JsonObject TinyConfig(params string[] diffIds) =>
        new()
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject
            {
                ["Env"] = new JsonArray("PATH=/bin", "ASPNETCORE_URLS=http://+:80", "A=<b>"),
                ["Cmd"] = new JsonArray("/bin/sh"),
                ["Labels"] = new JsonObject { ["of"] = "the base" },
            },
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray([.. diffIds.Select(d => (JsonNode)d)]),
            },
            ["history"] = new JsonArray([
                .. diffIds.Select(
                    (_, i) =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["created"] = "2026-01-02T03:04:05Z",
                                ["created_by"] = $"layer {i}",
                            }
                ),
            ]),
        };

    /// <summary>An image of two layers, the lower one in gzip.</summary>
    /// <param name="change">Changes its configuration.</param>
    /// <param name="docker">Docker's media types instead of OCI's.</param>
    public string Tiny(Action<JsonObject>? change = null, bool docker = false)
    {
        var lower = Layer("etc/base", "the base", gzip: true);
        var upper = Layer("etc/more", "more of it");
        var config = TinyConfig(lower.DiffId, upper.DiffId);
        change?.Invoke(config);
        var layer = docker ? "application/vnd.docker.image.rootfs.diff.tar" : Tar;
        return Image(
            config,
            [(layer + (docker ? ".gzip" : "+gzip"), lower.Bytes), (layer, upper.Bytes)],
            docker ? "application/vnd.docker.container.image.v1+json" : Config,
            docker ? "application/vnd.docker.distribution.manifest.v2+json" : Manifest
        );
    }

    public string Image(
        JsonNode config,
        (string Type, byte[] Bytes)[] layers,
        string configType = Config,
        string manifestType = Manifest
    ) =>
        Add(
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = manifestType,
                ["config"] = Entry(configType, Bytes(config)),
                ["layers"] = new JsonArray([
                    .. layers.Select(l => (JsonNode)Entry(l.Type, l.Bytes)),
                ]),
            }
        );

    public string Index(params (string Platform, string Digest)[] images) =>
        Add(
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["manifests"] = new JsonArray([
                    .. images.Select(i =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["mediaType"] = Manifest,
                                ["digest"] = i.Digest,
                                ["size"] = 1,
                                ["platform"] = new JsonObject
                                {
                                    ["os"] = i.Platform.Split('/')[0],
                                    ["architecture"] = i.Platform.Split('/')[1],
                                },
                            }
                    ),
                ]),
            }
        );

    public string Add(JsonNode document) => Add(Bytes(document));

    public string Add(byte[] bytes)
    {
        var digest = DigestOf(bytes);
        File.WriteAllBytes(PathOf(digest), bytes);
        return digest;
    }

    public string PathOf(string digest) => Path.Combine(Root, "blobs", "sha256", digest[7..]);

    /// <summary>Makes the image findable for tools that look into index.json.</summary>
    public BaseFolder List(string digest)
    {
        var index = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["manifests"] = new JsonArray(
                new JsonObject
                {
                    ["mediaType"] = Manifest,
                    ["digest"] = digest,
                    ["size"] = new FileInfo(PathOf(digest)).Length,
                }
            ),
        };
        File.WriteAllText(Path.Combine(Root, "index.json"), index.ToJsonString());
        return this;
    }

    public static string DigestOf(byte[] bytes) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    private JsonObject Entry(string type, byte[] bytes) =>
        new()
        {
            ["mediaType"] = type,
            ["digest"] = Add(bytes),
            ["size"] = bytes.Length,
        };

    private static byte[] Bytes(JsonNode document) =>
        Encoding.UTF8.GetBytes(document.ToJsonString());
}
