using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class PowerShell_shares_the_outputs
{
    [Fact]
    public async Task What_build_sh_built_build_ps1_runs()
    {
        using var tiny = await TinyRepository.BuiltAsync();

        var ran = (await tiny.PowerShellAsync("Noop")).ShouldEndWith(0);

        tiny.Calls.ShouldBe([$"{tiny.Store}/{tiny.Current}/_build.dll Noop"]);
        ran.Error.ShouldBeEmpty();
        ran.Value("NUKE_PROGRAM").ShouldBe(tiny.Current);
        ran.Value("NUKE_ROOT").ShouldBe(tiny.Root);
        ran.Value("NUKE_STARTED").ShouldMatch(@"^\d{10}\.\d{3}$");
    }

    [Fact]
    public async Task What_build_ps1_built_build_sh_runs_and_finds_warm()
    {
        using var tiny = TinyRepository.Fresh();
        tiny.Write("Directory.Build.props", "<Project />");
        tiny.Write("eng/BannedSymbols.txt", "");
        tiny.Write("eng/BannedSymbols.Programs.txt", "");
        tiny.Write(".editorconfig", "root = true\n");
        tiny.Write("src/Z/Z.txt", "z");
        tiny.Write("src/TheaIA.Api/Program.cs", "not an input");
        tiny.Write("src/a/é.cs", "// beside build/, so not compiled\n");

        (await tiny.PowerShellAsync())
            .ShouldEndWith(0)
            .Error.ShouldMatch(@"^Building the build program \(first run here\)\.\.\. \d+ s\n$");
        tiny.ForgetCalls();
        (await tiny.BuildAsync("Noop")).ShouldEndWith(0).Value("says").ShouldBe("one");

        tiny.Calls.ShouldBe([$"{tiny.Store}/{tiny.Current}/_build.dll Noop"]);
        tiny.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_sees_an_edit_that_kept_its_time()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        (await tiny.PowerShellAsync()).ShouldEndWith(0).Value("says").ShouldBe("two");
        var kept = File.GetLastWriteTimeUtc(tiny.At("build/Build.cs"));
        tiny.Says("six");
        File.SetLastWriteTimeUtc(tiny.At("build/Build.cs"), kept);

        (await tiny.PowerShellAsync()).ShouldEndWith(0).Value("says").ShouldBe("six");
        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("six");

        tiny.Publishes.ShouldBe(2);
    }

    [Fact]
    public async Task It_goes_back_to_the_program_of_before()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        (await tiny.BuildAsync()).ShouldEndWith(0);
        tiny.Says("one");
        tiny.ForgetCalls();

        (await tiny.PowerShellAsync()).ShouldEndWith(0).Value("says").ShouldBe("one");

        tiny.Publishes.ShouldBe(0);
        tiny.Leftovers.ShouldBeEmpty();
    }
}
