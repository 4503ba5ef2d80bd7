namespace TheaIA.Delivery;

/// <summary>One digest with what is told about it. Its proof is on the digest, not in here.</summary>
/// <param name="What">Where the image is, and its digest.</param>
/// <param name="Commit">The full commit it was made from; empty when the image does not say.</param>
/// <param name="Version">VersionPrefix and commit: <c>0.1.0+3f2c1a9</c>.</param>
public sealed record Release(Claim What, string Commit, string Version)
{
    /// <summary>How a person names it: the first 7 of the commit, <c>+changes</c> when the tree was dirty.</summary>
    public string Name => Commit.Length >= 7 ? Commit[..7] + (Dirty ? "+changes" : "") : What.Short;

    /// <summary>It was made from a work tree with changes that are in no commit. Default: false.</summary>
    public bool Dirty { get; init; }

    /// <summary>A drill's copy, made to fail; never a rollback target. Default: false.</summary>
    public bool Drill { get; init; }

    /// <summary>No base image: runs by this machine's dotnet only, never promotable. Default: false.</summary>
    public bool LocalOnly { get; init; }

    /// <summary>Time spent on making it, carried into the build-to-deploy budget (M9). Default: zero.</summary>
    public TimeSpan MadeIn { get; init; }
}
