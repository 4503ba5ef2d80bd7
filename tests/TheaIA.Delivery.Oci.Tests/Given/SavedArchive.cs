using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;

namespace TheaIA.Delivery.Oci.Tests.Given;

/// <summary>What a Docker engine writes for <c>docker save</c>, in the shape of engine 20.10 or of 25 and later.</summary>
internal sealed class SavedArchive
{
    private readonly MemoryStream bytes = new();
    private readonly TarWriter tar;
    private readonly List<string> layers = [];
    private readonly List<string> diffIds = [];

    public SavedArchive() => tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true);

    public IReadOnlyList<string> DiffIds => diffIds;

    /// <summary>The manifest.json that <see cref="End"/> writes; null: none.</summary>
    public Func<JsonArray, JsonArray?> Manifest { get; init; } = m => m;

    public SavedArchive Layer(byte[] plain, bool gzip = false, string? name = null)
    {
        diffIds.Add(BaseFolder.DigestOf(plain));
        layers.Add(name ?? $"{layers.Count:00}/layer.tar");
        File(layers[^1], gzip ? BaseFolder.Gzip(plain) : plain);
        return this;
    }

    /// <summary>A layer that was there already, as an engine links to it.</summary>
    public SavedArchive LayerAgain(int number)
    {
        diffIds.Add(diffIds[number]);
        var name = $"{layers.Count:00}/layer.tar";
        tar.WriteEntry(
            new UstarTarEntry(TarEntryType.SymbolicLink, name) { LinkName = "../" + layers[number] }
        );
        layers.Add(name);
        return this;
    }

    public SavedArchive File(string name, byte[] content)
    {
        tar.WriteEntry(
            new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(content),
            }
        );
        return this;
    }

    /// <summary>The whole archive, as a stream that only runs forward.</summary>
    /// <param name="clock">The engine's clock, which it writes into everything.</param>
    /// <param name="change">Changes the configuration.</param>
    public Stream End(string clock, Action<JsonObject>? change = null)
    {
        var config = new JsonObject
        {
            ["architecture"] = "amd64",
            ["config"] = new JsonObject
            {
                ["Hostname"] = "",
                ["User"] = "1000",
                ["Env"] = new JsonArray("PATH=/bin"),
                ["Cmd"] = null,
                ["Image"] = "sha256:of-the-step-before",
                ["Entrypoint"] = new JsonArray("dotnet", "x.dll"),
                ["Labels"] = new JsonObject
                {
                    ["from"] = "Dockerfile",
                    ["org.opencontainers.image.revision"] = "",
                },
            },
            ["container"] = clock + " made it",
            ["container_config"] = new JsonObject { ["Hostname"] = clock },
            ["created"] = clock,
            ["docker_version"] = "20.10.24",
            ["history"] = new JsonArray([
                .. diffIds.Select(_ => Entry(clock, empty: false)),
                Entry(clock, empty: true),
            ]),
            ["os"] = "linux",
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray([.. diffIds.Select(d => (JsonNode)d)]),
            },
        };
        change?.Invoke(config);
        File("config.json", Encoding.UTF8.GetBytes(config.ToJsonString()));
        var manifest = new JsonArray(
            new JsonObject
            {
                ["Config"] = "config.json",
                ["RepoTags"] = null,
                ["Layers"] = new JsonArray([.. layers.Select(l => (JsonNode)l)]),
            }
        );
        if (Manifest(manifest) is { } told)
        {
            File("manifest.json", Encoding.UTF8.GetBytes(told.ToJsonString()));
        }
        tar.Dispose();
        return new Forward(bytes.ToArray());
    }

    private static JsonNode Entry(string clock, bool empty) =>
        empty
            ? new JsonObject { ["created"] = clock, ["empty_layer"] = true }
            : new JsonObject { ["created"] = clock, ["created_by"] = "COPY" };

    private sealed class Forward(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
