namespace TheaIA.Pipeline;

/// <summary>A job on GitHub Actions. Each member is the variable of that name; empty when it is not set.</summary>
public sealed class GitHubActions : Host
{
    private readonly Surroundings _surroundings;

    internal GitHubActions(Surroundings surroundings) => _surroundings = surroundings;

    /// <summary>This run's host when it is GitHub Actions; else null.</summary>
    public static GitHubActions? Instance => RunScope.OrNull?.Host as GitHubActions;

    /// <inheritdoc/>
    public override string Name => nameof(GitHubActions);

    /// <inheritdoc/>
    public override bool IsServer => true;

    /// <summary>GITHUB_REF: <c>refs/heads/main</c>.</summary>
    public string Ref => Variable("GITHUB_REF");

    /// <summary>GITHUB_SHA: the commit.</summary>
    public string Sha => Variable("GITHUB_SHA");

    /// <summary>GITHUB_REPOSITORY: owner and name.</summary>
    public string Repository => Variable("GITHUB_REPOSITORY");

    /// <summary>GITHUB_ACTOR: who started it.</summary>
    public string Actor => Variable("GITHUB_ACTOR");

    /// <summary>GITHUB_EVENT_NAME: <c>push</c>, <c>pull_request</c>.</summary>
    public string EventName => Variable("GITHUB_EVENT_NAME");

    /// <summary>GITHUB_RUN_ID.</summary>
    public string RunId => Variable("GITHUB_RUN_ID");

    /// <summary>GITHUB_JOB: the job's id in the workflow.</summary>
    public string Job => Variable("GITHUB_JOB");

    internal override Screen Open(Surroundings surroundings) =>
        new GitHubScreen(surroundings.Output);

    private string Variable(string name) => _surroundings.Variable(name) ?? "";
}
