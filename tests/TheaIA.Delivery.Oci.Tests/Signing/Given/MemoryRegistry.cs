using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;
using TheaIA.Delivery.Oci.Signing;
using TheaIA.Delivery.Oci.Signing.Reading;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing.Given;

/// <summary>A registry in memory with one image, and what test keys say about it.</summary>
public sealed class MemoryRegistry : IRegistry, IArtifacts
{
    public const string Repository = "127.0.0.1:5000/theaia-api";

    private readonly Dictionary<string, byte[]> manifests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> blobs = new(StringComparer.Ordinal);
    private readonly List<Descriptor> referrers = [];

    public MemoryRegistry()
    {
        var image = Encoding.UTF8.GetBytes("{\"schemaVersion\":2,\"layers\":[]}");
        What = new Claim(Repository, DigestOf(image));
        manifests[What.Digest] = image;
    }

    public Claim What { get; }

    public Release Release => new(What, Sandbox.Commit, "0.1.0+3f2c1a9");

    public string Name => "127.0.0.1:5000";

    /// <summary>How often anything was asked for.</summary>
    public int Reads { get; private set; }

    private string Tag => What.Digest.Replace(':', '-');

    /// <summary>Another image, of which nothing is known here but its digest.</summary>
    public static string Other { get; } = $"sha256:{new string('b', 64)}";

    public void Sign2(TestKey key, string? digest = null)
    {
        var document = TestKey.Document(digest ?? What.Digest);
        Attach(
            ".sig",
            document,
            (SimpleSigning.SignatureAnnotation, key.Sign(Encoding.UTF8.GetBytes(document)))
        );
    }

    public void Sign3(TestKey key, string? digest = null) =>
        Refer(key, DsseStatement.SignPredicate, "{}", digest);

    public void Attest2(TestKey key, string type, string predicate, string? digest = null) =>
        Attach(
            ".att",
            key.Envelope(digest ?? What.Digest, type, predicate),
            ("predicateType", type)
        );

    public void Attest3(TestKey key, string type, string predicate, string? digest = null) =>
        Refer(key, type, predicate, digest);

    /// <summary>Adds a layer to what lies beside the image as cosign 2 has it.</summary>
    public void Attach(string suffix, string layer, params (string Key, string Value)[] annotations)
    {
        var manifest = manifests.TryGetValue(Tag + suffix, out var known)
            ? JsonNode.Parse(known)!.AsObject()
            : new JsonObject { ["schemaVersion"] = 2, ["layers"] = new JsonArray() };
        manifest["layers"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["mediaType"] = "application/x",
                    ["digest"] = Blob(layer),
                    ["size"] = layer.Length,
                    ["annotations"] = new JsonObject([
                        .. annotations.Select(a =>
                            KeyValuePair.Create(a.Key, (JsonNode?)JsonValue.Create(a.Value))
                        ),
                    ]),
                }
            );
        manifests[Tag + suffix] = Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }

    /// <summary>Adds a manifest that refers to the image, as cosign 3 has it.</summary>
    public void Refer(string layer, string mediaType, string predicateType)
    {
        var manifest = Encoding.UTF8.GetBytes(
            $$$"""
            {"schemaVersion":2,"layers":[{"mediaType":"{{{mediaType}}}","size":1,"digest":"{{{Blob(
                layer
            )}}}"}],
            "annotations":{"dev.sigstore.bundle.predicateType":"{{{predicateType}}}"}}
            """
        );
        var digest = DigestOf(manifest);
        manifests[digest] = manifest;
        referrers.Add(new Descriptor(MediaTypes.Manifest, digest, manifest.Length));
    }

    /// <summary>Changes all blobs that lie there, but not their names.</summary>
    public void DamageBlobs()
    {
        foreach (var digest in blobs.Keys)
        {
            blobs[digest][^1] ^= 1;
        }
    }

    public void LoseBlobs() => blobs.Clear();

    public void DamageManifests()
    {
        foreach (var name in manifests.Keys.Where(n => n != What.Digest))
        {
            manifests[name] = [.. manifests[name], (byte)' '];
        }
    }

    public void LoseReferringManifests()
    {
        foreach (var referrer in referrers)
        {
            manifests.Remove(referrer.Digest);
        }
    }

    public void LoseImage() => manifests.Remove(What.Digest);

    public void Forget(string suffix) => manifests.Remove(Tag + suffix);

    Task<StoredManifest?> IArtifacts.ManifestAsync(
        string repository,
        string reference,
        CancellationToken cancel
    )
    {
        Reads++;
        repository.ShouldBe(Repository);
        if (!manifests.TryGetValue(reference, out var content))
        {
            return Task.FromResult<StoredManifest?>(null);
        }
        return Digest.IsWhole(reference) && DigestOf(content) != reference
            ? throw new InvalidDataException("damaged")
            : Task.FromResult<StoredManifest?>(
                new StoredManifest(DigestOf(content), MediaTypes.Manifest, content)
            );
    }

    Task<IReadOnlyList<Descriptor>> IArtifacts.ReferrersAsync(
        string repository,
        string digest,
        CancellationToken cancel
    ) => Task.FromResult<IReadOnlyList<Descriptor>>(digest == What.Digest ? [.. referrers] : []);

    Task<Stream> IArtifacts.OpenAsync(string repository, string digest, CancellationToken cancel) =>
        blobs.TryGetValue(digest, out var content)
            ? Task.FromResult<Stream>(
                new VerifyingStream(new MemoryStream(content), digest, "damaged")
            )
            : throw new FileNotFoundException();

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

    private void Refer(TestKey key, string type, string predicate, string? digest)
    {
        var envelope = key.Envelope(digest ?? What.Digest, type, predicate);
        Refer(
            $$"""{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":{{envelope}}}""",
            "application/vnd.dev.sigstore.bundle.v0.3+json",
            type
        );
    }

    private string Blob(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var digest = DigestOf(bytes);
        blobs[digest] = bytes;
        return digest;
    }

    private static string DigestOf(byte[] bytes) => Digest.Of(SHA256.HashData(bytes));
}
