using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class What_does_not_compile_is_said
{
    [Fact]
    public async Task The_errors_are_named_by_file_and_line_and_the_last_line_says_what_to_do()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Breaks();

        foreach (
            var ran in new[] { await tiny.BuildAsync("Test"), await tiny.PowerShellAsync("Test") }
        )
        {
            ran.ShouldEndWith(2).Output.ShouldBeEmpty();
            ran.ErrorLines.ShouldBe([
                "    build/Build.cs:3: CS0029: Cannot implicitly convert type 'string' to 'int'",
                "The build program does not compile: build/Build.cs:3. Mend it, or undo the change: git diff build src",
            ]);
        }
    }

    [Fact]
    public async Task Ten_errors_are_shown_and_the_others_counted()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.AtPublish = $$"""
            for line in {1..12} {1..12}; do echo "{{tiny.Root}}/src/A.cs($line,5): error CS0103: The name 'x$line' [{{tiny.Root}}/build/_build.csproj]"; done
            exit 1
            """;

        foreach (
            var ran in new[] { await tiny.BuildAsync("Test"), await tiny.PowerShellAsync("Test") }
        )
        {
            ran.ShouldEndWith(2)
                .ErrorLines.ShouldBe([
                    .. Enumerable
                        .Range(1, 10)
                        .Select(n => $"    src/A.cs:{n}: CS0103: The name 'x{n}'"),
                    "    and 2 more",
                    "The build program does not compile: src/A.cs:1. Mend it, or undo the change: git diff build src",
                ]);
        }
    }

    [Fact]
    public async Task When_it_is_mended_it_runs()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Breaks();
        (await tiny.BuildAsync("Test")).ShouldEndWith(2);
        tiny.Says("mended");

        (await tiny.BuildAsync("Test")).ShouldEndWith(0).Value("says").ShouldBe("mended");
    }

    [Fact]
    public async Task A_package_that_cannot_be_had_is_named()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.WantsAPackageThatIsNowhere();

        foreach (
            var ran in new[] { await tiny.BuildAsync("Test"), await tiny.PowerShellAsync("Test") }
        )
        {
            ran.ShouldEndWith(2);
            ran.ErrorLines[0]
                .ShouldStartWith(
                    "    build/_build.csproj: NU1101: Unable to find package Nowhere.At.All."
                );
            ran.ErrorLines[^1]
                .ShouldBe(
                    "The build program's packages cannot be had: build/_build.csproj needs them. Mend the network or NuGet.config, then run this again."
                );
        }
    }

    [Fact]
    public async Task When_there_is_no_build_program_that_is_said()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        File.Delete(tiny.At("build/_build.csproj"));
        var sentence =
            $"There is no build program here: {tiny.At("build/_build.csproj")} is missing.\n";

        (await tiny.BuildAsync("Test")).ShouldEndWith(2).Error.ShouldBe(sentence);
        (await tiny.PowerShellAsync("Test")).ShouldEndWith(2).Error.ShouldBe(sentence);
    }

    [Fact]
    public async Task When_there_is_no_place_for_it_that_is_said()
    {
        using var tiny = TinyRepository.Fresh();
        tiny.Write(".nuke/temp", "a file where a folder should be");
        var sentence = $"The build program has no place: {tiny.Store} cannot be written.\n";

        (await tiny.BuildAsync("Test")).ShouldEndWith(2).Error.ShouldBe(sentence);
        (await tiny.PowerShellAsync("Test")).ShouldEndWith(2).Error.ShouldBe(sentence);
    }

    [Fact]
    public async Task The_first_build_says_so_with_its_time_and_later_ones_are_quiet()
    {
        using var tiny = TinyRepository.Fresh();

        (await tiny.BuildAsync())
            .ShouldEndWith(0)
            .Error.ShouldMatch(@"^Building the build program \(first run here\)\.\.\. \d+ s\n$");
        tiny.Says("two");
        (await tiny.BuildAsync()).ShouldEndWith(0).Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_terminal_nothing_scrolls()
    {
        using var tiny = TinyRepository.Fresh();
        string[] terminal = ["script", "-qec", "./build.sh", "/dev/null"];

        var first = await Running.ToEndAsync(tiny.Root, tiny.Variables, terminal);
        tiny.Says("two");
        var second = await Running.ToEndAsync(tiny.Root, tiny.Variables, terminal);

        first
            .Lines[0]
            .ShouldMatch(@"^(\rBuilding the build program \(first run here\)\.\.\. \d+ s)+\r?$");
        // what .NET itself sends to a terminal comes with the program only
        first.Lines[1].ShouldMatch(@"^(\x1b\[\?1h\x1b=)?says=one\r?$");
        second
            .Lines[0]
            .ShouldMatch(
                @"^(\rBuilding the build program\.\.\. \d+ s)+\r {30,}\r(\x1b\[\?1h\x1b=)?says=two\r?$"
            );
    }
}
