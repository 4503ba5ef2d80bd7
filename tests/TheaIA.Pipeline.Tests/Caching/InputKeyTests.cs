using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Caching;

/// <summary>Keys without inputs, and keys that cannot be asked.</summary>
public sealed class InputKeyTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public InputKeyTests() => _checkout.Environment["NUKE_PROGRAM"] = "one";

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task A_target_with_keys_alone_is_up_to_date_while_they_are_the_same()
    {
        (await RunAsync("Tool")).Ran.ShouldBe("tool");
        var again = await RunAsync("Tool");
        again.Ran.ShouldBe("");
        again.FirstLine.ShouldBe(
            "same  Tool             -     up to date: unchanged since 0 s ago"
        );
        (await RunAsync("Tool --version-of-tool 2")).FirstLine.ShouldBe(
            "ok    Tool           0.0 s   changed: the tool's version"
        );
    }

    [Fact]
    public async Task Its_outputs_have_to_be_there()
    {
        await RunAsync("Tool");
        File.Delete(Path.Combine(_checkout.Root, "tool.txt"));
        (await RunAsync("Tool")).FirstLine.ShouldEndWith("output missing: tool.txt");
    }

    [Fact]
    public async Task An_effect_with_keys_runs_each_time()
    {
        await RunAsync("Ship");
        (await RunAsync("Ship")).Ran.ShouldBe("ship");
    }

    [Fact]
    public async Task A_key_that_throws_is_named_with_its_target()
    {
        var answer = await RunAsync("Broken");
        answer.Code.ShouldBe(1);
        answer.Ran.ShouldBe("");
        answer.Output.ShouldStartWith(
            """
            FAIL  Broken         0.0 s   Broken cannot ask its key 'the tool's version':
                                         InvalidOperationException: no such tool
            """
        );
    }

    [Fact]
    public async Task A_key_that_refuses_in_its_own_words_keeps_them()
    {
        var answer = await RunAsync("Refused");
        answer.Code.ShouldBe(2);
        answer.FirstLine.ShouldBe("FAIL  Refused        0.0 s   Install the SDK.");
    }

    private Task<Answer> RunAsync(string commandLine) => _checkout.RunAsync<Build>(commandLine);

    public class Build : TestBuild
    {
        [Parameter]
        string VersionOfTool { get; set; } = "1";

        Target Tool =>
            _ =>
                _.InputKey("the tool's version", () => VersionOfTool)
                    .Outputs("tool.txt")
                    .Executes(() =>
                    {
                        Ran("tool");
                        (RootDirectory / "tool.txt").WriteAllText(VersionOfTool);
                    });
        Target Ship => _ => _.InputKeys(() => "x").Effect().Executes(() => Ran("ship"));
        Target Broken =>
            _ => _.InputKey("the tool's version", NoSuchTool).Executes(() => Ran("never"));
        Target Refused =>
            _ =>
                _.InputKeys(() => throw new OutcomeException(Outcome.Wrong, "Install the SDK."))
                    .Executes(() => Ran("never"));

        private static string? NoSuchTool() => throw new InvalidOperationException("no such tool");
    }
}
