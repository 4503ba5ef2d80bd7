using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>
/// What git knows of a checkout. It takes no locks: a killed <c>git status</c> would otherwise leave
/// .git/index.lock behind.
/// </summary>
public static class Git
{
    /// <summary>Branch, commit and changed files. <see cref="GitStatus.Parse"/> reads its output.</summary>
    /// <param name="root">The checkout.</param>
    public static Command Status(string root) =>
        Of(root, "status", "--porcelain=v2", "--branch", "--untracked-files=all", "-z");

    /// <summary>Time and author of HEAD, each on a line.</summary>
    /// <param name="root">The checkout.</param>
    public static Command Head(string root) =>
        Of(root, "log", "-1", "--no-show-signature", "--format=%cI%n%an%n%ae");

    /// <summary>Where the checkout was cloned from; exit code 1 when from nowhere. It may hold a password.</summary>
    /// <param name="root">The checkout.</param>
    public static Command Remote(string root) =>
        Of(root, "config", "--get", "remote.origin.url") with
        {
            PrintsSecret = true,
        };

    /// <summary>Asks git all of it.</summary>
    /// <param name="runner">Runs git.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="cancel">Ends git.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: it is not a checkout, or has no commit; there is no git.
    /// </exception>
    public static async Task<GitFacts> FactsAsync(
        IRunner runner,
        string root,
        CancellationToken cancel
    )
    {
        var status = GitStatus.Parse(await OutputAsync(runner, Status(root), root, cancel));
        if (status.Commit is null)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"There is no commit yet in {root}: a release is made of one. Run git add and git commit."
            );
        }
        var head = (await OutputAsync(runner, Head(root), root, cancel)).Split('\n');
        return new GitFacts(
            status.Commit,
            status.Branch,
            status.Changed,
            DateTimeOffset.Parse(head[0], System.Globalization.CultureInfo.InvariantCulture),
            head[1].Trim(),
            head[2].Trim()
        );
    }

    private static async Task<string> OutputAsync(
        IRunner runner,
        Command command,
        string root,
        CancellationToken cancel
    )
    {
        var result = await runner.RunAsync(command, cancel: cancel);
        if (result.ExitCode == 0)
        {
            return result.Output;
        }
        if (result.Error.Contains("not a git repository", StringComparison.Ordinal))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"This is not a git checkout: {root}. Clone the repository, or run git init, git add and git commit here."
            );
        }
        // dubious ownership, a broken repository: git says itself what to type
        throw new OutcomeException(
            Outcome.Wrong,
            $"git does not read {root} (exit code {result.ExitCode}): {result.Error.Trim().Split('\n')[0]}"
        )
        {
            Details = [.. result.Error.Trim().Split('\n').Skip(1)],
        };
    }

    private static Command Of(string root, params IReadOnlyList<string> arguments) =>
        new("git", ["--no-optional-locks", .. arguments])
        {
            WorkingDirectory = root,
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["LC_ALL"] = "C",
                ["GIT_TERMINAL_PROMPT"] = "0",
            },
        };
}
