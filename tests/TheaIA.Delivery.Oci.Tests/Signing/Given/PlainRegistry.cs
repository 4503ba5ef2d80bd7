using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;
using TheaIA.Delivery.Oci.Signing;
using TheaIA.Delivery.Oci.Signing.Reading;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing.Given;

/// <summary>
/// A real registry as these tests need it: what lies there is read as it is, and images of a few bytes are
/// pushed. Retries, logins and large blobs have tests of their own.
/// </summary>
public sealed class PlainRegistry(string host) : IRegistry, IArtifacts, IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri($"http://{host}/v2/") };

    public string Name => host;

    /// <summary>Pushes an image with one layer, which is this text.</summary>
    public async Task<Release> PushAsync(string name, string layer)
    {
        const string config = """{"architecture":"amd64","os":"linux"}""";
        var manifest = $$$"""
            {"schemaVersion":2,"mediaType":"{{{MediaTypes.Manifest}}}",
            "config":{"mediaType":"{{{MediaTypes.Config}}}","size":{{{config.Length}}},"digest":"{{{await BlobAsync(
                name,
                config
            )}}}"},
            "layers":[{"mediaType":"{{{MediaTypes.Layer}}}","size":{{{layer.Length}}},"digest":"{{{await BlobAsync(
                name,
                layer
            )}}}"}]}
            """;
        var digest = DigestOf(Encoding.UTF8.GetBytes(manifest));
        await PutAsync(name, digest, Encoding.UTF8.GetBytes(manifest), MediaTypes.Manifest);
        return new Release(new Claim($"{host}/{name}", digest), Sandbox.Commit, "0.1.0+3f2c1a9");
    }

    /// <summary>Gives what lies under one tag another one.</summary>
    public async Task CopyTagAsync(string name, string from, string to)
    {
        var manifest = await GetAsync(name, from);
        manifest.ShouldNotBeNull();
        await PutAsync(name, to, manifest.Content.ToArray(), manifest.MediaType);
    }

    /// <summary>The digests of what a tag's manifest names; empty: there is no such tag.</summary>
    internal async Task<IReadOnlyList<Descriptor>> LayersAsync(string name, string tag) =>
        await GetAsync(name, tag) is { } manifest ? ManifestParts.Layers(manifest.Content) : [];

    async Task<StoredManifest?> IArtifacts.ManifestAsync(
        string repository,
        string reference,
        CancellationToken cancel
    )
    {
        var manifest = await GetAsync(NameOf(repository), reference);
        return manifest is not null && Digest.IsWhole(reference) && manifest.Digest != reference
            ? throw new InvalidDataException("damaged")
            : manifest;
    }

    /// <summary>docker-registry has no referrers API: the tag stands in for it.</summary>
    async Task<IReadOnlyList<Descriptor>> IArtifacts.ReferrersAsync(
        string repository,
        string digest,
        CancellationToken cancel
    )
    {
        var index = await GetAsync(NameOf(repository), digest.Replace(':', '-'));
        return index is null
            ? []
            :
            [
                .. JsonReading
                    .Object(index.Content)!
                    .Value.Items("manifests")
                    .Select(m => new Descriptor(MediaTypes.Manifest, m.Text("digest")!, 0)),
            ];
    }

    async Task<Stream> IArtifacts.OpenAsync(
        string repository,
        string digest,
        CancellationToken cancel
    )
    {
        var answer = await http.GetAsync($"{NameOf(repository)}/blobs/{digest}", cancel);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? throw new FileNotFoundException()
            : new VerifyingStream(
                await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancel),
                digest,
                "damaged"
            );
    }

    // of the store's blobs, which may be older than what lies there now
    public Task<Stream> ReadAsync(string repository, string digest, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Release?> FindAsync(
        string repository,
        string reference,
        CancellationToken cancel
    ) => throw new NotSupportedException();

    public Task<PushResult> PushAsync(
        string layoutDirectory,
        Release release,
        CancellationToken cancel
    ) => throw new NotSupportedException();

    public Task PullAsync(Release release, string layoutDirectory, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task TagAsync(Release release, string tag, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Release> FailingCopyAsync(Release release, CancellationToken cancel) =>
        throw new NotSupportedException();

    public void Dispose() => http.Dispose();

    private string NameOf(string repository) => repository[(host.Length + 1)..];

    private async Task<StoredManifest?> GetAsync(string name, string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{name}/manifests/{reference}");
        request.Headers.Accept.ParseAdd(MediaTypes.Manifest);
        request.Headers.Accept.ParseAdd(MediaTypes.Index);
        using var answer = await http.SendAsync(request, Sandbox.Cancel);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        answer.EnsureSuccessStatusCode();
        var content = await answer.Content.ReadAsByteArrayAsync(Sandbox.Cancel);
        return new StoredManifest(
            DigestOf(content),
            answer.Content.Headers.ContentType?.MediaType ?? "",
            content
        );
    }

    private async Task PutAsync(string name, string reference, byte[] manifest, string mediaType)
    {
        using var content = new ByteArrayContent(manifest);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var answer = await http.PutAsync(
            $"{name}/manifests/{reference}",
            content,
            Sandbox.Cancel
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private async Task<string> BlobAsync(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var digest = DigestOf(bytes);
        using var begun = await http.PostAsync($"{name}/blobs/uploads/", null, Sandbox.Cancel);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await http.PutAsync(
            $"{begun.Headers.Location}&digest={digest}",
            content,
            Sandbox.Cancel
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return digest;
    }

    private static string DigestOf(byte[] bytes) => Digest.Of(SHA256.HashData(bytes));
}
