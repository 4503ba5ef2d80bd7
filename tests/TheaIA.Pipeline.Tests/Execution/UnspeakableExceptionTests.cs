namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>An exception that cannot say itself fails its target as any other does.</summary>
public sealed class UnspeakableExceptionTests
{
    [Theory]
    [InlineData("Null")]
    [InlineData("Throwing")]
    public async Task A_target_whose_exception_cannot_say_itself_fails_with_a_line(string target)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>($"{target} Behind");
        answer.Code.ShouldBe(1);
        answer.Ran.ShouldBe("");
        answer.FirstLine.ShouldBe($"FAIL  {target, -14} 0.0 s   Odd");
        answer.LastLine.ShouldStartWith($"Failed: {target}. Its log: ");
        checkout
            .Read($".nuke/temp/runs/20261124-140200-4711/{target}.log")
            .ShouldStartWith(typeof(Odd).FullName!);
    }

    private sealed class Odd(bool throws) : Exception
    {
        public override string Message =>
            throws ? throw new InvalidOperationException("no message") : null!;
    }

    public class Build : TestBuild
    {
        Target Null => _ => _.Executes(() => Give(new Odd(throws: false)));
        Target Throwing => _ => _.Executes(() => Give(new Odd(throws: true)));
        Target Behind => _ => _.After(Null, Throwing).Executes(() => Ran("behind"));

        private static void Give(Exception thrown) => throw thrown;
    }
}
