using System.Text.Json;
using TheaIA.Pipeline.Tests.Processes;

namespace TheaIA.Pipeline.Tests.Reporting;

/// <summary>What a person sees, whole, for each host.</summary>
public sealed class ScreenTests
{
    [Theory]
    [InlineData("Plain", "Deploy")]
    [InlineData("Plain", "After")]
    [InlineData("Terminal", "Deploy")]
    [InlineData("Terminal", "After")]
    [InlineData("GitHubActions", "Deploy")]
    [InlineData("GitHubActions", "After")]
    public async Task A_run(string host, string target)
    {
        using var checkout = new Checkout();
        checkout.Write("src/a", "x");
        var answer = await checkout.RunAsync<ShownBuild>($"{target} --host {host}");
        Snapshot.Match(answer.Output, $"run-{host}-{target}");
    }

    [Fact]
    public async Task A_second_run_with_nothing_changed()
    {
        using var checkout = new Checkout();
        checkout.Write("src/a", "x");
        await checkout.RunAsync<ShownBuild>("Deploy");
        var answer = await checkout.RunAsync<ShownBuild>("Deploy");
        Snapshot.Match(answer.Output, "run-again");
    }

    [Theory]
    [InlineData("quiet", "Deploy")]
    [InlineData("quiet", "After")]
    [InlineData("minimal", "After")]
    public async Task A_run_that_says_less(string verbosity, string target)
    {
        using var checkout = new Checkout();
        checkout.Write("src/a", "x");
        var answer = await checkout.RunAsync<ShownBuild>($"{target} --verbosity {verbosity}");
        Snapshot.Match(answer.Output, $"run-{verbosity}-{target}");
    }

    [Fact]
    public async Task No_line_is_wider_than_100_columns()
    {
        using var checkout = new Checkout();
        foreach (var commandLine in new[] { "Deploy", "After", "--help", "Deploy --plan" })
        {
            var answer = await checkout.RunAsync<ShownBuild>(commandLine);
            answer.Output.Split('\n').ShouldAllBe(line => line.Length <= 100);
        }
    }

