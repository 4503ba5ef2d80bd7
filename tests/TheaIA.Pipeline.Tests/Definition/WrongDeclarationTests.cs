using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Definition;

/// <summary>Gates and keys that a target cannot have: one sentence, exit 2, nothing ran.</summary>
public sealed class WrongDeclarationTests
{
    [Theory]
    [InlineData("empty", "A has a gate without a name: Named. Give it a Name.")]
    [InlineData("blank", "A has a gate without a name: Named. Give it a Name.")]
    [InlineData("unnamed", "A has a gate without a name: Named. Give it a Name.")]
    [InlineData("no gate", "A has a gate that is null. Give it a gate, or take Gate out.")]
    [InlineData("no key", "A: input key 2 is null. Say what to ask, or take it out.")]
    public async Task It_refuses_the_whole_program(string what, string expected)
    {
        using var checkout = new Checkout();
        Build.What = what;
        var answer = await checkout.RunAsync<Build>("Free");
        answer.Output.ShouldBe(expected + "\n");
        answer.Code.ShouldBe(2);
        answer.Ran.ShouldBe("");
    }

    private sealed class Named(string name) : IGate
    {
        public string Name => name;

        public Task<Measurement> MeasureAsync(CancellationToken cancel) =>
            Task.FromResult(new Measurement(Verdict.Pass, "never asked"));
    }

    public class Build : TestBuild
    {
        private static readonly AsyncLocal<string?> Said = new();

        internal static string What
        {
            set => Said.Value = value;
        }

        Target Free => _ => _.Executes(() => Ran(nameof(Free)));
        Target A =>
            _ =>
                Said.Value switch
                {
                    "empty" => _.Gate(new Named("size"), new Named("")),
                    "blank" => _.Gate(new Named(" ")),
                    "unnamed" => _.Gate(new Named(null!)),
                    "no gate" => _.Gate((IGate)null!),
                    _ => _.Inputs("in/**").InputKeys(() => "x", null!),
                };
    }
}
