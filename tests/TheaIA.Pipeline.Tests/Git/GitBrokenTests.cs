using TheaIA.Abstractions;
using TheaIA.Pipeline.Tests.IO;

namespace TheaIA.Pipeline.Tests.Git;

/// <summary>What is no repository, or none that can be read.</summary>
public sealed class GitBrokenTests
{
    [Fact]
    public void What_cannot_be_read_is_said_in_one_sentence()
    {
        using var git = new RealGit();
        git.Commit();
        File.WriteAllText(git.Path / ".git/HEAD", "ref: ../../elsewhere\n");
        Refused(git).ShouldBe(Sentence(git, "HEAD names neither a commit nor a reference"));
        File.WriteAllText(git.Path / ".git/HEAD", "ref: refs/heads/main\n");
        File.WriteAllText(git.Path / ".git/refs/heads/main", "ref: refs/heads/main\n");
        Refused(git)
            .ShouldBe(Sentence(git, "refs/heads/main names other references without an end"));
        git.Run("config", "extensions.refstorage", "reftable");
        Refused(git)
            .ShouldBe(
                Sentence(
                    git,
                    "its references are kept as 'reftable', not as files (`git refs migrate --ref-format=files` changes that)"
                )
            );
        File.Delete(git.Path / ".git/config");
        Refused(git).ShouldContain("cannot be read: Could not find file");
        Directory.Delete(git.Path / ".git", recursive: true);
        File.WriteAllText(git.Path / ".git", "nothing\n");
        Refused(git).ShouldBe(Sentence(git, $"{git.Path}/.git names no folder"));
        File.WriteAllText(git.Path / ".git", "gitdir: gone\n");
        Refused(git).ShouldBe(Sentence(git, $"{git.Path}/gone, which its .git names, is none"));
    }

    [Fact]
    public void Without_a_repository_it_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        // git takes no notice of an empty one either
        (folder.Path / ".git").CreateDirectory();
        var thrown = Should.Throw<OutcomeException>(() =>
            GitRepository.FromLocalDirectory(folder.Path)
        );
        thrown.Outcome.ShouldBe(Outcome.Wrong);
        thrown.Message.ShouldBe(
            $"There is no git repository in {folder.Path} or above: run git init there, or clone it with git."
        );
    }

    private static string Refused(RealGit git)
    {
        var thrown = Should.Throw<OutcomeException>(() => git.Read());
        thrown.Outcome.ShouldBe(Outcome.Wrong);
        return thrown.Message;
    }

    private static string Sentence(RealGit git, string why) =>
        $"The git repository {git.Path} cannot be read: {why}. `git -C {git.Path} status` may say more.";
}