    [Fact]
    public async Task Help()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<ShownBuild>("--help", x => x.Test);
        Snapshot.Match(answer.Output, "help");
        answer.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Help_of_a_build_without_anything()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Empty>("--help");
        Snapshot.Match(answer.Output, "help-empty");
    }

    [Fact]
    public async Task Help_as_json()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<ShownBuild>("--help json", x => x.Test);
        Snapshot.Match(answer.Output, "help-json");
        JsonDocument
            .Parse(answer.Output)
            .RootElement.GetProperty("targets")
            .GetArrayLength()
            .ShouldBe(10);
    }

    /// <summary>The texts are masked, and what is no text is left alone.</summary>
    [Theory]
    [InlineData("1", "--plan json")]
    [InlineData("\"", "--plan json")]
    [InlineData("name", "--plan json")]
    [InlineData("false", "--help json")]
    [InlineData("\n", "--help json")]
    [InlineData("Restore", "--help json")]
    public async Task What_programs_read_stays_whole_whatever_a_secret_is(
        string secret,
        string commandLine
    )
    {
        using var checkout = new Checkout();
        checkout.Environment["KEY"] = secret;
        var answer = await checkout.RunAsync<Secretive>(commandLine, x => x.Restore);
        var target = JsonDocument
            .Parse(answer.Output)
            .RootElement.GetProperty("targets")
            .EnumerateArray()
            .First();
        target.GetProperty("name").GetString().ShouldBe(secret == "Restore" ? "***" : "Restore");
    }

    [Theory]
    [InlineData("--plan json")]
    [InlineData("--help json")]
    [InlineData("--list")]
    [InlineData("Runs --show json")]
    public async Task What_the_build_program_prints_is_not_before_what_programs_read(string asked)
    {
        using var build = await TinyBuild.RunAsync(asked.Split(' '), token: "talks");
        build.ExitCode.ShouldBe(0, build.Output);
        build.Errors.ShouldBe("made\n");
    }

    [Fact]
    public async Task List()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<ShownBuild>("--list");
        answer.Output.ShouldBe(
            "Restore\nCompile\nTest\nSign\nDocs\nDeploy\nStatus\nBreaks\nAfter\n"
        );
    }

    [Fact]
    public async Task Plan()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<ShownBuild>("Deploy --plan", x => x.Test);
        Snapshot.Match(answer.Output, "plan");
        (await checkout.RunAsync<ShownBuild>("--plan", x => x.Test)).Output.ShouldContain(
            "the default"
        );
        (await checkout.RunAsync<ShownBuild>("Test --plan", x => x.Test)).Output.ShouldContain(
            "asked for"
        );
        answer.Ran.ShouldBe("");
    }

    [Fact]
    public async Task Plan_as_json()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<ShownBuild>("Deploy --plan json");
        Snapshot.Match(answer.Output, "plan-json");
        JsonDocument
            .Parse(answer.Output)
            .RootElement.GetProperty("targets")
            .GetArrayLength()
            .ShouldBe(7);
    }

    [Fact]
    public async Task No_logo_leaves_the_first_line_out()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<ShownBuild>("Deploy")).FirstLine.ShouldBe(
            "theaia-api 3f2c1a9 (main, clean) -> development"
        );
        (await checkout.RunAsync<ShownBuild>("Deploy --no-logo")).FirstLine.ShouldStartWith("-  ");
    }

    [Fact]
    public async Task An_answer_stands_alone()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<ShownBuild>("Status");
        answer.Output.ShouldBe("development  3f2c1a9 4be1f0aa9c02  today 14:02\n");
    }

    [Fact]
    public async Task A_wrong_command_line_is_an_annotation_on_GitHub()
    {
        using var checkout = new Checkout();
        checkout.Environment["GITHUB_ACTIONS"] = "true";
        var answer = await checkout.RunAsync<ShownBuild>("Nothing");
        answer.Output.ShouldBe(
            "There is no target 'Nothing'.   ./build.sh --help lists all.\n"
                + "::error title=build::There is no target 'Nothing'.   ./build.sh --help lists all.\n"
        );
    }

    [Theory]
    [InlineData(0, "0 s ago")]
    [InlineData(41, "41 s ago")]
    [InlineData(200, "3 min ago")]
    [InlineData(7300, "2 h ago")]
    [InlineData(400_000, "4 days ago")]
    public void Times_that_passed_are_told_in_one_unit(int seconds, string expected) =>
        Layout.Ago(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Fact]
    public void A_single_long_word_stays_whole()
    {
        var path = new string('x', 120);
        Layout.Wrap("head  ", path).ShouldBe([$"head  {path}"]);
        Layout.Wrap("head  ", $"{path} and more").ShouldBe([$"head  {path}", "      and more"]);
    }

    [Theory]
    [InlineData("./build.sh Unhold --release 3f2c1a9 --reason ...", "")]
    [InlineData("./build.sh Unhold --release 3f2c1a9 --reason ...", ", or leave it.")]
    public void A_command_is_not_broken_where_it_fits_on_a_line(string command, string rest)
    {
        var before = "3f2c1a9 is held since 14:02, so that it is deployed by nobody again.";
        Layout.Wrap("", $"{before} {command}{rest}").ShouldBe([before, command + rest]);
        // one that fits beside it stays there, and a longer one is broken
        Layout.Wrap("", $"{before} ./build.sh Status").ShouldBe([$"{before} ./build.sh Status"]);
        var digest = new string('x', 90);
        Layout
            .Wrap("", $"{before} ./build.sh Deploy --release {digest}")
            .ShouldBe([$"{before} ./build.sh Deploy --release", digest]);
    }

    public class Empty : NukeBuild;

    public class Secretive : NukeBuild
    {
        [Parameter("Opens"), Secret]
        string? Key { get; set; }

        public Target Restore => _ => _.Executes(() => { });
    }
}
