using System.Security.Cryptography;
using System.Text;

namespace TheaIA.Delivery.Tests.Evidence;

/// <summary>A registry with one image, of which Evidence needs the pull only.</summary>
internal sealed class MemoryRegistry : IRegistry
{
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);

    public string Name => "registry.example";

    /// <summary>What the next pull does in the midst.</summary>
    public Action InPull { get; set; } = () => { };

    public string Add(string content) => Add(Encoding.UTF8.GetBytes(content));

    public string Add(byte[] content)
    {
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
        _blobs[digest] = content;
        return digest;
    }

    /// <summary>The blob is another one from now on, under its old name.</summary>
    public void Damage(string digest) => _blobs[digest] = [.. _blobs[digest], (byte)'!'];

    public void Lose(string digest) => _blobs.Remove(digest);

    public async Task PullAsync(Release release, string layoutDirectory, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(layoutDirectory, "blobs", "sha256"));
        foreach (var (digest, content) in _blobs)
        {
            await File.WriteAllBytesAsync(
                Path.Combine(folder.FullName, digest["sha256:".Length..]),
                content,
                cancel
            );
        }
        InPull();
        // what our own layout keeps beside an image
        await File.WriteAllTextAsync(Path.Combine(layoutDirectory, ".lock"), "", cancel);
        Directory.CreateDirectory(Path.Combine(layoutDirectory, ".aside"));
        await File.WriteAllTextAsync(Path.Combine(layoutDirectory, "index.json"), "{}", cancel);
    }

    public Task<Release?> FindAsync(
        string repository,
        string reference,
        CancellationToken cancel
    ) => throw new NotSupportedException();

    public Task<Stream> ReadAsync(string repository, string digest, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<PushResult> PushAsync(
        string layoutDirectory,
        Release release,
        CancellationToken cancel
    ) => throw new NotSupportedException();

    public Task TagAsync(Release release, string tag, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Release> FailingCopyAsync(Release release, CancellationToken cancel) =>
        throw new NotSupportedException();
}
