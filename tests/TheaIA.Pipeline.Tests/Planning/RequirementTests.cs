namespace TheaIA.Pipeline.Tests.Planning;

/// <summary>What is required is told at once, before anything runs.</summary>
public sealed class RequirementTests
{
    [Fact]
    public async Task All_that_is_missing_is_named_with_where_it_can_come_from()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Deploy Tag");
        answer.Code.ShouldBe(2);
        answer.Ran.ShouldBe("");
        answer.Output.ShouldBe(
            """
            Deploy, Tag need 3 parameters that are not set:
              RailwayToken   secret, environment variable RAILWAY_TOKEN or RAILWAY_TOKEN_FILE
              TrustedKey     public key file, --trusted-key
              Count          --count, environment variable COUNT or .nuke/parameters.json
              Deploy requires Mode == "fast", which is not so.

            """
        );
    }

    [Fact]
    public async Task One_is_told_in_the_singular()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Build>("Tag")).Output.ShouldStartWith(
            "Tag needs 1 parameter that is not set:\n"
        );
    }

    [Theory]
    [InlineData("Fast", "Fast requires Mode == \"fast\", which is not so.\n")]
    [InlineData("Plain", "Plain requires Build.NotAParameter, which is not so.\n")]
    [InlineData("Switched", "Switched requires Force, which is not so.\n")]
    [InlineData(
        "Several",
        "Several requires (Force && (Names.Length > 1)) || (!(Force) && (Names.Length > 9)), which is not so.\n"
    )]
    [InlineData(
        "Joined",
        "Joined requires (Mode + \"!\").EndsWith(\"?!\", Ordinal), which is not so.\n"
    )]
    public async Task A_condition_is_quoted(string target, string expected)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>(target);
        answer.Code.ShouldBe(2);
        answer.Output.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Tag --count 0", "tag")]
    [InlineData("Fast --mode fast", "fast")]
    [InlineData("Switched --force", "switched")]
    // a skipped target requires nothing
    [InlineData("Tag Free --skip Tag", "free")]
    public async Task What_is_there_is_enough(string commandLine, string expected)
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Build>(commandLine)).Ran.ShouldBe(expected);
    }

    [Fact]
    public async Task An_empty_text_is_missing()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Empty");
        answer.Code.ShouldBe(2);
        answer.Output.ShouldStartWith("Empty needs 1 parameter that is not set:\n  Nothing ");
    }

    [Fact]
    public async Task Required_parameters_are_required_for_any_target()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Needy>("Free");
        answer.Code.ShouldBe(2);
        answer.Output.ShouldBe(
            """
            The build needs 1 parameter that is not set:
              Customer   --customer, environment variable CUSTOMER or .nuke/parameters.json

            """
        );
        (await checkout.RunAsync<Needy>("Free --customer x")).Ran.ShouldBe("free");
        (await checkout.RunAsync<Needy>("--help")).Code.ShouldBe(0);
    }

    public class Build : TestBuild
    {
        [Parameter, Secret]
        readonly string? RailwayToken = null;

        [Parameter("public key file"), CommandLineOnly]
        readonly string? TrustedKey = null;

        [Parameter]
        readonly int? Count = null;

        [Parameter]
        readonly string Mode = "slow";

        [Parameter]
        readonly bool Force = false;

        readonly string[] Names = [];

        [Parameter]
        readonly string Nothing = "";

        static string? NotAParameter => null;

        Target Deploy =>
            _ =>
                _.Requires(() => RailwayToken!, () => TrustedKey!)
                    .Requires(() => Mode == "fast")
                    .Executes(() => Ran("deploy"));
        Target Tag => _ => _.Requires(() => Count).Executes(() => Ran("tag"));
        Target Fast => _ => _.Requires(() => Mode == "fast").Executes(() => Ran("fast"));
        Target Plain => _ => _.Requires(() => NotAParameter!).Executes(() => Ran("plain"));
        Target Switched => _ => _.Requires(() => Force).Executes(() => Ran("switched"));
        Target Several =>
            _ =>
                _.Requires(() => (Force && Names.Length > 1) || (!Force && Names.Length > 9))
                    .Executes(() => Ran("several"));
        Target Joined =>
            _ =>
                _.Requires(() => (Mode + "!").EndsWith("?!", StringComparison.Ordinal))
                    .Executes(() => Ran("joined"));
        Target Empty => _ => _.Requires(() => Nothing).Executes(() => Ran("empty"));
        Target Free => _ => _.Executes(() => Ran("free"));
    }

    public class Needy : TestBuild
    {
        [Parameter, Required]
        string? Customer { get; set; }

        [Parameter, Required]
        string Standard { get; set; } = "x";

        Target Free => _ => _.Executes(() => Ran("free"));
    }
}
