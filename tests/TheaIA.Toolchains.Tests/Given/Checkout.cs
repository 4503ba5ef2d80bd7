using TheaIA.Abstractions;

namespace TheaIA.Toolchains.Tests.Given;

/// <summary>A git repository of its own, with nobody's configuration.</summary>
public sealed class Checkout : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public string Root => _sandbox["repository"];

    public string Temporary => _sandbox["temporary"];

    public static CancellationToken Cancel => Sandbox.Cancel;

    public RealRunner Runner { get; } = new();

    public SecretScan Scan => new(Runner, Root, Temporary);

    /// <summary>What gitleaks knows as an AWS key; another one each time, so that none is in these sources.</summary>
    public static string Secret() =>
        "AKIA"
        + new string(Random.Shared.GetItems("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".AsSpan(), 16));

    public async Task InitAsync()
    {
        Directory.CreateDirectory(Root);
        await GitAsync("init", "-q", "-b", "main");
        await CommitAsync("first", ("README.md", "nothing to see\n"));
    }

    public async Task<string> CommitAsync(string message, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            _sandbox.Write($"repository/{path}", text);
        }
        await GitAsync("add", "--all");
        await GitAsync("commit", "-q", "--allow-empty", "-m", message);
        return (await GitAsync("rev-parse", "HEAD")).Trim();
    }

    public string Write(string path, string text) => _sandbox.Write(path, text);

    public string At(string path) => _sandbox[path];

    public async Task<string> GitAsync(params string[] arguments)
    {
        var command = new Command("git", arguments)
        {
            WorkingDirectory = Root,
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["GIT_AUTHOR_NAME"] = "Ada Ops",
                ["GIT_AUTHOR_EMAIL"] = "ops-1@theaia.com",
                ["GIT_COMMITTER_NAME"] = "Ada Ops",
                ["GIT_COMMITTER_EMAIL"] = "ops-1@theaia.com",
            },
        };
        return (await Runner.RunAsync(command, cancel: Cancel)).OrThrow(command).Output;
    }

    public void Dispose() => _sandbox.Dispose();
}
