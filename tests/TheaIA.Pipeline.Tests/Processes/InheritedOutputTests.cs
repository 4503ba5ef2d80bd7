namespace TheaIA.Pipeline.Tests.Processes;

/// <summary>What children write to the output that they inherited.</summary>
public sealed class InheritedOutputTests
{
    private const string Secret = "s3cr+t/\"Val ue";

    public InheritedOutputTests() =>
        Xunit.Assert.SkipUnless(OperatingSystem.IsLinux(), "Inherited output is caught on Linux.");

    [Fact]
    public async Task Is_the_only_running_targets_in_order_and_masked()
    {
        using var build = await TinyBuild.RunAsync(["Inherits"], Secret);
        build.ExitCode.ShouldBe(0, build.Output);
        string[] lines = ["first", "out", "err", "***", "last"];
        var log = build.Read("Inherits.log").TrimEnd('\n').Split('\n');
        // the two streams are read each by itself
        log.Order().ShouldBe(lines.Order());
        (log[0], log[^1]).ShouldBe(("first", "last"));
        foreach (var line in lines)
        {
            build.Output.ShouldContain("        " + line + "\n");
        }

        build.Output.ShouldNotContain("s3cr");
    }

    [Fact]
    public async Task Is_whole_when_the_target_ends_and_masked_together_with_what_its_code_writes()
    {
        using var build = await TinyBuild.RunAsync(["AfterHalves"], Secret);
        build.ExitCode.ShouldBe(0, build.Output);
        build.Read("Halves.log").ShouldBe("pw: *** tail\nends with s3\n");
        build.Read("AfterHalves.log").ShouldBe("second\n");
        build.Output.ShouldContain("        pw: *** tail\n        ends with s3\nok    Halves ");
    }

    [Fact]
    public async Task Is_shared_while_several_targets_run()
    {
        using var build = await TinyBuild.RunAsync(["Shared"]);
        build.ExitCode.ShouldBe(0, build.Output);
        build.Output.ShouldContain("        (shared): child of other\n");
        build.Read("shared.log").ShouldContain("child of other\n");
    }

    [Fact]
    public async Task Many_writers_in_many_ways_do_not_wait_for_each_other_for_ever()
    {
        using var build = await TinyBuild.RunAsync(["Loud"]);
        build.ExitCode.ShouldBe(0, build.Output);
        foreach (var who in new[] { "console", "target", "child" })
        {
            build
                .Output.Split('\n')
                .Count(l => l.EndsWith($"from the {who}", StringComparison.Ordinal))
                .ShouldBe(2000);
        }
    }
}
