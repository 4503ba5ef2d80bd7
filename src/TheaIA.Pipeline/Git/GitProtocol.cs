namespace TheaIA.Pipeline;

/// <summary>How a remote repository is reached.</summary>
public enum GitProtocol
{
    /// <summary><c>https://</c>, and <c>http://</c>.</summary>
    Https,

    /// <summary><c>ssh://</c>, <c>git@host:owner/name</c>, and whatever else is not the web.</summary>
    Ssh,
}
