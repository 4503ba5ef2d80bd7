using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests;

public sealed class Git_is_asked_without_locks : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly RealRunner runner = new();

    [Fact]
    public async Task A_clean_checkout()
    {
        await CommittedAsync();

        var facts = await FactsAsync();

        facts.Commit.Length.ShouldBe(40);
        facts.Branch.ShouldBe("main");
        facts.Dirty.ShouldBeFalse();
        facts.Time.ShouldBe(new DateTimeOffset(2026, 11, 24, 14, 2, 0, TimeSpan.FromHours(1)));
        (facts.Author, facts.Email).ShouldBe(("Ada Ops", "ops-1@theaia.com"));
        facts.Figure.ShouldBe($"{facts.Commit[..7]} (main, clean)");
    }

    [Fact]
    public async Task A_dirty_one_names_its_files()
    {
        await CommittedAsync();
        sandbox.Write("a b.txt", "changed");
        sandbox.Write("new/über.txt", "");
        await GitAsync("mv", "to-move.txt", "moved.txt");

        var facts = await FactsAsync();

        facts.DirtyFiles.ShouldBe(["a b.txt", "moved.txt", "new/über.txt"], ignoreOrder: true);
        facts.Figure.ShouldBe($"{facts.ShortCommit} (main, 3 files changed)");
    }

    [Fact]
    public async Task A_detached_head()
    {
        await CommittedAsync();
        await GitAsync("checkout", "-q", "--detach");

        var facts = await FactsAsync();

        facts.Branch.ShouldBeNull();
        facts.Figure.ShouldBe($"{facts.ShortCommit} (detached, clean)");
    }

    [Fact]
    public void A_conflict_is_a_change() =>
        GitStatus
            .Parse(
                "# branch.oid 3f2c\0# branch.head main\0u UU N... 100644 100644 100644 100644 1 2 3 both.txt\0! ignored.txt\0"
            )
            .Changed.ShouldBe(["both.txt"]);

    [Fact]
    public async Task Outside_a_checkout()
    {
        var error = await Should.ThrowAsync<OutcomeException>(FactsAsync);

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"This is not a git checkout: {sandbox.Root}. Clone the repository, or run git init, git add and git commit here."
        );
    }

    [Fact]
    public async Task Before_the_first_commit()
    {
        await GitAsync("init", "-q");

        var error = await Should.ThrowAsync<OutcomeException>(FactsAsync);

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"There is no commit yet in {sandbox.Root}: a release is made of one. Run git add and git commit."
        );
    }

    [Fact]
    public async Task Where_git_itself_refuses_its_own_words_are_told()
    {
        await CommittedAsync();
        sandbox.Write(".git/config", "this is [no configuration");

        var error = await Should.ThrowAsync<OutcomeException>(FactsAsync);

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"git does not read {sandbox.Root} (exit code 128): fatal: bad config line 1 in file .git/config"
        );
    }

    public void Dispose() => sandbox.Dispose();

    private Task<GitFacts> FactsAsync() => Git.FactsAsync(runner, sandbox.Root, Sandbox.Cancel);

    private async Task CommittedAsync()
    {
        sandbox.Write("a b.txt", "a");
        sandbox.Write("to-move.txt", "some text that a rename is known by\nand more\n");
        await GitAsync("init", "-q", "-b", "main");
        await GitAsync("add", ".");
        await GitAsync("commit", "-q", "-m", "first");
    }

    private async Task GitAsync(params string[] arguments)
    {
        var command = new Command("git", arguments)
        {
            WorkingDirectory = sandbox.Root,
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["GIT_AUTHOR_NAME"] = "Ada Ops",
                ["GIT_AUTHOR_EMAIL"] = "ops-1@theaia.com",
                ["GIT_COMMITTER_NAME"] = "Ada Ops",
                ["GIT_COMMITTER_EMAIL"] = "ops-1@theaia.com",
                ["GIT_COMMITTER_DATE"] = "2026-11-24T14:02:00+01:00",
            },
        };
        (await runner.RunAsync(command, cancel: Sandbox.Cancel)).OrThrow(command);
    }
}
