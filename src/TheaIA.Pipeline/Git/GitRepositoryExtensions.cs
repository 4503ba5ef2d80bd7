using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Questions about a <see cref="GitRepository"/>. Names of branches and hosts ignore case.</summary>
public static class GitRepositoryExtensions
{
    /// <summary>The branch is <c>main</c>.</summary>
    /// <param name="repository">The repository.</param>
    public static bool IsOnMainBranch(this GitRepository repository) => repository.Is("main");

    /// <summary>The branch is <c>master</c>.</summary>
    /// <param name="repository">The repository.</param>
    public static bool IsOnMasterBranch(this GitRepository repository) => repository.Is("master");

    /// <summary>The branch is <c>main</c> or <c>master</c>.</summary>
    /// <param name="repository">The repository.</param>
    public static bool IsOnMainOrMasterBranch(this GitRepository repository) =>
        repository.Is("main", "master");

    /// <summary>The branch is <c>dev</c>, <c>develop</c> or <c>development</c>.</summary>
    /// <param name="repository">The repository.</param>
    public static bool IsOnDevelopBranch(this GitRepository repository) =>
        repository.Is("dev", "develop", "development");

    /// <summary>The branch lies below <c>feature/</c> or <c>features/</c>.</summary>
    /// <param name="repository">The repository.</param>
    public static bool IsOnFeatureBranch(this GitRepository repository) =>
        repository.IsBelow("feature/", "features/");

    /// <summary>The branch lies below <c>release/</c> or <c>releases/</c>.</summary>
    /// <param name="repository">The repository.</param>
    public static bool IsOnReleaseBranch(this GitRepository repository) =>
        repository.IsBelow("release/", "releases/");

    /// <summary>The branch lies below <c>hotfix/</c> or <c>hotfixes/</c>.</summary>
    /// <param name="repository">The repository.</param>
    public static bool IsOnHotfixBranch(this GitRepository repository) =>
        repository.IsBelow("hotfix/", "hotfixes/");

    /// <summary>The remote's host is <c>github.com</c>. False for null.</summary>
    /// <param name="repository">The repository.</param>
    public static bool IsGitHubRepository(this GitRepository? repository) =>
        "github.com".Equals(repository?.Endpoint, StringComparison.OrdinalIgnoreCase);

    /// <summary>The owner on GitHub: <c>owner</c> of <c>owner/name</c>.</summary>
    /// <param name="repository">The repository.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it is not on GitHub.</exception>
    public static string GetGitHubOwner(this GitRepository repository) => repository.GitHub()[0];

    /// <summary>The name on GitHub: <c>name</c> of <c>owner/name</c>.</summary>
    /// <param name="repository">The repository.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it is not on GitHub.</exception>
    public static string GetGitHubName(this GitRepository repository) => repository.GitHub()[1];

    private static bool Is(this GitRepository repository, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (name.Equals(repository.Branch, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBelow(this GitRepository repository, string one, string other) =>
        repository.Branch is { } branch
        && (
            branch.StartsWith(one, StringComparison.OrdinalIgnoreCase)
            || branch.StartsWith(other, StringComparison.OrdinalIgnoreCase)
        );

    private static string[] GitHub(this GitRepository repository)
    {
        Assert.True(
            repository.IsGitHubRepository(),
            $"The repository {repository} is not on github.com: git remote -v shows where it is."
        );
        return repository.Identifier!.Split('/') is [_, _, ..] parts
            ? parts
            : throw new OutcomeException(
                Outcome.Failed,
                $"The repository {repository} is not an owner's on github.com: git remote -v shows where it is."
            );
    }
}
