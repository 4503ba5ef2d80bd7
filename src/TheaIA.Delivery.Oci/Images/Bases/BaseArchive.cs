using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace TheaIA.Delivery.Oci.Images.Bases;

/// <summary>
/// A base image as the archive that a Docker engine loads (<c>docker save</c>, image spec 1.2): for an
/// engine that cannot read where it lies.
/// </summary>
internal static class BaseArchive
{
    private const string Config = "config.json";

    /// <summary>Writes it; layers go in as they are stored, since an engine knows gzip.</summary>
    public static async Task WriteAsync(FoundBase found, Stream output, CancellationToken cancel)
    {
        var tar = new LayerTar(output);
        var names = new List<string>();
        await AddAsync(Config, found.ConfigBytes);
        foreach (var layer in found.Layers)
        {
            var name = names.Count.ToString(CultureInfo.InvariantCulture) + ".tar";
            names.Add(name);
            await found.ReadAsync(
                layer,
                content => tar.FileAsync(name, content, layer.Size, cancel),
                cancel
            );
        }
        var manifest = new JsonArray(
            new JsonObject { ["Config"] = Config, ["Layers"] = ConfigDocument.Array(names) }
        );
        await AddAsync("manifest.json", Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        await tar.EndAsync(cancel);

        async Task AddAsync(string name, byte[] bytes)
        {
            using var content = new MemoryStream(bytes);
            await tar.FileAsync(name, content, bytes.Length, cancel);
        }
    }
}
