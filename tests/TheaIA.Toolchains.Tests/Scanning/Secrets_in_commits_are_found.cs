using TheaIA.Tests;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests.Scanning;

[Trait("Real", "gitleaks")]
public sealed class Secrets_in_commits_are_found : IDisposable
{
    private readonly Checkout checkout = new();

    [Fact]
    public async Task None_in_a_clean_history()
    {
        await BeginAsync();

        var report = await checkout.Scan.CommitsAsync(null, Checkout.Cancel);

        report.Findings.ShouldBeEmpty();
        report.Unknown.ShouldBeNull();
        report.Source.ShouldBe("gitleaks over 1 commit");
    }

    [Fact]
    public async Task Also_when_a_later_commit_took_it_away()
    {
        await BeginAsync();
        var secret = Checkout.Secret();
        // the message quotes it, as people do, and gitleaks' report quotes the message
        var leak = await checkout.CommitAsync(
            $"uses {secret}",
            ("conf/a file.ini", $"[aws]\nkey = \"{secret}\"\n")
        );
        File.Delete(Path.Combine(checkout.Root, "conf/a file.ini"));
        await checkout.CommitAsync("takes it away");

        var report = await checkout.Scan.CommitsAsync(null, Checkout.Cancel);

        report.Source.ShouldBe("gitleaks over 3 commits");
        report.Unknown.ShouldBeNull();
        var finding = report.Findings.ShouldHaveSingleItem();
        finding.Id.ShouldBe($"{leak}:conf/a file.ini:aws-access-token:2");
        finding.Subject.ShouldBe($"conf/a file.ini:2 in {leak[..7]} (aws-access-token)");
        finding.Severity.ShouldBe("High");
        $"{report} {finding}".ShouldNotContain(secret);
        Directory.GetFiles(checkout.Temporary).ShouldBeEmpty();
    }

    [Fact]
    public async Task In_the_range_that_was_named_and_not_beyond()
    {
        await BeginAsync();
        await checkout.CommitAsync("leaks", ("a.txt", $"k = \"{Checkout.Secret()}\"\n"));
        await checkout.CommitAsync("more", ("b.txt", "b\n"));

        var after = await checkout.Scan.CommitsAsync("HEAD~1..HEAD", Checkout.Cancel);
        var from = await checkout.Scan.CommitsAsync("HEAD~2..HEAD", Checkout.Cancel);
        var none = await checkout.Scan.CommitsAsync("HEAD..HEAD", Checkout.Cancel);

        (after.Source, after.Findings.Count, after.Unknown).ShouldBe(
            ("gitleaks over 1 commit of HEAD~1..HEAD", 0, null)
        );
        (from.Source, from.Findings.Count, from.Unknown).ShouldBe(
            ("gitleaks over 2 commits of HEAD~2..HEAD", 1, null)
        );
        none.Unknown.ShouldBe("there is no commit in HEAD..HEAD");
    }

    [Fact]
    public async Task That_came_in_with_a_merge_alone_whatever_git_is_configured_to_print()
    {
        await BeginAsync();
        await checkout.GitAsync("checkout", "-q", "-b", "side");
        await checkout.CommitAsync("side", ("side.txt", "side\n"));
        await checkout.GitAsync("checkout", "-q", "main");
        await checkout.CommitAsync("main", ("main.txt", "main\n"));
        await checkout.GitAsync("merge", "-q", "--no-commit", "side");
        var merge = await checkout.CommitAsync(
            "merges",
            ("evil.txt", $"k = \"{Checkout.Secret()}\"\n")
        );
        await checkout.GitAsync("config", "diff.noprefix", "true");
        await checkout.GitAsync("config", "color.ui", "always");

        var report = await checkout.Scan.CommitsAsync(null, Checkout.Cancel);

        report.Unknown.ShouldBeNull();
        report
            .Findings.ShouldHaveSingleItem()
            .Subject.ShouldBe($"evil.txt:1 in {merge[..7]} (aws-access-token)");
    }

    [Fact]
    public async Task But_not_those_that_the_checkout_ignores()
    {
        await BeginAsync();
        var leak = await checkout.CommitAsync(
            "leaks",
            ("a.txt", $"k = \"{Checkout.Secret()}\"\n"),
            ("fixtures/b.txt", $"k = \"{Checkout.Secret()}\"\n")
        );
        await checkout.CommitAsync(
            "ignores",
            (".gitleaksignore", $"{leak}:a.txt:aws-access-token:1\n"),
            (
                ".gitleaks.toml",
                "[extend]\nuseDefault = true\n[allowlist]\npaths = ['''^fixtures/''']\n"
            )
        );

        var report = await checkout.Scan.CommitsAsync(null, Checkout.Cancel);

        (report.Findings.Count, report.Unknown).ShouldBe((0, null));
    }

    [Fact]
    public async Task A_shallow_clone_is_said_and_proves_nothing_about_the_history()
    {
        await BeginAsync();
        await checkout.CommitAsync("second", ("a.txt", "a\n"));
        var clone = checkout.At("clone");
        await checkout.GitAsync("clone", "-q", "--depth", "1", $"file://{checkout.Root}", clone);
        var scan = new SecretScan(checkout.Runner, clone, checkout.Temporary);

        var all = await scan.CommitsAsync(null, Checkout.Cancel);
        var head = await scan.CommitsAsync("HEAD", Checkout.Cancel);

        all.Source.ShouldBe("gitleaks over 1 commit, in a shallow clone");
        all.Unknown.ShouldBe(
            "this clone is shallow, and nobody looked at the commits that are not in it: "
                + "run git fetch --unshallow"
        );
        head.Unknown.ShouldBeNull();
    }

    [Fact]
    public async Task Rules_that_cannot_be_read_are_no_pass()
    {
        await BeginAsync();
        checkout.Write("repository/.gitleaks.toml", "this is [not toml");

        var report = await checkout.Scan.CommitsAsync(null, Checkout.Cancel);

        report.Unknown.ShouldNotBeNull();
        report.Unknown.ShouldStartWith(
            "gitleaks ended with exit code 1: unable to load gitleaks config"
        );
    }

    public void Dispose() => checkout.Dispose();

    private async Task BeginAsync()
    {
        Real.Need("gitleaks");
        await checkout.InitAsync();
    }
}
