namespace TheaIA.Pipeline.Tests.Parameters;

public sealed class SourcesTests : IDisposable
{
    private const string Common = ".nuke/parameters.json";

    private readonly Reading _reading = new();

    public void Dispose() => _reading.Dispose();

    [Fact]
    public void The_command_line_wins_then_the_environment_then_profiles_then_the_common_file()
    {
        _reading.Write(Common, """{ "$schema": "./build.schema.json", "Text": "common" }""");
        Text().ShouldBe("common");
        _reading.Write(".nuke/parameters.a.json", """{ "Text": "a" }""");
        _reading.Write(".nuke/parameters.b.json", """{ "text": "b" }""");
        Text().ShouldBe("common");
        Text("--profile", "a").ShouldBe("a");
        Text("--profile", "a", "b").ShouldBe("b");
        _reading.Set("TEXT", "variable");
        Text("--profile", "a").ShouldBe("variable");
        Text("--text", "typed").ShouldBe("typed");
    }

    [Fact]
    public void An_empty_value_counts_as_not_set()
    {
        _reading.Write(
            ".nuke/parameters.a.json",
            """{ "Text": "", "Names": [], "Number": null }"""
        );
        _reading.Write(Common, """{ "Text": "common", "Names": ["x"], "Number": 3 }""");
        _reading.Set("TEXT", "").Set("NUKE_TEXT", "");

        var service = _reading.Read<SampleBuild>("--text", "", "--number=", "--profile", "a");

        service.Value<SampleBuild>(b => b.Text).ShouldBe("common");
        service.Value<SampleBuild>(b => b.Names).ShouldBe(new[] { "x" });
        service.Value<SampleBuild>(b => b.Number).ShouldBe(3);
    }

    [Theory]
    [InlineData("GitHubToken")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("GIT_HUB_TOKEN")]
    [InlineData("githubtoken")]
    [InlineData("NUKE_GITHUB_TOKEN")]
    public void A_variable_is_found_by_letters_and_digits_and_may_have_a_prefix(string name)
    {
        _reading.Set(name, "x").Set("THEAIA_GITHUB_TOKEN", "other");

        _reading.Read<SampleBuild>().Value<SampleBuild>(b => b.GitHubToken).ShouldBe("x");
    }

    [Fact]
    public void The_exact_name_comes_first_then_the_usual_one_then_the_prefix()
    {
        string? Token() =>
            (string?)_reading.Read<SampleBuild>().Value<SampleBuild>(b => b.GitHubToken);

        _reading.Set("NUKE_GITHUB_TOKEN", "prefix");
        Token().ShouldBe("prefix");
        _reading.Set("GIT_HUB_TOKEN", "unusual").Set("GITHUB_TOKEN", "usual");
        Token().ShouldBe("usual");
        _reading.Set("GitHubToken", "exact");
        Token().ShouldBe("exact");
    }

