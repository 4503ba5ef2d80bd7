using System.Diagnostics;

namespace TheaIA.Pipeline.Tests.Caching;

/// <summary>Inputs and outputs that are not as usual.</summary>
public sealed class OddFilesTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task A_restore_leaves_alone_what_another_target_makes()
    {
        _checkout.Write("in/x", "1");
        foreach (var target in (string[])["Some", "All"])
        {
            await RunAsync($"{target} --cache cache");
            Directory.Delete(Path.Combine(_checkout.Root, "o"), recursive: true);
        }

        var restored = await RunAsync("Some All --cache cache");
        restored.Ran.ShouldBe("");
        (_checkout.Read("o/a1"), _checkout.Read("o/b1")).ShouldBe(("a\n", "b\n"));
        (await RunAsync("Some All --cache cache")).Ran.ShouldBe("");
        _checkout.Read("o/a1").ShouldBe("a\n");
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_counts_as_changed_each_time()
    {
        Xunit.Assert.SkipUnless(OperatingSystem.IsLinux(), "Names are bytes on Linux.");
        _checkout.Write("in/x", "1");
        await ShellAsync("touch in/$'bad\\xff' in/$'bad\\xfe'");
        await RunAsync("Some");
        var again = await RunAsync("Some");
        again.Ran.ShouldBe("Some");
        again.FirstLine.ShouldContain("changed: in/bad\uFFFD");
        // nor can the framework delete them
        await ShellAsync("rm -r in");
    }

    [Fact]
    public async Task A_secret_in_a_file_s_name_is_masked_wherever_it_would_stand()
    {
        _checkout.Environment["TOKEN"] = "filesecret1";
        _checkout.Write("in/x", "1");
        await RunAsync("Some");
        _checkout.Write("in/filesecret1", "1");
        var answer = await RunAsync("Some");
        answer.FirstLine.ShouldBe("ok    Some           0.0 s   changed: in/***");
        (await RunAsync("Some")).FirstLine.ShouldContain("up to date: unchanged since");
        _checkout.Write("in/filesecret1", "2");
        (await RunAsync("Some")).FirstLine.ShouldContain("changed: in/***");
        File.Delete(Path.Combine(_checkout.Root, "in/filesecret1"));
        _checkout.Write("in/not-filesecret1", "2");
        (await RunAsync("Some")).FirstLine.ShouldContain("changed: in/not-*** and 1 more");
        foreach (
            var file in Directory.GetFiles(
                Path.Combine(_checkout.Root, ".nuke", "temp"),
                "*",
                SearchOption.AllDirectories
            )
        )
        {
            (
                await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)
            ).ShouldNotContain("filesecret1", customMessage: file);
        }
    }

    [Fact]
    public async Task What_does_not_fit_into_the_cache_is_said()
    {
        _checkout.Write("in/x", "1");
        (await RunAsync("Large --cache cache --cache-size 1KB")).Output.ShouldStartWith(
            "o/large and what was made with it is larger than --cache-size, so the cache does not keep it.\n"
        );
    }

    private async Task ShellAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = _checkout.Root,
        };
        using var shell = Process.Start(start)!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        shell.ExitCode.ShouldBe(0);
    }

    private Task<Answer> RunAsync(string commandLine) =>
        _checkout.RunAsync<Build>($"{commandLine} --sequential");

    public class Build : TestBuild
    {
        [Parameter]
        [Secret]
        string? Token { get; set; }

        Target Some =>
            _ => _.Inputs("in/**").Outputs("o/a*").Executes(() => Make("Some", "a1", "a"));
        Target All => _ => _.Inputs("in/**").Outputs("o/**").Executes(() => Make("All", "b1", "b"));
        Target Large =>
            _ =>
                _.Inputs("in/**")
                    .Outputs("o/large")
                    .Executes(() => Make("Large", "large", new string('x', 2000)));

        private static void Make(string target, string file, string text)
        {
            Ran(target);
            (RootDirectory / "o").CreateDirectory();
            (RootDirectory / "o" / file).WriteAllText(text);
        }
    }
}
