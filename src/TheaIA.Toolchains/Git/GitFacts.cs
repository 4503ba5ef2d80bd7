namespace TheaIA.Toolchains;

/// <summary>What git knows of a checkout.</summary>
/// <param name="Commit">The full commit of HEAD.</param>
/// <param name="Branch">Its branch; null when HEAD is detached.</param>
/// <param name="DirtyFiles">Files that are changed, new or in conflict, relative to the checkout.</param>
/// <param name="Time">When HEAD was committed.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Email">The author's address.</param>
public sealed record GitFacts(
    string Commit,
    string? Branch,
    IReadOnlyList<string> DirtyFiles,
    DateTimeOffset Time,
    string Author,
    string Email
)
{
    /// <summary>The first 7 digits of the commit.</summary>
    public string ShortCommit => Commit[..7];

    /// <summary>There are changes that are in no commit.</summary>
    public bool Dirty => DirtyFiles.Count > 0;

    /// <summary><c>3f2c1a9 (main, clean)</c>, <c>3f2c1a9 (detached, 2 files changed)</c>.</summary>
    public string Figure =>
        $"{ShortCommit} ({Branch ?? "detached"}, {(Dirty ? $"{Figures.Count(DirtyFiles.Count, "file")} changed" : "clean")})";
}
