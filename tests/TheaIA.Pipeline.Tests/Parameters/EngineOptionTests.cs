using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Parameters;

public sealed class EngineOptionTests : IDisposable
{
    private readonly Reading _reading = new();

    public void Dispose() => _reading.Dispose();

    [Fact]
    public void Nothing_given_gives_the_defaults()
    {
        var options = Options();

        options.Targets.ShouldBeEmpty();
        options.Skip.ShouldBeNull();
        (options.Plan, options.Help, options.List).ShouldBe(
            (PlanFormat.None, PlanFormat.None, false)
        );
        (options.NoLogo, options.Sequential, options.Continue).ShouldBe((false, false, false));
        (options.MaxParallel, options.Root, options.Host, options.Partition).ShouldBe(
            (null, null, null, null)
        );
        options.Verbosity.ShouldBe(Verbosity.Normal);
        options.Profiles.ShouldBeEmpty();
        (options.Rerun, options.Cache, options.CacheSize).ShouldBe((null, null, 10L << 30));
    }

    [Fact]
    public void Targets_come_before_the_first_option_or_behind_target() =>
        Options("Test", "", "Lint+Pack", "--target", "A+B", "C,D", "--target", "E")
            .Targets.ShouldBe(["Test", "Lint", "Pack", "A", "B", "C", "D", "E"]);

    [Fact]
    public void All_options_are_read()
    {
        var options = Options(
            "--Plan",
            "json",
            "--list",
            "--NOLOGO",
            "--sequential",
            "--max-parallel",
            "3",
            "--root",
            "/r",
            "--host=Terminal",
            "-verbosity",
            "QUIET",
            "--partition",
            "1/2",
            "--continue",
            "--rerun",
            "E+F",
            "--cache",
            "../kept",
            "--cache-size",
            "1.5GiB",
            "--profile",
            "a",
            "b",
            "--profile=c",
            "--skip",
            "A+B",
            "C",
            "--help",
            "text"
        );

        options.Plan.ShouldBe(PlanFormat.Json);
        options.Help.ShouldBe(PlanFormat.Text);
        (options.List, options.NoLogo, options.Sequential, options.Continue).ShouldBe(
            (true, true, true, true)
        );
        (options.MaxParallel, options.Root, options.Host).ShouldBe((3, "/r", "Terminal"));
        options.Partition.ShouldBe((1, 2));
        options.Verbosity.ShouldBe(Verbosity.Quiet);
        options.Profiles.ShouldBe(["a", "b", "c"]);
        options.Skip.ShouldBe(["A", "B", "C"]);
        options.Rerun.ShouldBe(["E", "F"]);
        (options.Cache, options.CacheSize).ShouldBe(("../kept", 3L << 29));
    }

