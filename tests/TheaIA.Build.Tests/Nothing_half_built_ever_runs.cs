using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class Nothing_half_built_ever_runs
{
    // a publish that has written a part of its output, and stays there
    private static string Half(TinyRepository tiny, string andThen) =>
        $"""
            while [ "$1" != -o ]; do shift; done
            mkdir -p "$2" && echo half >"$2/_build.dll" && touch '{tiny.Scratch.At("half")}'
            {andThen}
            """;

    [Fact]
    public async Task When_the_shell_alone_was_killed_the_next_start_builds_beside_what_is_left()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.AtPublish = Half(tiny, "exec sleep 50");
        using var killed = tiny.Start();
        await Running.UntilAsync(() => File.Exists(tiny.Scratch.At("half")), "a part is written");
        killed.Signal("KILL");
        tiny.AtPublish = "";

        var ran = (await tiny.BuildAsync()).ShouldEndWith(0);

        ran.Value("says").ShouldBe("two");
        ran.Error.ShouldBeEmpty();
        tiny.Leftovers.ShouldBeEmpty();
        killed.Signal("KILL", group: true);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(500)]
    [InlineData(1000)]
    [InlineData(1600)]
    public async Task When_all_of_it_was_killed_at_any_time_the_next_start_builds_it(int after)
    {
        using var tiny = TinyRepository.Fresh();
        using var killed = tiny.Start();
        await Task.Delay(after, TestContext.Current.CancellationToken);
        killed.Signal("KILL", group: true);

        var ran = (await tiny.BuildAsync()).ShouldEndWith(0);

        ran.Value("says").ShouldBe("one");
        tiny.Programs.ShouldBe([tiny.Current]);
        tiny.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_dotnet_was_ended_it_says_zero_and_is_not_believed()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.AtPublish = Half(tiny, "exit 0");

        var ran = (await tiny.BuildAsync()).ShouldEndWith(2);

        ran.ErrorLines.ShouldBe([
            "The build program cannot be built: dotnet publish ended with exit code 143. Its output: .nuke/temp/program/build.log",
        ]);
        tiny.Leftovers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task When_it_is_interrupted_it_leaves_nothing(string signal, int code)
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.AtPublish = Half(tiny, $"echo $$ >'{tiny.Scratch.At("pid")}'; exec sleep 50");
        using var running = tiny.Start();
        await Running.UntilAsync(() => Text(tiny.Scratch.At("pid")).EndsWith('\n'), "dotnet runs");

        running.Signal(signal);
        (await running.EndAsync()).ShouldEndWith(code).Output.ShouldBeEmpty();

        Directory
            .Exists($"/proc/{File.ReadAllText(tiny.Scratch.At("pid")).Trim()}")
            .ShouldBeFalse("dotnet is gone");
        tiny.Leftovers.ShouldBeEmpty();
        tiny.AtPublish = "";
        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("two");
    }

    [Theory]
    [InlineData("INT", true, 130)]
    [InlineData("TERM", false, 143)]
    public async Task When_a_real_compilation_is_interrupted_its_compiler_ends_too(
        string signal,
        bool all,
        int code
    )
    {
        using var tiny = TinyRepository.Fresh();
        using var running = tiny.Start();
        await Running.UntilAsync(() => Compilers(tiny).Any(), "the compiler runs");

        running.Signal(signal, all);
        (await running.EndAsync())
            .ShouldEndWith(code)
            .Error.ShouldBe("Building the build program (first run here)... \n");

        await Running.UntilAsync(() => !Compilers(tiny).Any(), "the compiler is gone");
        File.Exists(Socket(running)).ShouldBeFalse();
        tiny.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_it_was_built_its_compiler_has_ended_and_listens_nowhere()
    {
        using var tiny = TinyRepository.Fresh();
        using var running = tiny.Start();
        await Running.UntilAsync(() => File.Exists(Socket(running)), "the compiler listens");

        (await running.EndAsync()).ShouldEndWith(0);

        Compilers(tiny).ShouldBeEmpty();
        File.Exists(Socket(running)).ShouldBeFalse();
    }

    /// <summary>Where the compilers' server of this start listens.</summary>
    private static string Socket(Running running) => $"/tmp/theaia-{running.Id}-program";

    private static IEnumerable<string> Compilers(TinyRepository tiny) =>
        Directory
            .GetDirectories("/proc")
            .Where(p => int.TryParse(Path.GetFileName(p), out _))
            .Where(p => Text(p + "/cmdline").Contains("VBCSCompiler", StringComparison.Ordinal))
            .Where(p =>
                Text(p + "/environ").Contains(tiny.Scratch.Folder, StringComparison.Ordinal)
            );

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
