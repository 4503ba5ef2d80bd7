using System.Diagnostics;
using TheaIA.Pipeline.Tests.IO;

namespace TheaIA.Pipeline.Tests.Git;

/// <summary>A repository made by git itself, in a folder that is gone with the test.</summary>
internal sealed class RealGit : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RealGit(params string[] init)
    {
        Path = _folder.Path / "repository";
        Path.CreateDirectory();
        Run(["init", "-q", "-b", "main", .. init]);
    }

    public AbsolutePath Path { get; }

    /// <summary>Another folder of this test's.</summary>
    public AbsolutePath Beside => _folder.Path / "beside";

    public GitRepository Read() => GitRepository.FromLocalDirectory(Path);

    /// <summary>Makes an empty commit.</summary>
    /// <returns>Its id.</returns>
    public string Commit(string message = "one")
    {
        Run("commit", "-q", "--allow-empty", "-m", message);
        return Run("rev-parse", "HEAD");
    }

    public string Run(params string[] arguments) => RunIn(Path, arguments);

    public static string RunIn(AbsolutePath folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder.ToString(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // nothing of the person's own settings
        foreach (var name in start.Environment.Keys.Where(IsGits).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        foreach (var who in new[] { "AUTHOR", "COMMITTER" })
        {
            start.Environment[$"GIT_{who}_NAME"] = "A";
            start.Environment[$"GIT_{who}_EMAIL"] = "a@example.com";
        }

        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, error.GetAwaiter().GetResult());
        return output.Trim();
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsGits(string name) => name.StartsWith("GIT_", StringComparison.Ordinal);
}
