using System.Reflection;
using TheaIA.Delivery.Local.Places;
using TheaIA.Delivery.Local.Processes;

namespace TheaIA.Delivery.Local.Tests.Support;

/// <summary>A place of its own: a state folder, a port, a store of images, real processes.</summary>
internal sealed class TestPlace : IAsyncDisposable
{
    public static readonly Place Where = new("tiny-api", "development");
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Lazy<IPlatform> _platform;
    private long _token = 1;

    public TestPlace(string? state = null, int? port = null)
    {
        State = state ?? Directory.CreateTempSubdirectory("theaia local ").FullName;
        Port = port ?? Ports.Free();
        Registry = new FolderRegistry(Path.Combine(State, "images"));
        Folder = new PlaceFolder(State, Where);
        _platform = new Lazy<IPlatform>(() => PlatformWith(null));
    }

    public string State { get; }
    public int Port { get; }
    public FolderRegistry Registry { get; }
    public PlaceFolder Folder { get; }
    public TimeProvider Time { get; init; } = TimeProvider.System;
    public Action<string> Reached { get; init; } = static _ => { };

    /// <summary>What runs stays after this.</summary>
    public bool Leave { get; init; }

    public IPlatform Platform => _platform.Value;
    public List<string> Seen { get; } = [];

    public IPlatform PlatformWith(int? port) =>
        Local
            .Environment(Where.Environment, Port)
            .Platform!(
                new DeliveryContext(State, Registry, Time)
                {
                    Port = port,
                    Reached = step =>
                    {
                        Seen.Add(step);
                        Reached(step);
                    },
                }
            );

    public Lease Lease(long? token = null) =>
        new(Where, token ?? _token++, ThisProcess.Owner(), "a test", DateTimeOffset.MaxValue);

    public Release Release(params string[] modes) =>
        modes is [{ Length: 71 } digest] && digest.StartsWith("sha256:", StringComparison.Ordinal)
            ? new Release(new Claim(Where.Service, digest), "", "") { LocalOnly = true }
            : Release(TestImage.Make(Registry, modes));

    public Task<Permit.Forward> PermitAsync(Release release, string? insteadOf) =>
        new Admission(
            Local.Environment(Where.Environment, Port),
            new NoAttestations(),
            Time
        ).AdmitAsync(release, LedgerHistory.Of(Where, []), insteadOf, [], Run.Cancel);

    /// <summary>The deployer earns these; it is no part of this room.</summary>
    public static Permit.Back BackPermit(Release release, string? insteadOf)
    {
        var entry = new LedgerEntry(LedgerKinds.Verified)
        {
            Runs = release.What.Digest,
            Release = new LedgerRelease(
                release.What.Repository,
                release.What.Digest,
                release.Commit,
                release.Version,
                false,
                false,
                true
            ),
        };
        var earn = typeof(Permit.Back).GetMethod(
            "Earn",
            BindingFlags.Static | BindingFlags.NonPublic
        )!;
        return (Permit.Back)
            earn.Invoke(null, [LedgerHistory.Of(Where, [entry]), release.What.Digest, insteadOf])!;
    }

    /// <summary>Applies a release in place of what runs.</summary>
    public async Task<Watched> DeployAsync(Release release) =>
        await ApplyAsync(release, (await Platform.RunningAsync(Where, Run.Cancel))?.Digest);

    public async Task<Watched> ApplyAsync(Release release, string? insteadOf)
    {
        var watched = new Watched();
        var permit = await PermitAsync(release, insteadOf);
        await Platform.ApplyAsync(permit, Lease(), watched, Run.Cancel);
        return watched;
    }

    public async Task<Release> DeployNewAsync(params string[] modes)
    {
        var release = Release(modes);
        await DeployAsync(release);
        return release;
    }

    public async Task<string> GetAsync(string path) =>
        await Http.GetStringAsync(new Uri($"http://localhost:{Port}{path}"));

    /// <summary>The command line of a child that deploys here, and perhaps dies at a step.</summary>
    public string[] DeployCommand(Release release, string? insteadOf, string crashAt = "") =>
        Child.Command("deploy", State, $"{Port}", release.What.Digest, insteadOf ?? "", crashAt);

    /// <summary>Fronts and services of this place.</summary>
    public ProcessInfo[] Processes() =>
        [
            .. ProcessTable
                .All()
                .Where(p =>
                    p.Arguments is [_, var program, ..]
                    && program.StartsWith(State + "/", StringComparison.Ordinal)
                ),
        ];

    public ProcessInfo Front() => Processes().Single(p => p.After("--current") is not null);

    public async ValueTask DisposeAsync()
    {
        if (Leave)
        {
            return;
        }
        foreach (var process in Processes())
        {
            Native.Signal(process.Key.Id, Native.Kill);
        }
        while (Processes().Length > 0)
        {
            await Task.Delay(10);
        }
        Directory.Delete(State, recursive: true);
    }
}
