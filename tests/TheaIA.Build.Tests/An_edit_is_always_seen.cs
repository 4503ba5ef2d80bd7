using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class An_edit_is_always_seen
{
    [Fact]
    public async Task When_a_source_changed_it_is_compiled()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");

        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("two");

        tiny.Publishes.ShouldBe(1);
        tiny.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_edit_kept_its_time_it_is_compiled_nevertheless()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("two");
        var kept = File.GetLastWriteTimeUtc(tiny.At("build/Build.cs"));
        tiny.Says("six");
        File.SetLastWriteTimeUtc(tiny.At("build/Build.cs"), kept);

        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("six");
    }

    [Fact]
    public async Task When_a_file_came_or_went_it_is_compiled_without_it()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Write("build/Extra.cs", StandIn.Extra);
        File.SetLastWriteTimeUtc(tiny.At("build/Extra.cs"), DateTime.UnixEpoch.AddYears(40));
        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("one and more");
        File.Delete(tiny.At("build/Extra.cs"));
        tiny.ForgetCalls();

        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("one");

        // the program of these sources was still there
        tiny.Publishes.ShouldBe(0);
    }

    [Fact]
    public async Task When_a_file_of_the_root_came_or_went_it_counts()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Write("build/Apart.cs", StandIn.Extra);
        tiny.Write(
            "Directory.Build.targets",
            "<Project><ItemGroup><Compile Remove=\"Apart.cs\" /></ItemGroup></Project>"
        );
        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("one");
        File.Delete(tiny.At("Directory.Build.targets"));

        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("one and more");
    }

    [Fact]
    public async Task When_the_sources_are_as_before_the_program_of_before_runs_again()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        var one = tiny.Current;
        tiny.Says("two");
        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("two");
        tiny.Says("one");
        tiny.ForgetCalls();

        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("one");

        tiny.Publishes.ShouldBe(0);
        tiny.Current.ShouldBe(one);
    }

    [Fact]
    public async Task When_it_happens_during_the_compilation_it_is_compiled_again()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.Scratch.Program("edited", StandIn.Program("late"));
        File.WriteAllText(tiny.Scratch.At("edited"), StandIn.Program("late"));
        tiny.AtPublish = $"""
            '{Scratch.RealDotnet}' "$@" || exit
            if [ -f '{tiny.Scratch.At("edited")}' ]; then mv '{tiny.Scratch.At(
                "edited"
            )}' '{tiny.At("build/Build.cs")}'; fi
            exit 0
            """;

        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("late");

        tiny.Publishes.ShouldBe(2);
        tiny.Programs.Length.ShouldBe(2);
        tiny.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_they_never_rest_that_is_said()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.AtPublish = $"echo '// more' >>'{tiny.At("build/Build.cs")}'; exit 0";

        var ran = (await tiny.BuildAsync()).ShouldEndWith(2);

        ran.ErrorLines.ShouldBe([
            "The build program's sources change while they are read: run this again when they rest.",
        ]);
        (await tiny.BuildAsync("Status")).Error.ShouldStartWith(
            "The sources here change while they are read; this runs on the build program of "
        );
    }

    [Fact]
    public async Task What_the_real_program_is_made_of_is_of_the_kinds_that_are_looked_at()
    {
        var listed = await Running.ToEndAsync(
            Scratch.RepositoryRoot,
            new Dictionary<string, string?>(StringComparer.Ordinal),
            "git",
            "--no-optional-locks",
            "ls-files",
            "build",
            "src"
        );

        listed
            .ShouldEndWith(0)
            .Lines.Where(f => !f.StartsWith("src/TheaIA.Api/", StringComparison.Ordinal))
            .Where(f => !f.EndsWith(".md", StringComparison.Ordinal))
            .Select(Path.GetExtension)
            .Distinct()
            .ShouldBeSubsetOf([
                ".cs",
                ".csproj",
                ".proj",
                ".props",
                ".targets",
                ".json",
                ".editorconfig",
                ".txt",
                ".sh",
            ]);
    }
}
