using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>A program that prints a password: whoever asked gets it, and no log does.</summary>
public sealed class SecretOutputTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" --verbosity verbose")]
    public async Task What_prints_a_secret_is_named_in_the_log_and_its_output_is_not(string option)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Login" + option);
        answer.Ran.ShouldBe("correct-horse");
        answer.Output.ShouldNotContain("correct-horse");
        var log = checkout.Read(".nuke/temp/runs/20261124-140200-4711/Login.log");
        log.ShouldContain("> printenv WORD");
        log.ShouldNotContain("correct-horse");
    }

    public class Build : TestBuild
    {
        Target Login =>
            _ =>
                _.Executes(async cancel =>
                {
                    var command = new Command("printenv", "WORD")
                    {
                        Environment = new Dictionary<string, string?>
                        {
                            ["WORD"] = "correct-horse",
                        },
                        PrintsSecret = true,
                    };
                    var asked = await TargetContext.Runner.RunAsync(command, cancel: cancel);
                    Ran(asked.Output.Trim());
                });
    }
}
