using System.Text.RegularExpressions;

namespace TheaIA.Pipeline.Tests.Reporting;

/// <summary>Each target's output stays together, however many write at once.</summary>
public sealed class TogetherTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" --host Terminal")]
    public async Task Lines_of_others_wait_for_their_turn(string host)
    {
        using var checkout = new Checkout { Time = TimeProvider.System };
        var answer = await checkout.RunAsync<Build>("A B" + host);
        answer.Code.ShouldBe(0, answer.Output);
        var lines = answer
            .Output.Split('\n')
            .Select(l => Plain(l))
            .Where(l =>
                l.StartsWith("A:", StringComparison.Ordinal)
                || l.StartsWith("B:", StringComparison.Ordinal)
            )
            .ToList();
        lines.ShouldBe(
            lines[0][0] == 'A'
                ? ["A: 1", "A: 2", "A: 3", "B: 1", "B: 2", "B: 3"]
                : ["B: 1", "B: 2", "B: 3", "A: 1", "A: 2", "A: 3"]
        );
    }

    // a live view that had the time to show itself draws its rows around them
    private static string Plain(string line) =>
        Regex.Replace(line, @"\e\[[0-9;?]*[A-Za-z]", "").Trim();

    public class Build : TestBuild
    {
        private readonly Barrier _each = new(2);

        Target A => _ => _.Executes(Write);
        Target B => _ => _.Executes(Write);

        private void Write()
        {
            for (var i = 1; i <= 3; i++)
            {
                _each.SignalAndWait();
                Console.WriteLine(i);
            }
        }
    }
}
