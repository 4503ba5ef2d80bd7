using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;
using TheaIA.Delivery.Oci.Registry.Http;

namespace TheaIA.Delivery.Oci.Registry.Reading;

/// <summary>Reads from one repository of a registry; nothing counts that has not the digest it should have.</summary>
/// <param name="http">Asks the registry.</param>
/// <param name="address">The repository.</param>
/// <param name="forPush">What is read is for a push, so that one token does for both.</param>
internal sealed class RemoteRepository(
    RegistryHttp http,
    RepositoryAddress address,
    bool forPush = false
)
{
    private static readonly string[] Manifests =
    [
        MediaTypes.Manifest,
        MediaTypes.Index,
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    // digests that a manifest named as blobs: they are not looked for among manifests first
    private readonly ConcurrentDictionary<string, bool> blobs = new(StringComparer.Ordinal);

    public RepositoryAddress Address => address;

    public RegistryHttp Http => http;

    public AccessScope Scope { get; } = new(address.Path, forPush);

    /// <summary>What it says of a blob that is not what its name says.</summary>
    public string Damaged(string digest) =>
        $"{digest} in {address.Host} is damaged (its content has another digest): delete it there, then push it again.";

    public string Missing(string digest) =>
        $"There is no {digest} of {address.Path} in {address.Host}: push it again.";

    /// <summary>A manifest by tag or digest; null when there is none.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: its bytes have not the digest that was asked for, or that the registry tells.
    /// </exception>
    public async Task<RegistryManifest?> ManifestAsync(string reference, CancellationToken cancel)
    {
        var what = Digest.IsWhole(reference)
            ? $"the manifest {Digest.Short(reference)} of {address.Path}"
            : $"the tag {reference} of {address.Path}";
        var (answer, bytes) = await http.DocumentAsync(
            new Ask(HttpMethod.Get, address.Url($"manifests/{reference}"), what, Scope)
            {
                Accept = Manifests,
            },
            cancel
        );
        using var _ = answer;
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
        if (answer.Status != HttpStatusCode.OK)
        {
            throw http.Refusals.Refused(what, answer);
        }
        var digest = Digest.Of(SHA256.HashData(bytes));
        if (Digest.IsWhole(reference) && digest != reference)
        {
            var damaged = Damaged(reference);
            throw new OutcomeException(Outcome.Failed, damaged, new InvalidDataException(damaged));
        }
        if (answer.Digest is { } told && told != digest && Digest.IsWhole(told))
        {
            throw http.Refusals.Lies(what, told, digest);
        }
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        var manifest = new RegistryManifest(bytes, type, digest);
        foreach (var blob in manifest.Document()?.Blobs ?? [])
        {
            blobs[blob.Digest] = true;
        }
        return manifest;
    }

    /// <summary>What a tag names; null when there is no such tag.</summary>
    public async Task<string?> ResolveAsync(string tag, CancellationToken cancel)
    {
        var what = $"the tag {tag} of {address.Path}";
        using var answer = await http.AskAsync(
            new Ask(HttpMethod.Head, address.Url($"manifests/{tag}"), what, Scope)
            {
                Accept = Manifests,
            },
            cancel
        );
        return answer.Status switch
        {
            HttpStatusCode.OK => answer.Digest ?? (await ManifestAsync(tag, cancel))?.Digest,
            HttpStatusCode.NotFound => null,
            _ => throw http.Refusals.Refused(what, answer),
        };
    }

    /// <summary>All tags; none when the registry does not know the repository.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: the answer is no list of tags.</exception>
    public async Task<IReadOnlyList<string>> TagsAsync(CancellationToken cancel)
    {
        var pages = new Pages(this, $"the tags of {address.Path}");
        var tags = new List<string>();
        await foreach (var (_, page) in pages.FromAsync("tags/list?n=1000", cancel))
        {
            tags.AddRange(pages.Read(page, RegistryJson.Default.TagList).Tags ?? []);
        }
        return tags;
    }

    /// <summary>Whether the registry has a blob of this size.</summary>
    public async Task<bool> HasAsync(Descriptor blob, CancellationToken cancel)
    {
        var what = $"{blob.Digest} of {address.Path}";
        using var answer = await http.AskAsync(
            new Ask(HttpMethod.Head, address.Url($"blobs/{blob.Digest}"), what, Scope),
            cancel
        );
        return answer.Status switch
        {
            // one of another size is no good, whatever its name
            HttpStatusCode.OK => (answer.Content.Headers.ContentLength ?? blob.Size) == blob.Size,
            HttpStatusCode.NotFound => false,
            _ => throw http.Refusals.Refused(what, answer),
        };
    }

    /// <summary>A blob or manifest, checked at its end.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public async Task<Stream> OpenAsync(string digest, CancellationToken cancel)
    {
        if (!Digest.IsWhole(digest))
        {
            throw new FileNotFoundException(Missing(digest));
        }
        try
        {
            // first: docker-registry answers 500 when it is asked for a blob as a manifest
            return await OpenBlobAsync(digest, cancel);
        }
        catch (FileNotFoundException) when (!blobs.ContainsKey(digest))
        {
            return await ManifestAsync(digest, cancel) is { } manifest
                ? new MemoryStream(manifest.Bytes, writable: false)
                : throw new FileNotFoundException(Missing(digest));
        }
    }

    /// <summary>
    /// What is known to be a blob, checked at its end. Some registries answer 500 when they are asked for a
    /// damaged blob as a manifest, so that here it is not.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public async Task<Stream> OpenBlobAsync(string digest, CancellationToken cancel) =>
        new VerifyingStream(
            await ResumingStream.OpenAsync(this, digest, cancel),
            digest,
            Damaged(digest)
        );

    /// <summary>A small blob whole.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is not what its digest says.</exception>
    public async Task<byte[]> BytesAsync(string digest, CancellationToken cancel)
    {
        await using var blob = await OpenAsync(digest, cancel);
        var bytes = new MemoryStream();
        await blob.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}
