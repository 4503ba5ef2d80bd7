namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>What a build is told about the git repository that it lies in.</summary>
internal static class GitRows
{
    private const string Id = "0123456789012345678901234567890123456789";
    private const string TagId = "9876543210987654321098765432109876543210";

    public static IEnumerable<Behaviour> All =>
        [
            Row("[GitRepository] on a field gives the branch", "Branch", "main", On("main")),
            Row("The field may be private and of a base class", "Inherited", "main", On("main")),
            Row("The field may be static", "Static", "main", On("main")),
            Row("It may be a property", "Property", "main", On("main")),
            Row("A static condition may ask it", "Conditional", "conditional", On("main")),
            Row("It is known in OnBuildInitialized", "Initialized", "main", On("main")),
            Row("Head is the reference", "Head", "refs/heads/main", On("main")),
            Row("A detached HEAD is on no branch", "Branch", "null", Detached),
            Row("A detached HEAD is its commit", "Head", Id, Detached),
            Row("Commit is the branch's", "Commit", Id, On("main")),
            Row("A branch may have no commit yet", "Commit", "null", [.. On("main")[..2]])
                .But("finds no commit and leaves the field null, with a warning"),
            Row(
                "A tag on the commit is among Tags",
                "Tags",
                "v1",
                [.. On("main"), (".git/refs/tags/v1", Id), (".git/refs/tags/v2", TagId)]
            ),
            Row(
                    "An annotated tag is among Tags as well",
                    "Tags",
                    "v3",
                    [.. On("main"), (".git/packed-refs", $"{TagId} refs/tags/v3\n^{Id}\n")]
                )
                .But("compares the tag's own id with the commit: it has none"),
            Row(
                "The branch names the remote that it follows",
                "Remote",
                "up trunk",
                On("main", Up)
            ),
            Row("A branch that follows none has no remote", "Remote", "null null", On("main")),
            Row(
                "The remote's address is told apart",
                "Address",
                "Https host owner/name",
                On("main")
            ),
            Row(
                "Without a remote there is no address",
                "Address",
                "null null null",
                On("main", "")
            ),
            Row("An address is told as https and as ssh", "Urls", Urls, On("main")),
            Row("A user and a password in it are left out", "Urls", Urls, On("main", Token)),
            Row("http:// is Https", "Address", "Https host owner/name", On("main", Http))
                .But("Ssh: whatever is not https"),
            Row("IsOnMainBranch, IsOnMasterBranch and both", "Main", "True False True", On("Main")),
            Row("dev, develop and development are develop branches", "Kind", "develop", On("dev")),
            Row("feature/ and features/ are feature branches", "Kind", "feature", On("features/a")),
            Row("release/ and releases/ are release branches", "Kind", "release", On("release/1")),
            Row("hotfix/ and hotfixes/ are hotfix branches", "Kind", "hotfix", On("hotfix/a")),
            Row("GitHub's owner and name", "GitHub", "True owner name", On("main", GitHub)),
            Row("On GitHub Actions the branch is GITHUB_REF", "Branch", "refs/tags/v1", Detached)
                .With(Job("refs/tags/v1", Id)),
            Row("It is so less refs/heads/", "Branch", "main", Detached)
                .With(Job("refs/heads/main", Id)),
            Row("A job that checked out something else is not on it", "Branch", "null", Detached)
                .With(Job("refs/heads/main", TagId))
                .But("GITHUB_REF and GITHUB_SHA, whatever is checked out"),
            Row("Without a repository there is nothing to inject", "Branch", "")
                .Ends("", 2)
                .Saying("Known.Repository is the git repository of ROOT, and there is none")
                .But("leaves the field null, with a warning"),
        ];

