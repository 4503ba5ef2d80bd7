using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class A_warm_start_is_one_exec
{
    [Fact]
    public async Task When_nothing_changed_dotnet_is_called_once_and_with_the_program()
    {
        using var tiny = await TinyRepository.BuiltAsync();

        var ran = (await tiny.BuildAsync("Noop")).ShouldEndWith(0);

        tiny.Calls.ShouldBe([$"{tiny.Store}/{tiny.Current}/_build.dll Noop"]);
        ran.Value("says").ShouldBe("one");
        ran.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_only_a_time_stamp_changed_nothing_is_compiled_and_the_next_start_is_warm()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        var stamp = Path.Combine(tiny.Store, tiny.Current, "stamp");
        var before = File.GetLastWriteTimeUtc(stamp);
        File.SetLastWriteTimeUtc(tiny.At("build/Build.cs"), DateTime.UnixEpoch.AddYears(60));

        (await tiny.BuildAsync("Noop")).ShouldEndWith(0);

        var renewed = File.GetLastWriteTimeUtc(stamp);
        renewed.ShouldBeGreaterThan(before);
        tiny.Publishes.ShouldBe(0);

        (await tiny.BuildAsync("Noop")).ShouldEndWith(0);

        File.GetLastWriteTimeUtc(stamp).ShouldBe(renewed);
    }

    [Fact]
    public async Task A_closed_output_is_one_that_nobody_reads()
    {
        using var tiny = await TinyRepository.BuiltAsync();

        var ran = await Running.ToEndAsync(
            tiny.Root,
            tiny.Variables,
            "bash",
            "-c",
            "./build.sh Noop >&-"
        );

        ran.ShouldEndWith(0).Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_starts_from_anywhere_and_stays_there()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        Directory.CreateDirectory(tiny.At("some/where"));

        foreach (
            var (folder, command) in new[]
            {
                (tiny.Root, "build.sh"),
                (tiny.At("some"), "../build.sh"),
                (tiny.At("some/where"), "../../build.sh"),
                (Path.GetTempPath().TrimEnd('/'), tiny.At("build.sh")),
            }
        )
        {
            var ran = (
                await Running.ToEndAsync(folder, tiny.Variables, "bash", command)
            ).ShouldEndWith(0);

            ran.Value("folder").ShouldBe(folder);
            ran.Value("NUKE_ROOT").ShouldBe(tiny.Root);
        }

        tiny.Publishes.ShouldBe(0);
    }

    [Fact]
    public async Task The_clock_starts_with_it_whatever_the_environment_says()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Variables["NUKE_STARTED"] = "12.5";
        tiny.Variables["NUKE_ROOT"] = "/elsewhere";
        tiny.Variables["NUKE_PROGRAM"] = "another";
        var before = TimeProvider.System.GetUtcNow();

        var ran = (await tiny.BuildAsync()).ShouldEndWith(0);

        ran.Value("NUKE_STARTED").ShouldMatch(@"^\d{10}\.\d{3,6}$");
        var started = DateTimeOffset.UnixEpoch.AddSeconds(double.Parse(ran.Value("NUKE_STARTED")));
        started.ShouldBeInRange(before.AddMilliseconds(-1), TimeProvider.System.GetUtcNow());
        ran.Value("NUKE_ROOT").ShouldBe(tiny.Root);
        ran.Value("NUKE_PROGRAM").ShouldBe(tiny.Current);
        ran.Value("DOTNET_NOLOGO").ShouldBe("1");
        ran.Value("DOTNET_CLI_TELEMETRY_OPTOUT").ShouldBe("1");
    }
}
