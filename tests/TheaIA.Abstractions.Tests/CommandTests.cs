namespace TheaIA.Abstractions.Tests;

public sealed class CommandTests
{
    [Fact]
    public void A_command_reads_as_a_person_would_type_it() =>
        new Command("git", "commit", "-m", "two words", "")
            .ToString()
            .ShouldBe("git commit -m 'two words' ''");

    [Fact]
    public void A_command_runs_in_the_root_with_nothing_added_by_default()
    {
        var command = new Command("git", "status");
        command.WorkingDirectory.ShouldBeNull();
        command.Environment.ShouldBeEmpty();
        command.Input.ShouldBeNull();
    }

    [Fact]
    public void A_result_with_exit_code_0_is_given_back()
    {
        var result = new CommandResult(0, "out", "");
        result.OrThrow(new Command("git", "status")).ShouldBeSameAs(result);
    }

    [Fact]
    public void A_failed_command_is_named_with_its_exit_code_and_its_last_20_lines()
    {
        var lines = string.Join('\n', Enumerable.Range(1, 30).Select(i => $"line {i}  "));
        var thrown = Should.Throw<OutcomeException>(() =>
            new CommandResult(3, lines, "\nat the end\n").OrThrow(new Command("git", "push"))
        );
        thrown.Message.ShouldBe("`git push` ended with exit code 3.");
        thrown.Outcome.ShouldBe(Outcome.Failed);
        thrown.Details.Count.ShouldBe(20);
        thrown.Details[0].ShouldBe("line 12");
        thrown.Details[^1].ShouldBe("at the end");
    }
}
