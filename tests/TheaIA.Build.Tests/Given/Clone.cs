namespace TheaIA.Build.Tests.Given;

/// <summary>
/// A throw-away clone of what is committed, as a new user gets it, with state, HOME of git and ports
/// of its own. What a test left running there is stopped at the end.
/// </summary>
public sealed class Clone : IAsyncDisposable
{
    private readonly Scratch _scratch;

    private Clone(Scratch scratch) => _scratch = scratch;

    public string Root => _scratch.At("clone");

    /// <summary>$THEAIA_STATE of this clone; share it with another to let it see what runs here.</summary>
    public string State { get; private init; } = "";

    /// <summary>How what it deployed is named when it is stopped. Default: as declared.</summary>
    public string[] Where { get; set; } = [];

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Clones HEAD. A state folder given makes it a second clone of the same person.</summary>
    public static async Task<Clone> OfHeadAsync(string? state = null)
    {
        var scratch = new Scratch();
        var clone = new Clone(scratch) { State = state ?? scratch.At("state") };
        clone.Variables["THEAIA_STATE"] = clone.State;
        clone.Variables["NO_COLOR"] = "1";
        Directory.CreateDirectory(clone.State);
        (
            await Running.ToEndAsync(
                scratch.Folder,
                clone.Variables,
                "git",
                "clone",
                "-q",
                Scratch.RepositoryRoot,
                clone.Root
            )
        ).ShouldEndWith(0);
        await clone.GitAsync("config", "user.email", "someone@localhost");
        await clone.GitAsync("config", "user.name", "someone");
        return clone;
    }

    public string At(string path) => Path.Combine(Root, path);

    public Task<Ran> GitAsync(params string[] arguments) =>
        RunAsync(["git", "--no-optional-locks", .. arguments]);

    /// <summary>Changes a file and commits it.</summary>
    public async Task CommitAsync(string path, Func<string, string> change)
    {
        await File.WriteAllTextAsync(
            At(path),
            change(await File.ReadAllTextAsync(At(path), Cancel)),
            Cancel
        );
        await GitAsync("commit", "-qam", "change " + path);
    }

    public Running Start(params string[] arguments) =>
        Running.Start(Root, Variables, ["./build.sh", .. arguments]);

    public async Task<Ran> BuildAsync(TimeSpan limit, params string[] arguments)
    {
        using var running = Start(arguments);
        return await running.EndAsync(limit);
    }

    public async ValueTask DisposeAsync()
    {
        // only a clone that deployed has something to stop
        if (Directory.EnumerateFileSystemEntries(State).Any())
        {
            using var stop = Start(["Stop", .. Where]);
            await stop.EndAsync(TimeSpan.FromSeconds(60));
        }

        _scratch.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<Ran> RunAsync(params string[] command) =>
        (await Running.ToEndAsync(Root, Variables, command)).ShouldEndWith(0);
}