    [Theory]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("--help")]
    [InlineData("--help=")]
    public void Help_has_short_names(string word) => Options(word).Help.ShouldBe(PlanFormat.Text);

    [Fact]
    public void Skip_alone_is_not_the_same_as_no_skip_or_an_empty_one()
    {
        Options("Test", "--skip").Skip.ShouldBe([]);
        Options("Test", "--skip", "").Skip.ShouldBeNull();
    }

    [Fact]
    public void Rerun_alone_is_not_the_same_as_no_rerun_or_an_empty_one()
    {
        Options("Test", "--rerun").Rerun.ShouldBe([]);
        Options("Test", "--rerun", "").Rerun.ShouldBeNull();
    }

    [Theory]
    [InlineData("500MB", 500_000_000L)]
    [InlineData("500 mb", 500_000_000L)]
    [InlineData("0.5KiB", 512L)]
    [InlineData("1b", 1L)]
    [InlineData("7TiB", 7L << 40)]
    [InlineData("0GB", null)]
    [InlineData("-1GB", null)]
    [InlineData("0.1B", null)]
    [InlineData("9999999999TiB", null)]
    [InlineData("GB", null)]
    [InlineData("10", null)]
    [InlineData("ten MB", null)]
    public void A_size_is_a_number_with_its_unit(string text, long? bytes) =>
        ByteSize.Parse(text).ShouldBe(bytes);

    [Fact]
    public void A_switch_may_be_false_and_an_empty_one_is_not_set()
    {
        Options("--no-logo", "false").NoLogo.ShouldBeFalse();
        Options("--no-logo=").NoLogo.ShouldBeFalse();
        Options("--plan", "").Plan.ShouldBe(PlanFormat.Text);
    }

    [Theory]
    [InlineData(
        "--verbosity 'loud' is not one of Quiet, Minimal, Normal, Verbose. From the command line.",
        "--verbosity",
        "loud"
    )]
    [InlineData(
        "--max-parallel '0' is not a whole number from 1 to 2147483647. From the command line.",
        "--max-parallel",
        "0"
    )]
    [InlineData(
        "--max-parallel '-5' is not a whole number from 1 to 2147483647. From the command line.",
        "--max-parallel",
        "-5"
    )]
    [InlineData(
        "--partition '3/2' is not a part like 1/2. From the command line.",
        "--partition",
        "3/2"
    )]
    [InlineData(
        "--partition '1' is not a part like 1/2. From the command line.",
        "--partition",
        "1"
    )]
    [InlineData(
        "--plan 'Deploy' is not text or json (targets come before the first option). From the command line.",
        "--plan",
        "Deploy"
    )]
    [InlineData(
        "--list 'Deploy' is not true or false (targets come before the first option). From the command line.",
        "--list",
        "Deploy"
    )]
    [InlineData(
        "--cache-size '10' is not a size like 500MB or 10GiB. From the command line.",
        "--cache-size",
        "10"
    )]
    [InlineData("--cache needs a value: DIR.", "--cache")]
    [InlineData("--root needs a value: PATH.", "--root")]
    [InlineData("--target needs a value: A+B.", "--target")]
    [InlineData(
        "'b' does not belong to --host, which takes one value: targets come before the first option.",
        "--host",
        "a",
        "b"
    )]
    [InlineData("--host is given 2 times, but takes one value.", "--host", "a", "--HOST", "b")]
    [InlineData(
        "There is no option '--fliter'. Did you mean --filter?   ./build.sh --help lists all.",
        "Test",
        "--fliter",
        "x"
    )]
    [InlineData("There is no option '--wibble'.   ./build.sh --help lists all.", "--wibble")]
    [InlineData("There is no option '--'.   ./build.sh --help lists all.", "--", "x")]
    [InlineData(
        "--number needs a value: a whole number from -2147483648 to 2147483647.",
        "--number"
    )]
    [InlineData("--filter needs a value: text.", "--filter", "--fix")]
    [InlineData("--names needs a value: text.", "--names")]
    [InlineData(
        "'b' does not belong to --filter, which takes one value: targets come before the first option.",
        "--filter",
        "a",
        "b"
    )]
    [InlineData(
        "--filter is given 3 times, but takes one value.",
        "--filter",
        "a",
        "--filter",
        "b",
        "--filter",
        "c"
    )]
    public void What_is_wrong_is_one_sentence(string sentence, params string[] words) =>
        _reading.Error<SampleBuild>(words).ShouldBe(sentence);

    [Fact]
    public void All_that_is_wrong_is_told_at_once() =>
        _reading
            .Set("RATIO", "half")
            .Write(".nuke/parameters.json", """{ "Small": 300 }""")
            .Error<SampleBuild>("--fliter", "x", "--number", "y")
            .ShouldBe(
                """
                4 options or parameters are wrong:
                There is no option '--fliter'. Did you mean --filter?   ./build.sh --help lists all.
                --number 'y' is not a whole number from -2147483648 to 2147483647. From the command line.
                --ratio 'half' is not a number (42, 0.5). From the environment variable RATIO.
                --small '300' is not a whole number from 0 to 255. From .nuke/parameters.json.
                """
            );

    [Fact]
    public void Help_is_shown_whatever_is_wrong()
    {
        var service = _reading
            .Write(".nuke/parameters.json", "{ broken")
            .Read<SampleBuild>("--help", "json", "--number", "x", "--nothing");

        service.Options.Help.ShouldBe(PlanFormat.Json);
        service.Value<SampleBuild>(b => b.Number).ShouldBeNull();
    }

    [Fact]
    public void Settings_may_stand_in_the_environment_and_in_files_and_the_command_line_wins()
    {
        _reading
            .Write(
                ".nuke/parameters.json",
                """{ "Verbosity": "Quiet", "NoLogo": true, "MaxParallel": 2, "host": "" }"""
            )
            .Set("VERBOSITY", "loud")
            .Set("HOST", "stray")
            .Set("NUKE_MAX_PARALLEL", "4");

        var options = Options("--no-logo", "false");

        (options.Verbosity, options.NoLogo, options.MaxParallel, options.Host).ShouldBe(
            (Verbosity.Quiet, false, 4, null)
        );
    }

    [Theory]
    [InlineData("TARGET", "Deploy")]
    [InlineData("NUKE_TARGET", "Deploy")]
    [InlineData("SKIP", "Coverage")]
    [InlineData("NUKE_SKIP", "Coverage")]
    [InlineData("PLAN", "json")]
    [InlineData("NUKE_RERUN", "Deploy")]
    public void What_has_consequences_is_not_read_from_the_environment(
        string variable,
        string value
    )
    {
        var options = _reading.Set(variable, value).Read<SampleBuild>().Options;

        options.ShouldBe(
            new EngineOptions { Targets = options.Targets, Profiles = options.Profiles }
        );
        options.Targets.ShouldBeEmpty();
    }

    [Fact]
    public void The_root_is_found_from_the_command_line_and_its_errors_come_second()
    {
        EngineOptions? seen = null;
        ParameterService Read(params string[] words) =>
            ParameterService.Create(
                typeof(SampleBuild),
                words,
                new Dictionary<string, string>(),
                options =>
                {
                    seen = options;
                    throw new OutcomeException(Outcome.Wrong, "No checkout.");
                }
            );

        Should.Throw<OutcomeException>(() => Read("--root", "/x")).Message.ShouldBe("No checkout.");
        seen!.Root.ShouldBe("/x");
        Should
            .Throw<OutcomeException>(() => Read("--nothing"))
            .Message.ShouldBe("There is no option '--nothing'.   ./build.sh --help lists all.");
    }

    private EngineOptions Options(params string[] words)
    {
        foreach (var profile in new[] { "a", "b", "c" })
        {
            _reading.Write($".nuke/parameters.{profile}.json", "{}");
        }

        return _reading.Read<SampleBuild>(words).Options;
    }
}
