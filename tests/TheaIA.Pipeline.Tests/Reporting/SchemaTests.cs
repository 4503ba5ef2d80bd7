namespace TheaIA.Pipeline.Tests.Reporting;

/// <summary>./build.sh Schema, and that nothing else writes it.</summary>
public sealed class SchemaTests
{
    private const string File = ".nuke/build.schema.json";

    [Fact]
    public async Task It_says_what_may_stand_in_a_parameter_file()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Schema");
        answer.Code.ShouldBe(0);
        answer.Output.ShouldBe(".nuke/build.schema.json is written.\n");
        Snapshot.Match(checkout.Read(File), "schema");
    }

    [Fact]
    public async Task A_second_time_it_changes_nothing()
    {
        using var checkout = new Checkout();
        await checkout.RunAsync<Build>("Schema");
        var written = System.IO.File.GetLastWriteTimeUtc(Path.Combine(checkout.Root, File));
        var answer = await checkout.RunAsync<Build>("schema");
        answer.Output.ShouldBe(".nuke/build.schema.json is as it should be.\n");
        System.IO.File.GetLastWriteTimeUtc(Path.Combine(checkout.Root, File)).ShouldBe(written);
    }

    [Theory]
    [InlineData("Schema --plan")]
    [InlineData("Schema --plan json")]
    public async Task Whoever_only_asks_writes_none(string commandLine)
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Build>(commandLine)).Output.ShouldBe(
            ".nuke/build.schema.json would be written.\n"
        );
        System.IO.File.Exists(Path.Combine(checkout.Root, File)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_ordinary_run_writes_none()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Build>("Drift")).Trace.Bag["drift"].ShouldBe("none");
        System.IO.File.Exists(Path.Combine(checkout.Root, File)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_target_may_ask_whether_it_drifted()
    {
        using var checkout = new Checkout();
        await checkout.RunAsync<Build>("Schema");
        (await checkout.RunAsync<Build>("Drift")).Trace.Bag["drift"].ShouldBe("none");
        checkout.Write(File, "{}\n");
        (await checkout.RunAsync<Build>("Drift"))
            .Trace.Bag["drift"]
            .ShouldBe(
                ".nuke/build.schema.json: not what the build program declares; ./build.sh Schema mends it"
            );
    }

    [Fact]
    public async Task With_other_targets_it_is_refused()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Schema Drift");
        answer.Code.ShouldBe(2);
        answer.FirstLine.ShouldBe("Schema runs no target, so it stands alone: without Drift.");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_said()
    {
        using var checkout = new Checkout();
        Directory.CreateDirectory(Path.Combine(checkout.Root, File));
        var answer = await checkout.RunAsync<Build>("Schema");
        answer.Code.ShouldBe(2);
        answer.FirstLine.ShouldStartWith(".nuke/build.schema.json cannot be written: ");
        Directory.GetFiles(Path.Combine(checkout.Root, ".nuke")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_of_that_name_wins()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Own>("Schema")).Ran.ShouldBe("own");
        (await checkout.RunAsync<Own>("--help")).Output.ShouldNotContain("For editors");
    }

    public enum Colour
    {
        Red,
        Green,
    }

    public class Build : TestBuild
    {
        [Parameter("how often")]
        public int Times { get; set; }

        [Parameter]
        public bool? Fix { get; set; }

        [Parameter]
        public Colour[] Colours { get; set; } = [];

        [Parameter]
        public IReadOnlyDictionary<string, double>? Weights { get; set; }

        [Parameter]
        public TimeSpan Timeout { get; set; }

        [Parameter("whom to trust"), Secret]
        public string? Token { get; set; }

        [Parameter, CommandLineOnly]
        public string? To { get; set; }

        Target Drift => _ => _.Executes(() => Set("drift", TargetContext.SchemaDrift() ?? "none"));
    }

    public class Own : TestBuild
    {
        Target Schema => _ => _.Executes(() => Ran("own"));
    }
}
