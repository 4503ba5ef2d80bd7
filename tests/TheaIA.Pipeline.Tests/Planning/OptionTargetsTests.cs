namespace TheaIA.Pipeline.Tests.Planning;

/// <summary>An option with consequences is not left out in silence.</summary>
public sealed class OptionTargetsTests
{
    [Theory]
    [InlineData("Back --dry-run", "--dry-run is for Deploy, which does not run here.")]
    [InlineData(
        "Back --release 3f2c1a9",
        "--release is for Deploy and Free, neither of which runs here.   ./build.sh Back --to 3f2c1a9"
    )]
    [InlineData(
        "Deploy --to x",
        "--to is for Back, which does not run here.   ./build.sh Deploy --release x"
    )]
    [InlineData("Show --to x", "--to is for Back, which does not run here.")]
    [InlineData("Show --port 1", "--port is for Back, Deploy and Free, none of which runs here.")]
    [InlineData(
        "Deploy --reason why",
        "--reason is for Free and for --override, and neither is here."
    )]
    [InlineData("Show --plan --dry-run", "--dry-run is for Deploy, which does not run here.")]
    [InlineData(
        "Deploy Wipe --dry-run",
        "--dry-run is not for Wipe, which is named beside it and would act: run them one after the other."
    )]
    [InlineData("Show --stray", "--stray is for targets that are not here.")]
    public async Task Given_where_none_of_its_targets_runs_it_is_refused(
        string commandLine,
        string sentence
    )
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>(commandLine);
        answer.Code.ShouldBe(2);
        answer.Ran.ShouldBe("");
        answer.Output.ShouldBe(sentence + "\n");
    }

    [Fact]
    public async Task All_of_them_are_told_at_once()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Show --dry-run --to x");
        answer.Code.ShouldBe(2);
        answer.Output.ShouldStartWith("2 options or parameters are wrong:\n");
    }

    [Theory]
    [InlineData("Deploy --dry-run --release x", "deploy")]
    [InlineData("Above --dry-run", "deploy above")]
    [InlineData("Free --reason why", "free")]
    [InlineData("Deploy Wipe --release x", "deploy wipe")]
    [InlineData("Show --override Show --reason why", "show")]
    [InlineData("Show --anywhere x", "show")]
    [InlineData("Show Back --to x", "show back")]
    public async Task Given_where_one_runs_it_is_taken(string commandLine, string ran)
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Build>(commandLine + " --sequential")).Ran.ShouldBe(ran);
    }

    public class Build : TestBuild
    {
        [Parameter, CommandLineOnly(nameof(Deploy))]
        readonly bool DryRun = false;

        [Parameter, CommandLineOnly(nameof(Deploy), nameof(Free), Instead = "Back --to")]
        readonly string? Release = null;

        [Parameter, CommandLineOnly("back", Instead = "Deploy --release")]
        readonly string? To = null;

        [Parameter, CommandLineOnly(nameof(Back), nameof(Deploy), nameof(Free))]
        readonly int? Port = null;

        [Parameter, CommandLineOnly(nameof(Free))]
        readonly string? Reason = null;

        [Parameter, CommandLineOnly("Elsewhere")]
        readonly bool Stray = false;

        [Parameter, CommandLineOnly]
        readonly string? Anywhere = null;

        Target Show =>
            _ =>
                _.Executes(() =>
                    Ran(string.Concat("show", Release, Port, Reason is null ? "" : ""))
                );
        Target Deploy => _ => _.Executes(() => Ran(DryRun || !Stray ? "deploy" : "never"));
        Target Above => _ => _.DependsOn(Deploy).Executes(() => Ran("above"));
        Target Back =>
            _ => _.After(Show).Executes(() => Ran(To is null && Anywhere is null ? "all" : "back"));
        Target Wipe => _ => _.Effect().Executes(() => Ran("wipe"));
        Target Free => _ => _.Executes(() => Ran("free"));
    }
}
