using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TheaIA.Delivery.Oci.Registry;
using TheaIA.Delivery.Oci.Registry.Http;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry.Given;

/// <summary>A folder with images, and a registry in memory to bring them to.</summary>
internal sealed class Registered : IAsyncDisposable
{
    public Sandbox Sandbox { get; } = new();

    public StandIn Registry { get; } = new();

    public SkippingTime Time { get; } = new();

    /// <summary>Environment variables; none of this machine's.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public RegistryAccess Access =>
        new()
        {
            Time = Time,
            Variable = name => Variables.GetValueOrDefault(name),
            Patience = new Patience { Answer = TimeSpan.FromSeconds(5) },
        };

    public OciRegistry Client(Func<RegistryAccess, RegistryAccess>? with = null) =>
        new(
            RepositoryAddress.Parse(Registry.Repository),
            Sandbox["state"],
            with is null ? Access : with(Access)
        );

    /// <summary>An image with a layer of about so many bytes, in the folder <c>layout</c>.</summary>
    public async Task<Release> BuiltAsync(int size = 3000, string commit = Sandbox.Commit)
    {
        var text = string.Concat(
            Enumerable.Range(0, size / 8 + 1).Select(i => $"{i * 7919L % 99_999_999:00000000}")
        );
        var application = Sandbox.Application(
            $"app-{commit[..4]}-{size}",
            ("TheaIA.Api.dll", text)
        );
        var build = await Sandbox.BuildAsync(
            Sandbox.Request(application) with
            {
                Repository = Registry.Repository,
                Commit = commit,
                Version = $"0.1.0+{commit[..7]}",
            }
        );
        return build.Release;
    }

    public async Task<Release> PushedAsync(int size = 3000, string commit = Sandbox.Commit)
    {
        var release = await BuiltAsync(size, commit);
        await Client().PushAsync(Layout, release, Sandbox.Cancel);
        return release;
    }

    public string Layout => Sandbox["layout"];

    /// <summary>As <c>docker login</c> keeps it.</summary>
    public void LoggedIn(string user, string password, string? host = null)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        Logins(new { auth }, host);
    }

    /// <summary>What Docker's config.json says of the registry, and of other things.</summary>
    public void Logins(object entry, string? host = null, string? credsStore = null) =>
        Config(
            JsonSerializer.Serialize(
                new
                {
                    auths = new Dictionary<string, object> { [host ?? Registry.Host] = entry },
                    credsStore,
                }
            )
        );

    /// <summary>Docker's config.json.</summary>
    public void Config(string text)
    {
        Sandbox.Write(Sandbox["docker/config.json"], text);
        Variables["DOCKER_CONFIG"] = Sandbox["docker"];
    }

    /// <summary>The same image, standing on a base: with the annotation that says which.</summary>
    public Release Based(Release release, string on)
    {
        var manifest = JsonNode.Parse(
            File.ReadAllBytes(Sandbox.Blob(Layout, release.What.Digest))
        )!;
        manifest["annotations"]!["org.opencontainers.image.base.name"] = on;
        return Listed(manifest.ToJsonString(), release);
    }

    /// <summary>A manifest that the layout lists, whatever it says.</summary>
    public Release Listed(string manifest, Release release)
    {
        var bytes = Encoding.UTF8.GetBytes(manifest);
        var digest = StandIn.DigestOf(bytes);
        File.WriteAllBytes(Sandbox.Blob(Layout, digest), bytes);
        var index = Path.Combine(Layout, "index.json");
        var all = JsonNode.Parse(File.ReadAllBytes(index))!;
        var entry = all["manifests"]![0]!.DeepClone();
        entry["digest"] = digest;
        entry["size"] = bytes.Length;
        all["manifests"]!.AsArray().Add(entry);
        File.WriteAllText(index, all.ToJsonString());
        return release with { What = release.What with { Digest = digest } };
    }

    /// <summary>The layer of an image, which is its largest blob.</summary>
    public string LayerOf(Release release)
    {
        using var manifest = JsonDocument.Parse(
            File.ReadAllBytes(Sandbox.Blob(Layout, release.What.Digest))
        );
        return manifest.RootElement.GetProperty("layers")[0].GetProperty("digest").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        Sandbox.Dispose();
    }
}
