namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>What runs, and in which order: the rows are command lines.</summary>
public sealed class OrderTests
{
    [Theory]
    // a target brings what it depends on, each once, before it
    [InlineData("Pack", "Restore Compile Test Pack")]
    [InlineData("Restore", "Restore")]
    [InlineData("Compile Test", "Restore Compile Test")]
    [InlineData("Test Compile", "Restore Compile Test")]
    [InlineData("Test+Restore", "Restore Compile Test")]
    [InlineData("Test,Restore", "Restore Compile Test")]
    [InlineData("--target Test", "Restore Compile Test")]
    [InlineData("Test Test", "Restore Compile Test")]
    // Before and After order, but bring nothing
    [InlineData("Late", "Late")]
    [InlineData("Late Early", "Early Late")]
    [InlineData("Late Early Middle", "Early Middle Late")]
    // DependentFor brings the other way round
    [InlineData("Tool", "Tool")]
    [InlineData("User", "Tool User")]
    // Triggers and TriggeredBy join, and run after
    [InlineData("Change", "Change Notify Log")]
    [InlineData("Notify", "Notify Log")]
    [InlineData("Log", "Log")]
    // names ignore case and dashes
    [InlineData("pack-all", "Restore Compile Test Pack PackAll")]
    [InlineData("PACKALL", "Restore Compile Test Pack PackAll")]
    // a collective target has nothing of its own to do
    [InlineData("Everything", "Restore Compile Test Pack Middle Late")]
    // --skip
    [InlineData("Pack --skip", "Pack")]
    [InlineData("Pack --skip Test", "Restore Compile Pack")]
    [InlineData("Test --skip Compile", "Test")]
    [InlineData("Test Restore --skip Compile", "Restore Test")]
    [InlineData("Change --skip Notify", "Change")]
    [InlineData("Pack --skip Restore+Test", "Compile Pack")]
    // nothing named: the default
    [InlineData("", "Restore Compile Test")]
    public async Task The_command_line_runs(string commandLine, string expected)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>($"{commandLine} --sequential", x => x.Test);
        answer.Ran.ShouldBe(expected);
        answer.Code.ShouldBe(0);
    }

    public class Build : TestBuild
    {
        public Target Restore => _ => _.Executes(() => Ran(nameof(Restore)));
        public Target Compile => _ => _.DependsOn(Restore).Executes(() => Ran(nameof(Compile)));
        public Target Test => _ => _.DependsOn(Compile).Executes(() => Ran(nameof(Test)));
        Target Pack => _ => _.DependsOn(Test, Compile).Executes(() => Ran(nameof(Pack)));
        Target PackAll => _ => _.DependsOn(Pack).Executes(() => Ran(nameof(PackAll)));
        Target Late => _ => _.After(Early).Executes(() => Ran(nameof(Late)));
        Target Early => _ => _.Executes(() => Ran(nameof(Early)));
        Target Middle => _ => _.After(Early).Before(Late).Executes(() => Ran(nameof(Middle)));
        Target User => _ => _.Executes(() => Ran(nameof(User)));
        Target Tool => _ => _.DependentFor(User).Executes(() => Ran(nameof(Tool)));
        Target Change => _ => _.Triggers(Notify).Executes(() => Ran(nameof(Change)));
        Target Notify => _ => _.Executes(() => Ran(nameof(Notify)));
        Target Log => _ => _.TriggeredBy(Notify).Executes(() => Ran(nameof(Log)));
        Target Everything => _ => _.DependsOn(Pack, Late, Middle);
    }
}
