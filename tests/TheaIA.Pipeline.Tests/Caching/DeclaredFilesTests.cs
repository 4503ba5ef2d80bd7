namespace TheaIA.Pipeline.Tests.Caching;

/// <summary>Inputs and outputs that are not what their declaration says: the target's line tells.</summary>
public sealed class DeclaredFilesTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public DeclaredFilesTests()
    {
        _checkout.Environment["NUKE_PROGRAM"] = "one";
        _checkout.Write("in/a", "1");
    }

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task An_output_that_was_not_made_is_told_once()
    {
        const string Expected =
            "ok    Forgets        0.0 s   made; declared output not made: neverthere.txt";
        (await RunAsync("Forgets")).FirstLine.ShouldBe(Expected);
        // it runs again, and why is said already
        (await RunAsync("Forgets")).FirstLine.ShouldBe(Expected);
        _checkout.Write("in/a", "2");
        (await RunAsync("Forgets")).FirstLine.ShouldBe(
            "ok    Forgets        0.0 s   made; changed: in/a; declared output not made: neverthere.txt"
        );
    }

    [Fact]
    public async Task Inputs_that_match_nothing_are_told_whether_it_runs_or_not()
    {
        (await RunAsync("Blind")).FirstLine.ShouldBe(
            "ok    Blind          0.0 s   no file matches nothing/**, none/*"
        );
        (await RunAsync("Blind")).FirstLine.ShouldBe(
            "same  Blind            -     no file matches nothing/**, none/*; up to date: unchanged since 0 s ago"
        );
        (await RunAsync("Behind --sequential")).Output.ShouldStartWith(
            """
            same  Blind    no file matches nothing/**, none/*; up to date: unchanged since 0 s ago
            ok    Behind
            """
        );
    }

    [Fact]
    public async Task Some_that_match_are_enough()
    {
        (await RunAsync("Partly")).FirstLine.ShouldBe("ok    Partly         0.0 s");
    }

    [Fact]
    public async Task A_change_of_a_targets_own_output_is_called_that()
    {
        await RunAsync("Circle");
        (await RunAsync("Circle")).FirstLine.ShouldBe(
            "ok    Circle         0.0 s   changed: self/out.txt, its own output"
        );
        _checkout.Write("self/in.txt", "x");
        (await RunAsync("Circle")).FirstLine.ShouldBe(
            "ok    Circle         0.0 s   changed: self/in.txt and 1 more"
        );
    }

    private Task<Answer> RunAsync(string commandLine) => _checkout.RunAsync<Build>(commandLine);

    public class Build : TestBuild
    {
        Target Forgets =>
            _ =>
                _.Inputs("in/**").Outputs("neverthere.txt").Executes(() => Progress.Figure("made"));
        Target Blind => _ => _.Inputs("nothing/**", "none/*", "!in/**").Executes(() => Ran("x"));
        Target Behind => _ => _.DependsOn(Blind).Executes(() => Ran("behind"));
        Target Partly => _ => _.Inputs("in/**", "nothing/**").Executes(() => Ran("x"));
        Target Circle =>
            _ =>
                _.Inputs("self/**")
                    .Outputs("self/out.txt")
                    .Executes(() =>
                    {
                        (RootDirectory / "self").CreateDirectory();
                        (RootDirectory / "self" / "out.txt").WriteAllText(
                            Guid.NewGuid().ToString()
                        );
                    });
    }
}
