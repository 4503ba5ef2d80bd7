namespace TheaIA.Pipeline.Tests.Parameters;

/// <summary>Production is down, and a file that the way back does not need is broken.</summary>
public sealed class WayBackTests : IDisposable
{
    private const string Common = ".nuke/parameters.json";
    private const string Broken = "{ \"Count\": 3,\n  \"Verbosity\": ,\n}\n";
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task It_says_what_is_broken_and_goes_back()
    {
        _checkout.Write(Common, Broken);

        var answer = await _checkout.RunAsync<Build>("Rollback");

        answer.Code.ShouldBe(0);
        answer.Output.ShouldBe(
            """
            .nuke/parameters.json, line 2, column 16: ',' cannot stand here. The way back goes on without it.
            ok    Rollback       0.0 s

            Done in 0.0 s.

            """
        );
    }

    [Fact]
    public async Task Of_a_file_that_is_no_JSON_nothing_counts()
    {
        _checkout.Write(Common, Broken);

        (await _checkout.RunAsync<Build>("Rollback")).Ran.ShouldBe("back: 1");
    }

    [Fact]
    public async Task Of_a_file_with_a_wrong_value_the_others_count()
    {
        _checkout.Write(Common, """{ "Count": 3, "Ratio": "half", "Wibble": 1 }""");

        var answer = await _checkout.RunAsync<Build>("Rollback");

        answer.Ran.ShouldBe("back: 3");
        answer.Output.ShouldBe(
            """
            .nuke/parameters.json, line 1, column 32: there is no parameter 'Wibble'.
            ./build.sh --help lists all. The way back goes on without it.
            --ratio 'half' is not a number (42, 0.5). From .nuke/parameters.json. The way back goes on without
            it.
            ok    Rollback       0.0 s

            Done in 0.0 s.

            """
        );
    }

    [Theory]
    [InlineData("Status")]
    [InlineData("Rollback Status")]
    [InlineData("")]
    [InlineData("Status --plan")]
    public async Task It_stops_every_run_of_something_else(string commandLine)
    {
        _checkout.Write(Common, Broken);

        var answer = await _checkout.RunAsync<Build>(commandLine, x => x.Rollback);

        answer.Code.ShouldBe(2);
        answer.Ran.ShouldBe("");
        answer.Output.ShouldBe(
            ".nuke/parameters.json, line 2, column 16: ',' cannot stand here.\n"
        );
    }

    [Theory]
    [InlineData("--help", "Rollback")]
    [InlineData("--list", "Rollback")]
    [InlineData("Runs", "no run")]
    public async Task Questions_about_the_program_itself_need_no_file(
        string commandLine,
        string answered
    )
    {
        _checkout.Write(Common, Broken);

        var answer = await _checkout.RunAsync<Build>(commandLine);

        answer.Code.ShouldBe(0, answer.Output);
        answer.Output.ShouldContain(answered);
    }

    [Fact]
    public async Task What_was_typed_still_has_to_be_right_and_all_is_told_at_once()
    {
        _checkout.Write(Common, Broken);

        var answer = await _checkout.RunAsync<Build>("Rollback --count x");

        answer.Code.ShouldBe(2);
        answer.Ran.ShouldBe("");
        answer.Output.ShouldBe(
            """
            2 options or parameters are wrong:
              --count 'x' is not a whole number from -2147483648 to 2147483647. From the command line.
              .nuke/parameters.json, line 2, column 16: ',' cannot stand here.

            """
        );
    }

    [Fact]
    public async Task A_profile_that_is_not_there_was_typed_and_stops_it()
    {
        var answer = await _checkout.RunAsync<Build>("Rollback --profile moon");

        answer.Code.ShouldBe(2);
        answer.Output.ShouldBe("There is no profile 'moon': no file .nuke/parameters.moon.json.\n");
    }

    public sealed class Build : NukeBuild
    {
        [Parameter]
        public readonly int Count = 1;

        [Parameter]
        public readonly double Ratio = 1;

        public Target Rollback =>
            _ => _.WayBack().Executes(() => Trace.Current.Add($"back: {Count}"));

        public Target Status => _ => _.Executes(() => Trace.Current.Add("status"));
    }
}
