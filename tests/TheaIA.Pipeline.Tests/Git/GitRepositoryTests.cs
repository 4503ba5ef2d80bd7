namespace TheaIA.Pipeline.Tests.Git;

/// <summary>What git made is read as git reads it.</summary>
public sealed class GitRepositoryTests
{
    [Theory]
    [InlineData("sha1", 40)]
    [InlineData("sha256", 64)]
    public void A_branch_and_its_commit(string format, int length)
    {
        using var git = new RealGit($"--object-format={format}");
        var commit = git.Commit();
        commit.Length.ShouldBe(length);
        var read = git.Read();
        read.Branch.ShouldBe("main");
        read.Head.ShouldBe("refs/heads/main");
        read.Commit.ShouldBe(commit);
        read.LocalDirectory.ShouldBe(git.Path);
        git.Run("switch", "-q", "-c", "feature/a-b");
        git.Read().Branch.ShouldBe("feature/a-b");
        git.Read().IsOnFeatureBranch().ShouldBeTrue();
    }

    [Fact]
    public void Before_the_first_commit_there_is_a_branch_without_one()
    {
        using var git = new RealGit();
        var read = git.Read();
        read.Branch.ShouldBe("main");
        read.Commit.ShouldBeNull();
        read.Tags.ShouldBeEmpty();
        read.Protocol.ShouldBeNull();
        read.HttpsUrl.ShouldBeNull();
        read.SshUrl.ShouldBeNull();
        read.IsGitHubRepository().ShouldBeFalse();
        read.ToString().ShouldBe(git.Path.ToString());
    }

    [Fact]
    public void A_detached_head_is_a_commit_without_a_branch()
    {
        using var git = new RealGit();
        var commit = git.Commit();
        git.Run("remote", "add", "origin", "https://example.com/owner/name");
        git.Run("checkout", "-q", "--detach");
        var read = git.Read();
        read.Branch.ShouldBeNull();
        read.Head.ShouldBe(commit);
        read.Commit.ShouldBe(commit);
        read.Identifier.ShouldBe("owner/name");
        read.IsOnMainOrMasterBranch().ShouldBeFalse();
        read.IsOnReleaseBranch().ShouldBeFalse();
    }

    [Theory]
    [InlineData("sha1", true)]
    [InlineData("sha1", false)]
    [InlineData("sha256", true)]
    [InlineData("sha256", false)]
    public void Tags_are_found_wherever_git_keeps_them(string format, bool byOffset)
    {
        using var git = new RealGit($"--object-format={format}");
        git.Commit();
        git.Run("tag", "before");
        var commit = git.Commit("two");
        git.Run("tag", "light");
        git.Run("tag", "folder/light");
        // so many that git packs some of them as differences to others
        string[] annotated = [.. Enumerable.Range(10, 30).Select(i => $"v{i}")];
        foreach (var name in annotated)
        {
            git.Run("tag", "-a", name, "-m", $"{name} {new string('x', 500)}");
        }

        git.Run("tag", "-a", "of-a-tag", "-m", "nested", "v10");
        string[] all = ["folder/light", "light", "of-a-tag", .. annotated];
        git.Read().Tags.ShouldBe(all);

        // objects in packs, references still files of their own
        git.Run("config", "repack.useDeltaBaseOffset", $"{byOffset}");
        git.Run("repack", "-q", "-a", "-d");
        git.Run("prune-packed");
        Directory.GetFiles(git.Path / ".git/refs/tags", "v*").Length.ShouldBe(30);
        Differences(git).ShouldBeGreaterThan(10);
        git.Read().Tags.ShouldBe(all);

        // as in a pack of more than 2 GiB
        var index = Pack(git);
        File.Delete(index);
        git.Run("index-pack", "--index-version=2,0x40", Path.ChangeExtension(index, ".pack"));
        git.Read().Tags.ShouldBe(all);

        git.Run("gc", "-q");
        Directory.GetFiles(git.Path / ".git/refs/tags", "v*").ShouldBeEmpty();
        File.Exists(git.Path / ".git/refs/heads/main").ShouldBeFalse();
        git.Read().Tags.ShouldBe(all);
        git.Read().Commit.ShouldBe(commit);

        // a file of its own comes before the line in packed-refs
        git.Run("tag", "-f", "light", "before");
        git.Read().Tags.ShouldNotContain("light");
        var after = git.Commit("three");
        git.Read().Commit.ShouldBe(after);
        git.Read().Tags.ShouldBeEmpty();
    }

