using System.Security.Cryptography;

namespace TheaIA.Delivery.Local.Tests.Support;

/// <summary>Blobs as files of a folder: as much of a registry as a platform needs.</summary>
internal sealed class FolderRegistry(string directory) : IRegistry
{
    public string Name => "the test's store";

    public string Add(byte[] blob)
    {
        Directory.CreateDirectory(directory);
        var hex = Convert.ToHexStringLower(SHA256.HashData(blob));
        File.WriteAllBytes(Path.Combine(directory, hex), blob);
        return "sha256:" + hex;
    }

    public void Remove(string digest) => File.Delete(PathOf(digest));

    public void Spoil(string digest) => File.WriteAllText(PathOf(digest), "spoilt");

    public Task<Stream> ReadAsync(string repository, string digest, CancellationToken cancel)
    {
        var path = PathOf(digest);
        var hex = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        return hex == digest[7..]
            ? Task.FromResult<Stream>(File.OpenRead(path))
            : throw new InvalidDataException($"{digest} is not what its digest says");
    }

    public Task<Release?> FindAsync(
        string repository,
        string reference,
        CancellationToken cancel
    ) => throw new NotSupportedException();

    public Task<PushResult> PushAsync(string layout, Release release, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task PullAsync(Release release, string layout, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task TagAsync(Release release, string tag, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Release> FailingCopyAsync(Release release, CancellationToken cancel) =>
        throw new NotSupportedException();

    private string PathOf(string digest) => Path.Combine(directory, digest[7..]);
}
