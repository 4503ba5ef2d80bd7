using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Layout;

/// <summary>
/// A folder in OCI image layout: oci-layout, index.json, blobs/sha256/... Reading takes no lock, since
/// every file in it appears whole; writing takes the folder's lock.
/// </summary>
/// <param name="root">The folder; made when something is written.</param>
/// <param name="time">The clock of the wait for the lock.</param>
internal sealed class ImageLayout(string root, TimeProvider time)
{
    public string Root { get; } = root;

    /// <summary>How a person names it in an error.</summary>
    public string Name { get; init; } = root;

    /// <summary>What a person does about something missing or damaged.</summary>
    public string Mend { get; init; } = "push it again";

    /// <summary>A folder that a build fills and a push empties.</summary>
    public static ImageLayout OfBuild(string root, TimeProvider time) =>
        new(root, time) { Mend = "./build.sh DockerBuild makes it again" };

    public string IndexPath => Path.Combine(Root, "index.json");

    public string BlobPath(string digest) =>
        Path.Combine(Root, "blobs", "sha256", digest[Digest.Prefix.Length..]);

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: not had in 60 s.</exception>
    public async Task<LayoutWriter> WriteAsync(CancellationToken cancel) =>
        new(this, await LayoutLock.TakeAsync(Root, time, cancel));

    /// <summary>What the folder holds; empty when nobody wrote into it.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it is not an index.</exception>
    public ImageIndex Index()
    {
        try
        {
            return JsonSerializer.Deserialize(
                    File.ReadAllBytes(IndexPath),
                    OciJson.Canonical.ImageIndex
                ) ?? throw new JsonException();
        }
        catch (Exception nothing)
            when (nothing is FileNotFoundException or DirectoryNotFoundException)
        {
            return ImageIndex.Empty;
        }
        catch (JsonException broken)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{IndexPath} is not an OCI image index: move it away, then {Mend}.",
                broken
            );
        }
    }

    /// <summary>The entry of an image that a build made.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it is not listed.</exception>
    public Descriptor Listed(string digest) =>
        Index().Manifests.FirstOrDefault(m => m.Digest == digest)
        ?? throw new OutcomeException(
            Outcome.Failed,
            $"There is no image {Digest.Short(digest)} in {Name}: ./build.sh DockerBuild makes it."
        );

    /// <summary>A blob, checked at its end.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public Stream Open(string digest)
    {
        if (!Digest.IsWhole(digest) || !File.Exists(BlobPath(digest)))
        {
            throw new FileNotFoundException($"There is no {digest} in {Name}: {Mend}.");
        }
        return new VerifyingStream(File.OpenRead(BlobPath(digest)), digest, Damaged(digest));
    }

    /// <summary>There is such a blob, and it is whole.</summary>
    public async Task<bool> HoldsAsync(string digest, CancellationToken cancel)
    {
        try
        {
            await using var blob = Open(digest);
            await blob.CopyToAsync(Stream.Null, cancel);
            return true;
        }
        catch (Exception lacking) when (lacking is FileNotFoundException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>A small document, checked against its digest.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it is missing, damaged or something else.</exception>
    public async Task<T> ReadAsync<T>(string digest, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        try
        {
            var bytes = new MemoryStream();
            await using var blob = Open(digest);
            await blob.CopyToAsync(bytes, cancel);
            return JsonSerializer.Deserialize(bytes.ToArray(), type) ?? throw new JsonException();
        }
        catch (Exception lacking) when (lacking is FileNotFoundException or InvalidDataException)
        {
            throw new OutcomeException(Outcome.Failed, lacking.Message, lacking);
        }
        catch (JsonException other)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{Digest.Short(digest)} in {Name} is not an image that this pipeline wrote: {Mend}.",
                other
            );
        }
    }

    /// <summary>One sentence for a blob that is not what its name says.</summary>
    public string Damaged(string digest) =>
        $"{digest} in {Name} is damaged (its content has another digest): {Mend}.";
}
