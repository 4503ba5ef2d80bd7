using System.Formats.Tar;
using System.Text;
using System.Text.Json;

namespace TheaIA.Delivery.Local.Tests.Support;

/// <summary>Images of the test service, as our builder would write them, and others.</summary>
internal static class TestImage
{
    public const string Tar = "application/vnd.oci.image.layer.v1.tar";
    private const string Service = "TinyService";
    private static readonly Dictionary<string, string> Ours = new()
    {
        ["com.theaia.layer"] = "dotnet-portable",
    };

    /// <summary>A release of the test service that behaves in these ways.</summary>
    public static string Make(FolderRegistry registry, params string[] modes) =>
        Write(registry, Layer([("app/mode", string.Join('\n', modes))]));

    /// <summary>The test service's files, and these.</summary>
    public static byte[] Layer(
        IEnumerable<(string Name, string Text)> texts,
        params TarEntry[] more
    )
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "app/"));
            foreach (var file in new[] { Service + ".dll", Service + ".runtimeconfig.json" })
            {
                Add(
                    tar,
                    "app/" + file,
                    File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file))
                );
            }
            foreach (var (name, text) in texts)
            {
                Add(tar, name, Encoding.UTF8.GetBytes(text));
            }
            foreach (var entry in more)
            {
                tar.WriteEntry(entry);
            }
        }
        return stream.ToArray();
    }

    public static string Write(
        FolderRegistry registry,
        byte[] layer,
        object? config = null,
        IReadOnlyDictionary<string, string>? annotations = null,
        object[]? layersBelow = null,
        string mediaType = Tar,
        bool topSaysSo = true
    )
    {
        var onTop = new
        {
            mediaType,
            digest = registry.Add(layer),
            size = layer.Length,
            annotations = layersBelow is null || !topSaysSo ? null : Ours,
        };
        config ??= new
        {
            config = new
            {
                Entrypoint = new[] { "dotnet", Service + ".dll" },
                WorkingDir = "/app",
                Env = new[] { "FROM_IMAGE=yes", "PATH=/nowhere", "broken" },
            },
        };
        var manifest = new
        {
            schemaVersion = 2,
            config = new { digest = registry.Add(JsonSerializer.SerializeToUtf8Bytes(config)) },
            layers = (layersBelow ?? []).Append(onTop),
            annotations = annotations ?? Ours,
        };
        return registry.Add(JsonSerializer.SerializeToUtf8Bytes(manifest));
    }

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(
            new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(content),
            }
        );
}
