using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// What a git repository says of itself: where it stands, and where it comes from. Read from the files
/// below <c>.git</c>, without starting git.
/// </summary>
public sealed class GitRepository
{
    private const string Fallback = "origin";

    private readonly GitUrl? _url;
    private readonly Lazy<IReadOnlyCollection<string>> _tags;

    private GitRepository(GitUrl? url, Func<IReadOnlyCollection<string>> tags)
    {
        _url = url;
        _tags = new(tags);
    }

    /// <summary>How the remote is reached. Null: there is no remote, or it is a folder.</summary>
    public GitProtocol? Protocol => _url?.Protocol;

    /// <summary>The remote's host, without user, password and port: <c>github.com</c>. Null: as for <see cref="Protocol"/>.</summary>
    public string? Endpoint => _url?.Endpoint;

    /// <summary>What the host calls it, without <c>.git</c>: <c>owner/name</c>. Null: as for <see cref="Protocol"/>.</summary>
    public string? Identifier => _url?.Identifier;

    /// <summary>The folder that has <c>.git</c>; of a worktree, its own. Null: made from a URL.</summary>
    public AbsolutePath? LocalDirectory { get; private init; }

    /// <summary>
    /// What is checked out: <c>refs/heads/main</c>, or the commit when HEAD is detached. Null: made from
    /// a URL.
    /// </summary>
    public string? Head { get; private init; }

    /// <summary>
    /// The commit that is checked out, 40 hex digits, or 64 in a SHA-256 repository. Null: there is none
    /// yet (an unborn branch), or made from a URL.
    /// </summary>
    public string? Commit { get; private init; }

    /// <summary>
    /// The names of the tags on <see cref="Commit"/>, lightweight and annotated, in ordinal order. Empty
    /// when made from a URL. Read when it is first asked for.
    /// </summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: they cannot be read.</exception>
    public IReadOnlyCollection<string> Tags => _tags.Value;

    /// <summary>
    /// The branch: <c>main</c>, also before its first commit. Null when HEAD is detached, but on GitHub
    /// Actions, which checks out tags and pull requests so: there it is GITHUB_REF less
    /// <c>refs/heads/</c>, as in NUKE, as long as HEAD is GITHUB_SHA: <c>refs/tags/v1</c>.
    /// </summary>
    public string? Branch { get; private init; }

    /// <summary>
    /// The remote that the branch follows: its name, <c>.</c> for this very repository, or an address when
    /// it has no name, without user and password. Null: it follows none.
    /// </summary>
    public string? RemoteName { get; private init; }

    /// <summary>The remote's branch that the branch follows: <c>main</c>. Null: it follows none.</summary>
    public string? RemoteBranch { get; private init; }

    /// <summary><c>https://endpoint/identifier.git</c>, never with a user or password. Null: as for <see cref="Protocol"/>.</summary>
    public string? HttpsUrl => Endpoint is null ? null : $"https://{Endpoint}/{Identifier}.git";

    /// <summary><c>git@endpoint:identifier.git</c>. Null: as for <see cref="Protocol"/>.</summary>
    public string? SshUrl => Endpoint is null ? null : $"git@{Endpoint}:{Identifier}.git";

    /// <summary>
    /// Reads the repository that a folder lies in. Its remote is the one that the branch follows, else
    /// <c>origin</c>; of several addresses the first counts.
    /// </summary>
    /// <param name="directory">The folder, or one below it.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: there is no repository, or it cannot be read.
    /// </exception>
    public static GitRepository FromLocalDirectory(AbsolutePath directory) =>
        FromLocalDirectoryOrNull(directory)
        ?? throw Wrong.Program(
            $"There is no git repository in {directory} or above: run git init there, or clone it with git."
        );

    /// <summary>Reads a repository's address, and nothing else: no network is used.</summary>
    /// <param name="url">
    /// <c>https://host/owner/name.git</c>, <c>ssh://git@host/owner/name</c>, <c>git@host:owner/name</c>.
    /// </param>
    /// <param name="branch">What <see cref="Branch"/> is to be. Null: nothing.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is no such address.</exception>
    public static GitRepository FromUrl(string url, string? branch = null) =>
        new(
            GitUrl.Parse(url)
                ?? throw Wrong.Program(
                    $"'{GitUrl.Shown(url)}' is not a git address: write https://host/owner/name or git@host:owner/name."
                ),
            () => []
        )
        {
            Branch = branch,
        };

    /// <summary>The address without <c>.git</c>, by its <see cref="Protocol"/>; without one the folder.</summary>
    public override string ToString() => $"{_url?.ToString() ?? LocalDirectory}";

    /// <summary>As <see cref="FromLocalDirectory"/>. Null: there is no repository.</summary>
    internal static GitRepository? FromLocalDirectoryOrNull(AbsolutePath directory) =>
        GitFolder.Find(directory) is { } folder ? folder.Read(() => Of(folder)) : null;

    private static GitRepository Of(GitFolder folder)
    {
        var config = GitConfig.Parse(File.ReadAllText(folder.ConfigFile));
        var refs = new GitRefs(folder, config);
        var head = refs.Head();
        var commit = refs.CommitOf(head);
        var branch = GitRefs.BranchOf(head) ?? BranchOfJob(head);
        var (remote, merge) = branch is null ? default : Followed(config, branch);
        // what a branch follows may be an address itself
        var url = config.Get("remote", remote ?? Fallback, "url") ?? remote;
        var parsed = url is null ? null : GitUrl.Parse(url);
        return new(parsed, () => commit is null ? [] : folder.Read(() => refs.TagsOf(commit)))
        {
            LocalDirectory = folder.Root,
            Head = head,
            Commit = commit,
            Branch = branch,
            RemoteName = url == remote ? parsed?.ToString() ?? remote : remote,
            RemoteBranch = merge is null ? null : GitRefs.BranchOf(merge) ?? merge,
        };
    }

    /// <summary>Both or none.</summary>
    private static (string? Remote, string? Merge) Followed(GitConfig config, string branch) =>
        config.Get("branch", branch, "remote") is { } remote
        && config.Get("branch", branch, "merge") is { } merge
            ? (remote, merge)
            : default;

    /// <summary>What a job on GitHub Actions was started for, when this is what it checked out.</summary>
    private static string? BranchOfJob(string head) =>
        GitHubActions.Instance is { Ref: { Length: > 0 } started } job && job.Sha == head
            ? GitRefs.BranchOf(started) ?? started
            : null;
}
