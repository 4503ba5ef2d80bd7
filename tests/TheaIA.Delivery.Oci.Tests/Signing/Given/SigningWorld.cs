using System.Collections.Concurrent;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing.Given;

/// <summary>
/// A real registry with an image in it, and a key pair of the real cosign of one major. What costs seconds
/// is made once for all tests of this process: the key pairs, a registry, and a release with all that is
/// said about it.
/// </summary>
internal sealed class SigningWorld : IAsyncDisposable
{
    private static readonly Lazy<Task<RealRegistry>> Common = new(() => KeptAsync());
    private static readonly ConcurrentDictionary<int, Lazy<Task<SigningWorld>>> Made = new();

    private readonly RealRegistry server;
    private readonly bool owned;
    private readonly Sandbox sandbox = new();
    private readonly CosignSigning signing = new(TimeProvider.System, _ => null);

    private SigningWorld(RealRegistry server, RealCosign keys, string imageName, bool owned = false)
    {
        this.server = server;
        this.owned = owned;
        ImageName = imageName;
        Keys = keys;
        Registry = new PlainRegistry(server.Host);
        Runner = new RealRunner(keys.OnPath, sandbox.Root);
    }

    public string ImageName { get; }

    /// <summary>All tests' of that major: nothing is written to its folder.</summary>
    public RealCosign Keys { get; }

    public PlainRegistry Registry { get; }

    public RealRunner Runner { get; }

    public Release Release { get; private set; } = null!;

    /// <summary>What signing and attesting answered when the release was made.</summary>
    public (bool Signed, int Attested) Answered { get; private set; }

    public Claim What => Release.What;

    public string Tag => What.Digest.Replace(':', '-');

    public QuietProgress Progress { get; } = new();

    public ISigner Signer => SignerWith(Keys);

    /// <summary>
    /// An image about which nothing is said, in a repository of its own; without these programs the test is
    /// skipped (or fails: see Real).
    /// </summary>
    public static async Task<SigningWorld> NewAsync(int major)
    {
        var keys = await RealCosign.OfAsync(major);
        var world = new SigningWorld(await Common.Value, keys, $"theaia-{Guid.NewGuid():N}");
        world.Release = await world.Registry.PushAsync(world.ImageName, "a layer");
        return world;
    }

    /// <summary>The release that this major has signed and attested: to be read, and not written to.</summary>
    public static async Task<SigningWorld> ReleasedAsync(int major)
    {
        var made = await MadeAsync(major);
        return new SigningWorld(made.server, made.Keys, made.ImageName)
        {
            Release = made.Release,
            Answered = made.Answered,
        };
    }

    /// <summary>A copy of that release in a registry of its own, for a test that tampers with it.</summary>
    public static async Task<SigningWorld> CopiedAsync(int major)
    {
        var made = await MadeAsync(major);
        var copy = await RealRegistry.NewAsync(storage: made.server.StorageDirectory);
        return new SigningWorld(copy, made.Keys, made.ImageName, owned: true)
        {
            Release = made.Release with
            {
                What = made.What with { Repository = $"{copy.Host}/{made.ImageName}" },
            },
        };
    }

    /// <summary>A folder of this test alone.</summary>
    public string Folder => sandbox.Root;

    public ISigner SignerWith(RealCosign keys, string? password = RealCosign.Password) =>
        signing.SignerWith(
            new SigningKey(keys.PrivateKey, password is null ? null : new Secret(password)),
            Tools(keys)
        );

    public ISigner SignerWith(string key) =>
        signing.SignerWith(new SigningKey(key, new Secret(RealCosign.Password)), Tools(Keys));

    public IAttestations Trusting(params RealCosign[] keys) =>
        signing.TrustedBy([.. keys.Select(Trusted)], Tools(Keys));

    public IStatements Statements(params RealCosign[] keys) =>
        signing.StatementsBy([.. keys.Select(Trusted)], Tools(Keys));

    public async Task<Check> CheckAsync(string gate, params RealCosign[] keys)
    {
        var trusting = Trusting(keys.Length == 0 ? [Keys] : keys);
        var attested = await trusting.AttestedAsync(Release, Sandbox.Cancel);
        return attested.Checks.FirstOrDefault(c => c.Gate == gate)
            ?? new Check(gate, What.Digest, Verdict.Unknown, "nothing was found");
    }

    public Task<int> AttestAsync(params Attestation[] statements) =>
        Signer.AttestAsync(Release, statements, Progress, Sandbox.Cancel);

    /// <summary>What cosign itself says, with the flags that a person would use.</summary>
    public async Task<(int ExitCode, string Output)> VerifyAsync(params string[] arguments) =>
        await Keys.RunAsync([
            .. arguments,
            "--key",
            Keys.PublicKey,
            "--insecure-ignore-tlog",
            $"{What.Repository}@{What.Digest}",
        ]);

    /// <summary>Takes a tag out of the registry's storage, behind its back.</summary>
    public void LoseTag(string tag) =>
        Directory.Delete(
            Path.Combine(Repositories, ImageName, "_manifests/tags", tag),
            recursive: true
        );

    /// <summary>Changes one byte of each statement in the registry's storage, and not of the image.</summary>
    public int DamageStatements()
    {
        var blobs = Directory
            .GetFiles(
                Path.Combine(server.StorageDirectory, "docker/registry/v2/blobs"),
                "data",
                SearchOption.AllDirectories
            )
            .Where(IsStatement)
            .ToList();
        foreach (var blob in blobs)
        {
            var bytes = File.ReadAllBytes(blob);
            bytes[^10] ^= 1;
            File.WriteAllBytes(blob, bytes);
        }
        return blobs.Count;
    }

    public async ValueTask DisposeAsync()
    {
        if (owned)
        {
            await server.DisposeAsync();
        }
        Registry.Dispose();
        sandbox.Dispose();
    }

    private static Task<SigningWorld> MadeAsync(int major) =>
        Made.GetOrAdd(major, m => new(() => MakeAsync(m))).Value;

    // a registry of its own: what lies there must not change while it is copied
    private static async Task<SigningWorld> MakeAsync(int major)
    {
        var keys = await RealCosign.OfAsync(major);
        await using var world = new SigningWorld(await KeptAsync(), keys, "theaia-api");
        world.Release = await world.Registry.PushAsync(world.ImageName, "a layer");
        world.Answered = (
            await world.Signer.SignAsync(world.What, Sandbox.Cancel),
            await world.AttestAsync(Said.All)
        );
        return world;
    }

    /// <summary>A registry that goes with this process.</summary>
    private static async Task<RealRegistry> KeptAsync()
    {
        var kept = await RealRegistry.NewAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            kept.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return kept;
    }

    private string Repositories =>
        Path.Combine(server.StorageDirectory, "docker/registry/v2/repositories");

    private static bool IsStatement(string blob)
    {
        var text = File.ReadAllText(blob);
        return text.StartsWith("{\"critical\"", StringComparison.Ordinal)
            || text.StartsWith("{\"payload", StringComparison.Ordinal)
            || text.Contains("dsseEnvelope", StringComparison.Ordinal);
    }

    private static TrustedKey Trusted(RealCosign keys) =>
        new("cosign.pub") { Key = keys.PublicKey };

    private SigningTools Tools(RealCosign keys) =>
        new(
            keys == Keys ? Runner : new RealRunner(keys.OnPath, sandbox.Root),
            Registry,
            sandbox["temporary"]
        );
}