    [Fact]
    public void A_worktree_has_a_head_of_its_own_and_shares_the_rest()
    {
        using var git = new RealGit();
        var first = git.Commit();
        git.Run("tag", "v1");
        git.Run("remote", "add", "origin", "ssh://git@example.com:2222/owner/name.git");
        git.Run("worktree", "add", "-q", "-b", "hotfix/1", git.Beside.ToString());
        git.Commit("two");
        var below = (git.Beside / "src").CreateDirectory();
        var read = GitRepository.FromLocalDirectory(below);
        read.LocalDirectory.ShouldBe(git.Beside);
        read.Branch.ShouldBe("hotfix/1");
        read.IsOnHotfixBranch().ShouldBeTrue();
        read.Commit.ShouldBe(first);
        read.Tags.ShouldBe(["v1"]);
        read.Protocol.ShouldBe(GitProtocol.Ssh);
        read.ToString().ShouldBe("git@example.com:owner/name");
        git.Run("gc", "-q");
        GitRepository.FromLocalDirectory(below).Commit.ShouldBe(first);
    }

    [Fact]
    public void A_submodule_is_a_repository_of_its_own()
    {
        using var git = new RealGit();
        using var other = new RealGit();
        var commit = other.Commit("theirs");
        git.Commit();
        git.Run([
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            other.Path,
            "sub",
        ]);
        var read = GitRepository.FromLocalDirectory(git.Path / "sub");
        read.LocalDirectory.ShouldBe(git.Path / "sub");
        read.Commit.ShouldBe(commit);
        // its remote is a folder
        read.Endpoint.ShouldBeNull();
    }

    [Fact]
    public void The_remote_is_the_one_that_the_branch_follows()
    {
        using var git = new RealGit();
        git.Commit();
        git.Run("remote", "add", "origin", "https://example.com/fork/name.git");
        git.Run("remote", "add", "up.stream", "git@github.com:owner/name.git");
        git.Read().RemoteName.ShouldBeNull();
        git.Read().RemoteBranch.ShouldBeNull();
        git.Read().ToString().ShouldBe("https://example.com/fork/name");
        git.Run("config", "branch.main.remote", "up.stream");
        git.Run("config", "branch.main.merge", "refs/heads/trunk");
        var read = git.Read();
        read.RemoteName.ShouldBe("up.stream");
        read.RemoteBranch.ShouldBe("trunk");
        read.IsGitHubRepository().ShouldBeTrue();
        read.GetGitHubOwner().ShouldBe("owner");
        read.GetGitHubName().ShouldBe("name");
        // as some tools leave it for a pull request from elsewhere
        git.Run("config", "branch.main.remote", "https://me:s3cret@example.com/a/b.git");
        git.Read().RemoteName.ShouldBe("https://example.com/a/b");
        git.Read().HttpsUrl.ShouldBe("https://example.com/a/b.git");
        // a branch of this very repository
        git.Run("config", "branch.main.remote", ".");
        git.Read().RemoteName.ShouldBe(".");
        git.Read().Endpoint.ShouldBeNull();
    }

    [Fact]
    public void A_clone_of_a_folder_follows_it()
    {
        using var git = new RealGit();
        git.Commit();
        git.Run("tag", "-a", "v1", "-m", "one");
        RealGit.RunIn(git.Path, "clone", "-q", git.Path, git.Beside);
        var read = GitRepository.FromLocalDirectory(git.Beside);
        read.RemoteName.ShouldBe("origin");
        read.RemoteBranch.ShouldBe("main");
        read.Tags.ShouldBe(["v1"]);
        read.Identifier.ShouldBeNull();
    }

    /// <summary>How many tags the pack keeps as differences: ID tag SIZE PACKED OFFSET DEPTH BASE.</summary>
    private static int Differences(RealGit git) =>
        git.Run("verify-pack", "-v", Pack(git))
            .Split('\n')
            .Count(line =>
                line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "tag", _, _, _, _, _]
            );

    private static string Pack(RealGit git) =>
        Directory.GetFiles(git.Path / ".git/objects/pack", "*.idx").ShouldHaveSingleItem();
}
