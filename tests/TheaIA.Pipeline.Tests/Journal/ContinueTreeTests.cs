namespace TheaIA.Pipeline.Tests.Journal;

/// <summary>Which files <c>--continue</c> compares: those that git does not ignore, less what targets make.</summary>
public sealed class ContinueTreeTests : IDisposable
{
    private readonly Recorded _recorded = new();

    public ContinueTreeTests()
    {
        _recorded.InitRepository();
        _recorded.Checkout.Write("in/a", "1");
        _recorded.Checkout.Write("fail.txt", "");
    }

    public void Dispose() => _recorded.Dispose();

    [Theory]
    [InlineData("in/a", "2", "a file has changed since 14:02")]
    [InlineData("in/new", "1", "a file has changed since 14:02")]
    [InlineData("in/a", null, "a file has changed since 14:02")]
    public async Task A_work_tree_that_is_another_counts_for_nothing(
        string path,
        string? content,
        string reason
    )
    {
        await RunAsync("Ship");
        Mend();
        if (content is null)
        {
            File.Delete(Path.Combine(_recorded.Root, path));
        }
        else
        {
            _recorded.Checkout.Write(path, content);
        }

        var again = await RunAsync("Slow Plain --continue");
        again.Ran.ShouldBe("Make Plain Slow");
        again.FirstLine.ShouldBe($"What has no inputs runs again: {reason}.");
    }

    [Fact]
    public async Task A_repository_within_it_counts_by_its_files()
    {
        _recorded.Checkout.Write("inner/f", "1");
        _recorded.Git("init", "-q", "inner");
        await RunAsync("Ship");
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Slow");
        _recorded.Checkout.Write("inner/f", "2");
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Plain Slow");
    }

    [Fact]
    public async Task Links_that_lead_back_into_it_are_links()
    {
        foreach (var link in (string[])["self", "self2"])
        {
            Directory.CreateSymbolicLink(Path.Combine(_recorded.Root, link), ".");
        }

        await RunAsync("Ship");
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Slow");
    }

    [Theory]
    [InlineData("inner/.git/x")]
    [InlineData("inner/.git/HEAD")]
    [InlineData("inner/.git")]
    public async Task What_git_does_not_list_within_it_has_changed_each_time(string broken)
    {
        _recorded.Checkout.Write("inner/f", "1");
        _recorded.Git("add", "in");
        _recorded.Git(
            "update-index",
            "--add",
            "--cacheinfo",
            $"160000,{new string('1', 40)},inner"
        );
        _recorded.Checkout.Write(broken, "gitdir: /nowhere");
        await RunAsync("Ship");
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Plain Slow");
    }

    [Fact]
    public async Task The_rest_of_a_larger_repository_counts_too()
    {
        using var larger = new Checkout();
        using var part = new Recorded(root: Path.Combine(larger.Root, "part"));
        part.Checkout.Write("fail.txt", "");
        larger.Write(".gitignore", ".nuke/temp/\n*.txt\n");
        larger.Write("lib/l.cs", "1");
        part.Git("init", "-q", larger.Root);
        await part.RunAsync<ContinueTests.Build>("Ship");
        part.Checkout.Write("made/x", "by a target that is not in the plan");
        (await part.RunAsync<ContinueTests.Build>("Ship --continue")).Ran.ShouldBe("Slow");
        larger.Write("lib/l.cs", "2");
        (await part.RunAsync<ContinueTests.Build>("Ship --continue")).Ran.ShouldBe("Plain Slow");
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_has_changed_each_time()
    {
        await ShellAsync("printf 1 > \"$(printf 'n\\377.cs')\"");
        await RunAsync("Ship");
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Plain Slow");
        // no name that .NET could remove either
        await ShellAsync("rm n*.cs");
    }

    private async Task ShellAsync(string script)
    {
        using var shell = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("sh", ["-c", script])
            {
                WorkingDirectory = _recorded.Root,
            }
        )!;
        await shell.WaitForExitAsync(Cancel);
        shell.ExitCode.ShouldBe(0);
    }

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_git_ignores_and_what_targets_make_is_not_the_work_tree()
    {
        _recorded.Git("add", "-A");
        await RunAsync("Ship");
        Mend();
        _recorded.Checkout.Write("notes.txt", "ignored");
        _recorded.Checkout.Write("made/x", "by a target that is not in the plan");
        _recorded.Checkout.Write("folder/y", "by another");
        File.SetLastWriteTimeUtc(Path.Combine(_recorded.Root, "in/a"), DateTime.UnixEpoch);
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Slow Ship");
    }

    [Fact]
    public async Task A_link_counts_by_where_it_points_to()
    {
        var link = Path.Combine(_recorded.Root, "link");
        File.CreateSymbolicLink(link, "in/a");
        File.CreateSymbolicLink(Path.Combine(_recorded.Root, "dead"), "nowhere");
        await RunAsync("Ship");
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Slow");
        File.Delete(link);
        File.CreateSymbolicLink(link, "in/b");
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Plain Slow");
    }

    [Fact]
    public async Task Without_a_repository_only_what_has_inputs_is_left_out()
    {
        Directory.Delete(Path.Combine(_recorded.Root, ".git"), recursive: true);
        await RunAsync("Ship");
        Mend();
        var again = await RunAsync("Ship --continue");
        again.Ran.ShouldBe("Plain Slow Ship");
        again.FirstLine.ShouldBe(
            "What has no inputs runs again: there is no git repository here to compare the work tree with that of"
        );
        again.Output.Split('\n')[1].ShouldBe("14:02.");
    }

    [Fact]
    public async Task A_run_before_there_was_a_repository_has_no_work_tree()
    {
        Directory.Delete(Path.Combine(_recorded.Root, ".git"), recursive: true);
        await RunAsync("Ship");
        _recorded.InitRepository();
        (await RunAsync("Ship --continue")).FirstLine.ShouldBe(
            "What has no inputs runs again: there is no record of the work tree of 14:02."
        );
    }

    [Fact]
    public async Task A_repository_that_git_cannot_read_is_none()
    {
        Directory.Delete(Path.Combine(_recorded.Root, ".git"), recursive: true);
        _recorded.Checkout.Write(".git", "nothing of git's");
        await RunAsync("Ship");
        (await RunAsync("Ship --continue")).Ran.ShouldBe("Plain Slow");
    }

    private void Mend() => File.Delete(Path.Combine(_recorded.Root, "fail.txt"));

    private Task<Answer> RunAsync(string commandLine) =>
        _recorded.RunAsync<ContinueTests.Build>(commandLine);
}