    private const string Urls = "https://host/owner/name.git git@host:owner/name.git";
    private const string Origin = "[remote \"origin\"]\n\turl = https://host/owner/name.git\n";
    private const string Token =
        "[remote \"origin\"]\n\turl = https://me:s3cret@host/owner/name.git\n";
    private const string Http = "[remote \"origin\"]\n\turl = http://host/owner/name\n";
    private const string GitHub = "[remote \"origin\"]\n\turl = git@github.com:owner/name.git\n";
    private const string Up = "[branch \"main\"]\n\tremote = up\n\tmerge = refs/heads/trunk\n";

    private static (string, string)[] Detached => [(".git/HEAD", Id), (".git/config", Origin)];

    private static (string, string)[] On(string branch, string config = Origin) =>
        [
            (".git/HEAD", $"ref: refs/heads/{branch}\n"),
            (".git/config", config),
            ($".git/refs/heads/{branch}", $"{Id}\n"),
        ];

    private static string[] Job(string reference, string commit) =>
        ["GITHUB_ACTIONS=true", $"GITHUB_REF={reference}", $"GITHUB_SHA={commit}"];

    private static Behaviour Row(
        string sentence,
        string commandLine,
        string ran,
        params (string Path, string Text)[] files
    ) => Behaviour.Of<Known>("Git", sentence, commandLine, ran).With(files);

    public class Ground : RowBuild
    {
        [GitRepository]
        private readonly GitRepository _mine = null!;

        Target Inherited => _ => _.Executes(() => Ran(_mine.Branch!));
    }

    public class Known : Ground
    {
        [GitRepository]
        readonly GitRepository Repository = null!;

        [GitRepository]
        static GitRepository OfAll = null!;

        [GitRepository]
        GitRepository Held { get; } = null!;

        private string _initialized = "";

        Target Branch => _ => _.Executes(() => Ran(Repository.Branch ?? "null"));
        Target Static => _ => _.Executes(() => Ran(OfAll.Branch!));
        Target Property => _ => _.Executes(() => Ran(Held.Branch!));
        Target Conditional =>
            _ =>
                _.OnlyWhenStatic(() => Repository.IsOnMainBranch())
                    .Executes(() => Ran("conditional"));
        Target Initialized => _ => _.Executes(() => Ran(_initialized));
        Target Head => _ => _.Executes(() => Ran(Repository.Head!));
        Target Commit => _ => _.Executes(() => Ran(Repository.Commit ?? "null"));
        Target Tags => _ => _.Executes(() => Ran(string.Join(' ', Repository.Tags)));
        Target Remote =>
            _ =>
                _.Executes(() =>
                    Ran($"{Repository.RemoteName ?? "null"} {Repository.RemoteBranch ?? "null"}")
                );
        Target Address =>
            _ =>
                _.Executes(() =>
                    Ran(
                        $"{Repository.Protocol?.ToString() ?? "null"} {Repository.Endpoint ?? "null"} {Repository.Identifier ?? "null"}"
                    )
                );
        Target Urls => _ => _.Executes(() => Ran($"{Repository.HttpsUrl} {Repository.SshUrl}"));
        Target Main =>
            _ =>
                _.Executes(() =>
                    Ran(
                        $"{Repository.IsOnMainBranch()} {Repository.IsOnMasterBranch()} {Repository.IsOnMainOrMasterBranch()}"
                    )
                );
        Target Kind =>
            _ =>
                _.Executes(() =>
                    Ran(
                        Repository.IsOnDevelopBranch() ? "develop"
                        : Repository.IsOnFeatureBranch() ? "feature"
                        : Repository.IsOnReleaseBranch() ? "release"
                        : Repository.IsOnHotfixBranch() ? "hotfix"
                        : "none"
                    )
                );
        Target GitHub =>
            _ =>
                _.Executes(() =>
                    Ran(
                        $"{Repository.IsGitHubRepository()} {Repository.GetGitHubOwner()} {Repository.GetGitHubName()}"
                    )
                );

        protected internal override void OnBuildInitialized() =>
            _initialized = Repository.Branch ?? "null";
    }
}
