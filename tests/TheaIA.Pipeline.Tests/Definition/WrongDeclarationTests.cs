using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Definition;

/// <summary>What a target cannot declare: one sentence, exit 2, nothing ran.</summary>
public sealed class WrongDeclarationTests
{
    [Theory]
    [InlineData(
        "within",
        "A is an effect and declares Within: it ends at its next safe point. Take Within out."
    )]
    [InlineData(
        "retry",
        "A is an effect and declares Retry: doing it twice may not be the same. Take Retry out."
    )]
    [InlineData(
        "outputs",
        "A is an effect and declares Outputs: it is never up to date. Take Outputs out."
    )]
    [InlineData(
        "retry once",
        "A is an effect and declares Retry: doing it twice may not be the same. Take Retry out."
    )]
    [InlineData("zero", "A: Within needs a time above zero, of at most 49 days.")]
    [InlineData("for ever", "A: Within needs a time above zero, of at most 49 days.")]
    [InlineData("waits back", "A: Retry waits for no time or some, of at most 49 days.")]
    [InlineData("waits for ever", "A: Retry waits for no time or some, of at most 49 days.")]
    [InlineData("waits too long", "A: Retry waits for no time or some, of at most 49 days.")]
    [InlineData("no resource", "A: Exclusive needs the name of what it is about.")]
    [InlineData("no input", "A: Inputs '' names no file.")]
    [InlineData("not nothing", "A: Outputs '! ' names no file.")]
    [InlineData(
        "only out",
        "A: Inputs only takes files out. Name those that they are taken out of."
    )]
    [InlineData(
        "input above",
        "A: Inputs '../x' does not stay below the root. Name what is below it."
    )]
    [InlineData(
        "output elsewhere",
        "A: Outputs '/x/**' does not stay below the root. Name what is below it."
    )]
    [InlineData("never", "A: Retry counts attempts in all, so at least 1.")]
    [InlineData("parts", "A: Partition needs at least 1 part.")]
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
                    "input above" => _.Inputs("x", "../x"),
                    "output elsewhere" => _.Inputs("x").Outputs("/x/**"),
                    "within" => _.Effect().Within(TimeSpan.FromSeconds(1)),
                    "retry" => _.Retry(2).Effect(),
                    "outputs" => _.Effect().Outputs("x"),
                    "retry once" => _.Effect().Retry(1),
                    "zero" => _.Within(TimeSpan.Zero),
                    "for ever" => _.Within(TimeSpan.MaxValue),
                    "waits back" => _.Retry(2, TimeSpan.FromSeconds(-1)),
                    "waits for ever" => _.Retry(2, Timeout.InfiniteTimeSpan),
                    "waits too long" => _.Retry(2, TimeSpan.FromDays(50)),
                    "no resource" => _.Exclusive("db", " "),
                    "no input" => _.Inputs("in/**", ""),
                    "not nothing" => _.Outputs("out/**", "! "),
                    "only out" => _.Inputs("!in/**"),
                    "never" => _.Retry(0),
                    "parts" => _.Partition(0),
                    "empty" => _.Gate(new Named("size"), new Named("")),
                    "blank" => _.Gate(new Named(" ")),
                    "unnamed" => _.Gate(new Named(null!)),
                    "no gate" => _.Gate((IGate)null!),
                    _ => _.Inputs("in/**").InputKeys(() => "x", null!),
                };
    }
}