    [Fact]
    public void A_file_holds_texts_numbers_switches_lists_and_objects()
    {
        _reading.Write(
            Common,
            "\uFEFF"
                + """
                {
                    "Text": "a,b", "Number": -5, "Fix": true, "Shared": 7,
                    "Names": ["a,b", "c", null], "Numbers": "1;2",
                    "Weights": { "a": 1, "b": 2 }
                }
                """
        );

        var service = _reading.Read<SampleBuild>();

        service.Value<SampleBuild>(b => b.Text).ShouldBe("a,b");
        service.Value<SampleBuild>(b => b.Number).ShouldBe(-5);
        service.Value<SampleBuild>(b => b.Fix).ShouldBe(true);
        service.Value<SampleBuild>(b => b.Names).ShouldBe(new[] { "a,b", "c" });
        service.Value<SampleBuild>(b => b.Numbers).ShouldBe(new List<int> { 1, 2 });
        service
            .Value<SampleBuild>(b => b.Weights)
            .ShouldBe(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 });
    }

    [Theory]
    [InlineData("{\n  \"Verbosity\": ,\n}\n", "line 2, column 16: ',' cannot stand here.")]
    [InlineData("{\n  \"é\": ,\n}\n", "line 2, column 8: ',' cannot stand here.")]
    [InlineData("{ \"Text\": \"a\" ", "line 1, column 15: the file ends too early.")]
    [InlineData("", "line 1, column 1: the file ends too early.")]
    [InlineData("[]", "line 1, column 1: the file must hold one object: { }.")]
    [InlineData("{ \"Text\": \"a\" } x", "line 1, column 17: 'x' cannot stand here.")]
    [InlineData(
        "{ \"Text\": \"a\n\" }",
        "line 1, column 13: a control character cannot stand here."
    )]
    [InlineData(
        "{ \"Names\": [[1]] }",
        "line 1, column 3: no parameter takes lists or objects within others."
    )]
    [InlineData(
        "{ \"Weights\": { \"a\": {} } }",
        "line 1, column 3: no parameter takes lists or objects within others."
    )]
    [InlineData(
        "{ \"Text\": 1,\n \"text\": 2 }",
        "line 2, column 2: 'text' stands there a second time."
    )]
    [InlineData(
        "{ \"Text\": \"\\ud800\" }",
        "line 1, column 11: this text is not valid UTF-8, or has half of a character as \\uXXXX."
    )]
    [InlineData("{ \"Names\": [\"a\", null] }", "line 1, column 3: a list holds no null.")]
    [InlineData(
        "{ \"Names\": { \"a\": 1 } }",
        "line 1, column 3: Names takes no object with names."
    )]
    [InlineData(
        "{\n\"Confguration\": \"Debug\" }",
        "line 2, column 1: there is no parameter 'Confguration'. Did you mean Configuration?   ./build.sh --help lists all."
    )]
    [InlineData(
        "{ \"Wibble\": 1 }",
        "line 1, column 3: there is no parameter 'Wibble'.   ./build.sh --help lists all."
    )]
    [InlineData(
        "{ \"Target\": \"Deploy\" }",
        "line 1, column 3: Target is taken from the command line only: --target."
    )]
    public void A_broken_file_is_told_with_its_place(string text, string sentence) =>
        _reading.Write(Common, text).Error<SampleBuild>().ShouldBe($"{Common}, {sentence}");

    [Fact]
    public void A_file_of_other_bytes_is_told_with_its_place()
    {
        (_reading.Root / Common).WriteAllBytes([(byte)'{', 0xFF]);

        _reading
            .Error<SampleBuild>()
            .ShouldBe($"{Common}, line 1, column 2: this text is not valid UTF-8.");
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error()
    {
        (_reading.Root / Common).CreateDirectory();

        _reading.Error<SampleBuild>().ShouldStartWith($"{Common} cannot be read: ");
    }

    [Fact]
    public void A_list_for_one_value_is_an_error() =>
        _reading
            .Write(Common, """{ "Text": ["a", "b"] }""")
            .Error<SampleBuild>()
            .ShouldBe($"--text takes one value, not 2. From {Common}.");

    [Theory]
    [InlineData("devlopment", " Did you mean development?")]
    [InlineData("moon", " There are development, night.")]
    [InlineData("../parameters", " There are development, night.")]
    public void A_profile_without_a_file_is_an_error(string profile, string hint)
    {
        _reading.Write(".nuke/parameters.development.json", "{}");
        _reading.Write(".nuke/parameters.night.json", "{}");

        _reading
            .Error<SampleBuild>("--profile", profile)
            .ShouldBe(
                $"There is no profile '{profile}': no file .nuke/parameters.{profile}.json.{hint}"
            );
    }

    [Fact]
    public void A_profile_where_there_are_none_is_an_error() =>
        _reading
            .Error<SampleBuild>("--profile", "x")
            .ShouldBe("There is no profile 'x': no file .nuke/parameters.x.json.");

    [Fact]
    public void What_is_for_the_command_line_only_comes_from_nowhere_else()
    {
        _reading
            .Set("ENVIRONMENT", "production")
            .Set("NUKE_ENVIRONMENT", "production")
            .Set("Environment", "production");

        _reading.Read<DeployBuild>().Value<DeployBuild>(b => b.Environment).ShouldBeNull();
        _reading
            .Read<DeployBuild>("--environment", "staging")
            .Value<DeployBuild>(b => b.Environment)
            .ShouldBe("staging");
        _reading
            .Write(Common, """{ "Environment": "production" }""")
            .Error<DeployBuild>()
            .ShouldBe(
                $"{Common}, line 1, column 3: Environment is taken from the command line only: --environment."
            );
    }

    private string? Text(params string[] words) =>
        (string?)_reading.Read<SampleBuild>(words).Value<SampleBuild>(b => b.Text);
}
