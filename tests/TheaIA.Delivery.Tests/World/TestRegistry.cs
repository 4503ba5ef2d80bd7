namespace TheaIA.Delivery.Tests.World;

/// <summary>A registry of which a deployer needs the failing copy only.</summary>
internal sealed class TestRegistry(TestWorld world, Life life) : IRegistry
{
    public string Name => "this machine's store";

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

    public Task PullAsync(Release release, string layoutDirectory, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task TagAsync(Release release, string tag, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Release> FailingCopyAsync(Release release, CancellationToken cancel)
    {
        life.Call();
        var digest = "sha256:" + new string('f', 52) + release.What.Digest[^12..];
        world.Behaviours.TryAdd(digest, world.DrillBehaviour);
        return Task.FromResult(release with { What = release.What with { Digest = digest } });
    }
}
