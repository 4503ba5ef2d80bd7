using System.Globalization;
using System.Text.RegularExpressions;

namespace TheaIA.Build.Tests.Given;

/// <summary>A copy of the template that deploys to a port of its own, and what its users see there.</summary>
public sealed partial class Place : IAsyncDisposable
{
    private readonly Scratch _scratch = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private Place() { }

    public string Root => _scratch.At("clone");

    public string State { get; private init; } = "";

    public int Port { get; private init; }

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal);

    public string Ledger =>
        Path.Combine(
            State,
            "ledger",
            "theaia-api",
            $"development-{Port.ToString(CultureInfo.InvariantCulture)}.jsonl"
        );

    /// <summary>A copy of the template; another place's state makes it a second clone of the same person.</summary>
    public static async Task<Place> MakeAsync(Place? sameAs = null)
    {
        var template = await TinyTemplate.GetAsync();
        var place = new Place { Port = sameAs?.Port ?? TestPorts.Free() };
        place = new Place
        {
            Port = place.Port,
            State = sameAs?.State ?? place._scratch.At("state"),
        };
        place.Variables["THEAIA_STATE"] = place.State;
        place.Variables["NO_COLOR"] = "1";
        (
            await Running.ToEndAsync(
                Path.GetTempPath(),
                place.Variables,
                "cp",
                "-a",
                template.Root,
                place.Root
            )
        ).ShouldEndWith(0);
        if (sameAs is null)
        {
            (
                await Running.ToEndAsync(
                    Path.GetTempPath(),
                    place.Variables,
                    "cp",
                    "-a",
                    template.State,
                    place.State
                )
            ).ShouldEndWith(0);
        }
        foreach (var (name, value) in new[] { ("email", "someone@localhost"), ("name", "someone") })
        {
            await place.GitAsync("config", "user." + name, value);
        }
        return place;
    }

    /// <summary>A target that builds and delivers nothing takes no port.</summary>
    public Running StartBuilding(string target) =>
        Running.Start(Root, Variables, ["./build.sh", target]);

    public Running Start(params string[] arguments) =>
        Running.Start(
            Root,
            Variables,
            ["./build.sh", .. arguments, "--port", Port.ToString(CultureInfo.InvariantCulture)]
        );

    public async Task<Ran> RunAsync(params string[] arguments)
    {
        using var running = Start(arguments);
        return await running.EndAsync(TimeSpan.FromMinutes(4));
    }

    /// <summary>Changes the service, and builds and deploys that.</summary>
    /// <returns>The digest that answers.</returns>
    public async Task<string> DeployAsync(string marker)
    {
        await ChangeAsync(TinyTemplate.Program(marker));
        (await RunAsync("Deploy")).ShouldEndWith(0);
        return await DigestAsync();
    }

    /// <summary>Deploys one of the template's releases, for which nothing is built.</summary>
    /// <returns>The digest that answers.</returns>
    public async Task<string> DeployReleasedAsync(string marker)
    {
        var template = await TinyTemplate.GetAsync();
        (await RunAsync("Deploy", "--release", template.Releases[marker])).ShouldEndWith(0);
        return await DigestAsync();
    }

    public async Task ChangeAsync(string program)
    {
        await File.WriteAllTextAsync(
            Path.Combine(Root, "src/TheaIA.Api/Program.cs"),
            program,
            Cancel
        );
        await GitAsync("commit", "-qam", "change");
    }

    public Task<Ran> GitAsync(params string[] arguments) =>
        Running.ToEndAsync(Root, Variables, ["git", "--no-optional-locks", .. arguments]);

    /// <summary>The digest that its users are told; empty when nothing answers.</summary>
    public async Task<string> DigestAsync(string host = "localhost")
    {
        try
        {
            var answer = await _http.GetStringAsync(
                new Uri(
                    string.Create(CultureInfo.InvariantCulture, $"http://{host}:{Port}/version")
                ),
                Cancel
            );
            return Digest().Match(answer).Value;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return "";
        }
    }

    /// <summary>Asks without a pause while something goes on.</summary>
    /// <returns>What failed.</returns>
    public async Task<List<string>> UnderLoadAsync(Func<Task> work)
    {
        var failed = new List<string>();
        var answered = 0;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                answered++;
                if ((await DigestAsync()).Length == 0)
                {
                    failed.Add(string.Create(CultureInfo.InvariantCulture, $"request {answered}"));
                }
                await Task.Delay(10, Cancel);
            }
        });
        await work();
        await end.CancelAsync();
        await load;
        answered.ShouldBeGreaterThan(10);
        return failed;
    }

    /// <summary>The service's processes of this place.</summary>
    public int Services() =>
        Directory
            .EnumerateDirectories("/proc")
            .Where(d => int.TryParse(Path.GetFileName(d), out _))
            .Count(d =>
            {
                try
                {
                    var line = File.ReadAllText(Path.Combine(d, "cmdline"));
                    return line.Contains("TheaIA.Api.dll", StringComparison.Ordinal)
                        && line.Contains(State, StringComparison.Ordinal);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return false;
                }
            });

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(State))
        {
            using var stop = Start("Stop");
            await stop.EndAsync(TimeSpan.FromSeconds(60));
        }
        _http.Dispose();
        _scratch.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Digest();
}
