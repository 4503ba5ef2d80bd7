using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class The_way_back_needs_no_compile
{
    private const string OneError =
        "echo \"$PWD/build/Build.cs(14,5): error CS1002: ; expected [$PWD/build/_build.csproj]\"; exit 1";

    [Fact]
    public async Task When_the_sources_do_not_compile_Rollback_runs_on_the_last_good_program()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        var good = tiny.Current;
        tiny.Breaks();

        foreach (
            var ran in new[]
            {
                await tiny.BuildAsync("Rollback", "--to", "3f2c1a9"),
                await tiny.PowerShellAsync("Rollback", "--to", "3f2c1a9"),
            }
        )
        {
            ran.ShouldEndWith(0)
                .Error.ShouldMatch(
                    @"^The sources here do not compile \(build/Build\.cs:3\); this runs on the build program of \d\d:\d\d\.\n$"
                );
            ran.Output.ShouldContain("says=one\n<Rollback>\n<--to>\n<3f2c1a9>\n");
            ran.Value("NUKE_PROGRAM").ShouldBe(good);
        }

        tiny.Current.ShouldBe(good);
    }

    [Theory]
    [InlineData("Rollback")]
    [InlineData("roll-back")]
    [InlineData("RECOVER")]
    [InlineData("Status")]
    [InlineData("logs")]
    [InlineData("Unhold")]
    [InlineData("S-top")]
    [InlineData("Status+Logs")]
    [InlineData("Status", "Test")]
    [InlineData("--target", "Rollback")]
    [InlineData("--root", ".", "--target=rollback+Status")]
    public async Task Its_commands_are_known_however_they_are_written(params string[] arguments)
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.AtPublish = OneError;

        var ran = (await tiny.BuildAsync(arguments)).ShouldEndWith(0);

        ran.Value("says").ShouldBe("one");
        ran.Error.ShouldStartWith("The sources here do not compile (build/Build.cs:14);");
    }

    [Theory]
    [InlineData]
    [InlineData("Test")]
    [InlineData("Test", "Rollback")]
    [InlineData("--skip", "Rollback")]
    [InlineData("Deploy+Rollback")]
    [InlineData("--target", "Deploy", "--filter", "Rollback")]
    public async Task Other_commands_never_run_on_an_older_program(params string[] arguments)
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.AtPublish = OneError;

        (await tiny.BuildAsync(arguments)).ShouldEndWith(2).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_packages_cannot_be_had_it_runs_on_the_last_good_program()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.WantsAPackageThatIsNowhere();

        foreach (
            var ran in new[]
            {
                await tiny.BuildAsync("Rollback"),
                await tiny.PowerShellAsync("Rollback"),
            }
        )
        {
            ran.ShouldEndWith(0).Value("says").ShouldBe("one");
            ran.Error.ShouldMatch(
                @"^Packages cannot be had \(NU1101: Unable to find package Nowhere\.At\.All\. .*[^.]\); this runs on the build program of \d\d:\d\d\.\n$"
            );
        }
    }

    [Fact]
    public async Task When_dotnet_publish_fails_without_a_reason_it_runs_on_the_last_good_program()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.AtPublish = "exit 77";

        foreach (
            var ran in new[]
            {
                await tiny.BuildAsync("Status"),
                await tiny.PowerShellAsync("Status"),
            }
        )
        {
            ran.ShouldEndWith(0)
                .Error.ShouldStartWith(
                    "The sources here cannot be built (dotnet publish ended with exit code 77); this runs on"
                );
        }
    }

    [Fact]
    public async Task When_there_is_only_a_runtime_it_runs_on_the_last_good_program()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.Scratch.Program(
            "bin/dotnet",
            $"[ \"$1\" != --version ] || exit 145\nexec '{Scratch.RealDotnet}' \"$@\""
        );

        foreach (
            var ran in new[]
            {
                await tiny.BuildAsync("Rollback"),
                await tiny.PowerShellAsync("Rollback"),
            }
        )
        {
            ran.ShouldEndWith(0).Value("says").ShouldBe("one");
            ran.Error.ShouldStartWith(
                "There is no .NET SDK here (global.json wants 10.0.100 or newer); this runs on the build program of "
            );
        }
    }

    [Fact]
    public async Task When_its_program_is_of_another_day_the_day_is_said()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        tiny.AtPublish = OneError;
        File.WriteAllText(Path.Combine(tiny.Store, tiny.Current, "built"), "1795471860\n");
        tiny.Variables["TZ"] = "UTC";

        foreach (
            var ran in new[]
            {
                await tiny.BuildAsync("Rollback"),
                await tiny.PowerShellAsync("Rollback"),
            }
        )
        {
            ran.Error.ShouldEndWith("this runs on the build program of 23 Nov 22:11.\n");
        }
    }

    [Fact]
    public async Task When_there_is_no_last_good_program_it_fails_like_any_other_command()
    {
        using var tiny = TinyRepository.Fresh();
        tiny.Breaks();

        var ran = (await tiny.BuildAsync("Rollback")).ShouldEndWith(2);

        ran.ErrorLines[^1].ShouldStartWith("The build program does not compile: build/Build.cs:3.");
    }

    [Fact]
    public async Task It_waits_forty_seconds_for_a_compile_and_no_longer()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        using var other = await TinyRepository.BuiltAsync();
        tiny.Says("two");
        other.Says("two");
        tiny.AtPublish = other.AtPublish = "exec sleep 100";

        var all = await Task.WhenAll(
            tiny.BuildAsync("Rollback"),
            other.PowerShellAsync("Rollback")
        );

        foreach (var ran in all)
        {
            ran.ShouldEndWith(0).Value("says").ShouldBe("one");
            ran.Error.ShouldStartWith(
                "The sources here did not compile within 40 s; this runs on the build program of "
            );
            ran.Took.ShouldBeInRange(TimeSpan.FromSeconds(39), TimeSpan.FromSeconds(50));
        }
    }
}
