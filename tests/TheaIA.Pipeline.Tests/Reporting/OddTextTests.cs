using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Reporting;

/// <summary>Messages that are empty, too long, or hold what a terminal would obey.</summary>
public sealed class OddTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public async Task An_exception_without_a_message_is_told_by_its_type_alone(string message)
    {
        (await ThrowAsync(new InvalidOperationException(message))).FirstLine.ShouldBe(
            "FAIL  Bad            0.0 s   InvalidOperationException"
        );
        (await ThrowAsync(new OutcomeException(Outcome.Refused, message))).FirstLine.ShouldBe(
            "NO    Bad            0.0 s   OutcomeException"
        );
    }

    [Fact]
    public async Task What_a_terminal_would_obey_is_shown_and_not_done()
    {
        var answer = await ThrowAsync(
            new OutcomeException(Outcome.Failed, "\e[2Jgone\r\a\0\u009b!\r\nsecond\e")
            {
                Details = ["third\b", "fourth\nfifth"],
                Closing = "Mend\e it.\nThen run.",
            }
        );
        answer.Output.ShouldBe(
            """
            FAIL  Bad            0.0 s   \u001b[2Jgone\r\a\0\u009b!
                    second\u001b
                    third\b
                    fourth
                    fifth

            Mend\u001b it.
            Then run.

            """
        );
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\e[1;31mred\e[0m", "\e[1;31mred\e[0m")]
    [InlineData("a\e[2J\e[10;1Hb\e[?25lc\e[Kd", "abcd")]
    [InlineData("a\e]0;title\ab\e]8;;http://x\e\\c\ecd\e(Be", "abcde")]
    [InlineData("cut\e[", "cut")]
    [InlineData("1 %\r\e[32m50 %\e[0m\r\e[K100 %", "1 % \e[32m50 %\e[0m 100 %")]
    [InlineData("cut\e]0;never ends", "cut")]
    [InlineData("cut\e", "cut")]
    public void Of_a_targets_own_line_a_terminal_gets_the_colours_alone(string line, string shown)
    {
        Visible.Coloured(line).ShouldBe(shown);
        using var output = new StringWriter();
        using (var screen = new TerminalScreen(output, TimeProvider.System, ownsProcess: false))
        {
            screen.Write(line, LineStyle.Text);
        }

        output.ToString().ShouldBe(shown + "\n");
    }

    [Fact]
    public async Task The_same_of_a_changed_files_name_and_of_a_reason_to_pass_over()
    {
        using var checkout = new Checkout();
        await checkout.RunAsync<Build>("Reads");
        checkout.Write("in/a\e[31m\nb", "x");
        (await checkout.RunAsync<Build>("Reads")).FirstLine.ShouldBe(
            @"ok    Reads          0.0 s   changed: in/a\u001b[31m\nb"
        );
        string[] words = ["Gated", "--override", "size", "--reason", "why\e[0m\rnot"];
        var passed = await checkout.RunAsync<Build>(words);
        passed.Code.ShouldBe(0);
        passed.FirstLine.ShouldStartWith(
            @"note  Gated            -     size: waived: 9 MB: ""why\u001b[0m\rnot"" ("
        );
    }

    [Fact]
    public async Task What_refuses_the_run_is_shown_the_same_way()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("No\e[2Jsuch");
        answer.Code.ShouldBe(2);
        answer.FirstLine.ShouldStartWith(@"There is no target 'No\u001b[2Jsuch'.");
    }

    [Fact]
    public async Task What_a_target_itself_writes_stays_as_it_is()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Build>("Paints")).Output.ShouldContain("\e[31mred\e[0m");
    }

    [Fact]
    public async Task A_message_that_is_very_long_is_cut_and_whole_in_the_log()
    {
        using var checkout = new Checkout();
        const string Head = "InvalidOperationException: ";
        var kept = new string('x', 1999 - Head.Length);
        var message = $"{kept}\U0001F642{new string('y', 300_000)}";
        Build.Thrown = new InvalidOperationException(message);
        var answer = await checkout.RunAsync<Build>("Bad");
        // half a character is none
        answer.Output.ShouldContain($"{kept}...\n");
        checkout.Read(".nuke/temp/runs/20261124-140200-4711/Bad.log").ShouldContain(message);
    }

    [Fact]
    public async Task What_stands_behind_a_name_as_wide_as_the_page_goes_on_below_it()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<LongNamed>("--help");
        answer.Code.ShouldBe(0);
        answer.Output.ShouldContain(
            """

              --where-the-documentation-of-the-service-goes-with-a-long-name-indeed-so-that-it-does-not-fit
                    where the documentation goes

            """
        );
    }

    public class LongNamed : NukeBuild
    {
        [Parameter("where the documentation goes")]
        public readonly string? WhereTheDocumentationOfTheServiceGoesWithALongNameIndeedSoThatItDoesNotFit;
    }

    private static async Task<Answer> ThrowAsync(Exception thrown)
    {
        using var checkout = new Checkout();
        Build.Thrown = thrown;
        return await checkout.RunAsync<Build>("Bad");
    }

    private sealed class TooBig : IGate
    {
        public string Name => "size";

        public Task<Measurement> MeasureAsync(CancellationToken cancel) =>
            Task.FromResult(new Measurement(Verdict.Fail, "9 MB"));
    }

    public class Build : TestBuild
    {
        private static readonly AsyncLocal<Exception?> Kept = new();

        internal static Exception Thrown
        {
            set => Kept.Value = value;
        }

        Target Bad => _ => _.Executes(() => throw Kept.Value!);
        Target Reads => _ => _.Inputs("in/**").Executes(() => Ran("reads"));
        Target Gated => _ => _.Gate(new TooBig()).Executes(() => Ran("gated"));
        Target Paints => _ => _.Executes(() => Console.WriteLine("\e[31mred\e[0m"));
    }
}
