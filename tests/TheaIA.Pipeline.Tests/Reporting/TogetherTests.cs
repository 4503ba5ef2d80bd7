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
        // wherever they stand: a live view that had the time to show itself draws its rows around them
        var lines = Regex.Matches(answer.Output, "[AB]: [123]").Select(l => l.Value).ToList();
        lines.Count.ShouldBe(6, answer.Output);
        lines.ShouldBe(
            lines[0][0] == 'A'
                ? ["A: 1", "A: 2", "A: 3", "B: 1", "B: 2", "B: 3"]
                : ["B: 1", "B: 2", "B: 3", "A: 1", "A: 2", "A: 3"]
        );
    }

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
