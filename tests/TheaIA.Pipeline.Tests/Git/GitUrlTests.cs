using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Git;

/// <summary>Addresses of remotes, and that none of them shows a password.</summary>
public sealed class GitUrlTests
{
    [Theory]
    [InlineData("https://github.com/owner/name.git", GitProtocol.Https, "github.com", "owner/name")]
    [InlineData("https://github.com/owner/name/", GitProtocol.Https, "github.com", "owner/name")]
    [InlineData("https://host:8443/a/b/c", GitProtocol.Https, "host", "a/b/c")]
    [InlineData("HTTP://host/name", GitProtocol.Https, "host", "name")]
    [InlineData("https://user@host/owner/name.git/", GitProtocol.Https, "host", "owner/name")]
    [InlineData("https://[::1]:8443/owner/name", GitProtocol.Https, "[::1]", "owner/name")]
    [InlineData("https://[::1]/owner/name", GitProtocol.Https, "[::1]", "owner/name")]
    [InlineData("https://host/@scope/name", GitProtocol.Https, "host", "@scope/name")]
    [InlineData("ssh://git@host:2222/owner/name.git", GitProtocol.Ssh, "host", "owner/name")]
    [InlineData("git://host/name.git", GitProtocol.Ssh, "host", "name")]
    [InlineData(" git@host:owner/name.git\n", GitProtocol.Ssh, "host", "owner/name")]
    [InlineData("host:/srv/name.git", GitProtocol.Ssh, "host", "srv/name")]
    [InlineData("git@[::1]:owner/name", GitProtocol.Ssh, "[::1]", "owner/name")]
    public void An_address_is_taken_apart(
        string url,
        GitProtocol protocol,
        string endpoint,
        string identifier
    )
    {
        var read = GitRepository.FromUrl(url, "main");
        read.Protocol.ShouldBe(protocol);
        read.Endpoint.ShouldBe(endpoint);
        read.Identifier.ShouldBe(identifier);
        read.HttpsUrl.ShouldBe($"https://{endpoint}/{identifier}.git");
        read.SshUrl.ShouldBe($"git@{endpoint}:{identifier}.git");
        read.Branch.ShouldBe("main");
        read.LocalDirectory.ShouldBeNull();
        read.Head.ShouldBeNull();
        read.Commit.ShouldBeNull();
        read.Tags.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://s3cret@host/owner/name.git")]
    [InlineData("https://me:s3cret@host/owner/name.git")]
    [InlineData("https://me:s3@cret@host:8443/owner/name.git")]
    [InlineData("https://host/owner/name?private_token=s3cret")]
    [InlineData("https://host/owner/name#s3cret")]
    [InlineData("ssh://me:s3cret@host/owner/name")]
    [InlineData("s3cret@host:owner/name")]
    public void No_password_is_shown(string url)
    {
        var read = GitRepository.FromUrl(url);
        $"{read} {read.HttpsUrl} {read.SshUrl} {read.Endpoint} {read.Identifier}".ShouldNotContain(
            "cret"
        );
        read.HttpsUrl.ShouldBe("https://host/owner/name.git");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("name", "name")]
    [InlineData("../name", "../name")]
    [InlineData("/srv/git/name.git", "/srv/git/name.git")]
    [InlineData("./a:b", "./a:b")]
    [InlineData("file:///srv/name", "file:///srv/name")]
    [InlineData("https://me:s3@host", "***")]
    [InlineData("https://host", "https://host")]
    [InlineData("https://host/?token=s3@cret", "***")]
    [InlineData("https://host/.git", "https://host/.git")]
    // git takes the host for me:s3, too
    [InlineData("https://me:s3/cret@host/owner/name", "***")]
    [InlineData("git@[::1", "***")]
    [InlineData("host:", "host:")]
    public void What_is_no_address_is_refused_without_its_password(string url, string shown)
    {
        var thrown = Should.Throw<OutcomeException>(() => GitRepository.FromUrl(url));
        thrown.Outcome.ShouldBe(Outcome.Wrong);
        thrown.Message.ShouldBe(
            $"'{shown}' is not a git address: write https://host/owner/name or git@host:owner/name."
        );
    }

    [Fact]
    public void What_is_not_on_GitHub_has_no_owner_there()
    {
        Should
            .Throw<OutcomeException>(() =>
                GitRepository.FromUrl("https://host/owner/name").GetGitHubOwner()
            )
            .Message.ShouldBe(
                "The repository https://host/owner/name is not on github.com: git remote -v shows where it is."
            );
        Should
            .Throw<OutcomeException>(() =>
                GitRepository.FromUrl("https://github.com/name").GetGitHubName()
            )
            .Message.ShouldBe(
                "The repository https://github.com/name is not an owner's on github.com: git remote -v shows where it is."
            );
        GitRepository.FromUrl("https://GitHub.com/a/b").GetGitHubName().ShouldBe("b");
        ((GitRepository?)null).IsGitHubRepository().ShouldBeFalse();
    }
}
