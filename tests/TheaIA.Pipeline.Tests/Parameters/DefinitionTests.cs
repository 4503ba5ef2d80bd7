using System.Reflection;
using TheaIA.Abstractions;
using TheaIA.Pipeline.Tests.IO;

namespace TheaIA.Pipeline.Tests.Parameters;

public sealed class DefinitionTests : IDisposable
{
    private readonly Reading _reading = new();

    public void Dispose() => _reading.Dispose();

    [Fact]
    public void It_finds_those_of_the_class_its_bases_and_its_components() =>
        _reading
            .Read<SampleBuild>()
            .Definitions.Select(d => d.Name)
            .ShouldBe([
                "Configuration",
                "Text",
                "Computed",
                "Number",
                "Small",
                "Ratio",
                "Color",
                "Id",
                "Address",
                "Folder",
                "Size",
                "Port",
                "Day",
                "Names",
                "Numbers",
                "Unsplit",
                "Colors",
                "Weights",
                "GitHubToken",
                "Field",
                "Fix",
                "Shared",
                "_inherited",
                "Filter",
                "Timeout",
            ]);

    [Fact]
    public void It_knows_what_help_says()
    {
        var all = _reading.Read<SampleBuild>().Definitions.ToDictionary(d => d.Name);

        all["Configuration"].Description.ShouldBe("Debug or Release");
        all["Configuration"].Values.ShouldBe(["Debug", "Release"]);
        all["Color"].Values.ShouldBe(["Red", "DarkGreen"]);
        all["Colors"].Values.ShouldBe(["Red", "DarkGreen"]);
        all["Number"].Values.ShouldBeEmpty();
        all["Number"].Type.ShouldBe(typeof(int));
        all["Fix"].IsSwitch.ShouldBeTrue();
        (all["Names"].IsList, all["Text"].IsList).ShouldBe((true, false));
        all["GitHubToken"].IsListed.ShouldBeFalse();
        all["GitHubToken"].Option.ShouldBe("--github-token");
        all["Text"].Description.ShouldBe("");
        all["Text"].Sources.ShouldBe("--text, environment variable TEXT or .nuke/parameters.json");

        var deploy = _reading.Read<DeployBuild>().Definitions.ToDictionary(d => d.Name);
        (deploy["Environment"].IsRequired, deploy["Environment"].IsCommandLineOnly).ShouldBe(
            (true, true)
        );
        (
            deploy["RailwayToken"].IsSecret,
            deploy["Key"].IsSecret,
            deploy["Timeout"].IsSecret
        ).ShouldBe((true, true, false));
        deploy["Environment"].ValueProviderMember.ShouldBe("Environments");
    }

    [Theory]
    [InlineData("RailwayToken", "--railway-token", "RAILWAY_TOKEN")]
    [InlineData("AWSRegion", "--aws-region", "AWS_REGION")]
    [InlineData("UseHTTPS", "--use-https", "USE_HTTPS")]
    [InlineData("NuGetApiKey", "--nuget-api-key", "NUGET_API_KEY")]
    [InlineData("MyGitHub", "--my-github", "MY_GITHUB")]
    [InlineData("TheaIAState", "--theaia-state", "THEAIA_STATE")]
    [InlineData("max_parallel", "--max-parallel", "MAX_PARALLEL")]
    [InlineData("x", "--x", "X")]
    [InlineData("Sha256Sum", "--sha256-sum", "SHA256_SUM")]
    public void A_name_has_three_forms(string name, string option, string variable) =>
        (ParameterName.Option(name), ParameterName.Variable(name)).ShouldBe((option, variable));

    [Fact]
    public void Injection_sets_what_was_given_and_leaves_the_rest()
    {
        var build = new SampleBuild();
        var service = _reading
            .Set("INHERITED", "i")
            .Read<SampleBuild>(
                "--configuration",
                "release",
                "--field",
                "f",
                "--fix",
                "--shared",
                "9",
                "--computed",
                "c",
                "--filter",
                "x"
            );

        service.Inject(build);

        build.Mode.ShouldBe(Configuration.Release);
        (build.Field, build.Text, build.Fix, build.TheInherited).ShouldBe(
            ("f", "as it was", true, "i")
        );
        SampleBuild.Shared.ShouldBe(9);
        build.Computed.ShouldBe("never set");
        service.Value<SampleBuild>(b => b.Computed).ShouldBe("c");
    }

    [Fact]
    public void A_value_is_found_through_each_member_of_its_name()
    {
        var service = _reading.Read<Overriding>("--filter", "x", "--configuration", "Release");
        var seenFromBelow = typeof(Overriding).GetProperty(nameof(SampleBuild.Mode))!;

        service.GetValue(typeof(Overriding).GetProperty("Filter")!).ShouldBe("x");
        service.GetValue(typeof(IHaveFilter).GetProperty("Filter")!).ShouldBe("x");
        service.GetValue(seenFromBelow).ShouldBe(Configuration.Release);
        service.IsSet(seenFromBelow).ShouldBeTrue();
        service.Definitions.Count(d => d.Name == "Filter").ShouldBe(1);
    }

    [Fact]
    public void What_one_member_keeps_secret_no_other_gives_away()
    {
        var token = _reading
            .Set("TOKEN", "hunter2")
            .Read<Careless>()
            .Definitions.ShouldHaveSingleItem();

        (token.IsSecret, token.IsRequired, token.Description).ShouldBe((true, true, "the token"));
        _reading.Read<Careless>().SecretValues.ShouldBe(["hunter2"]);
    }

    [Fact]
    public void A_class_may_implement_a_components_parameter_without_the_attribute()
    {
        var service = _reading.Read<Implementing>("--filter", "x");

        service.GetValue(typeof(Implementing).GetProperty("Filter")!).ShouldBe("x");
    }

    [Fact]
    public void A_member_that_is_no_parameter_is_an_error() =>
        Should
            .Throw<OutcomeException>(() =>
                _reading.Read<SampleBuild>().Value<SampleBuild>(b => b.Plain)
            )
            .Message.ShouldBe("SampleBuild.Plain is not a parameter: put [Parameter] on it.");

    [Fact]
    public void The_name_of_an_engine_option_is_an_error() =>
        _reading
            .Error<Clashing>()
            .ShouldBe(
                "The parameter Clashing.NoLogo has the name of the engine's own option --no-logo: give it another name."
            );

    [Fact]
    public void One_name_with_two_types_is_an_error() =>
        _reading
            .Error<TwoTypes>()
            .ShouldBe(
                "The parameters TwoTypes.Filter and IHaveFilter.Filter have one name but two types: give one another name."
            );

    [Theory]
    [InlineData("--never", "Never")]
    [InlineData("--constant", "Constant")]
    public void A_field_that_never_changes_is_an_error(string option, string name) =>
        Should
            .Throw<OutcomeException>(() => _reading.Read<Fixed>(option, "x").Inject(new Fixed()))
            .Message.ShouldBe($"Fixed.{name} never changes and cannot be set: make it a property.");

    [Fact]
    public void What_is_missing_is_told_with_where_it_can_come_from() =>
        _reading
            .Read<DeployBuild>("--timeout", "5m")
            .MissingMessage(
                Members<DeployBuild>(
                    "RailwayToken",
                    "Timeout",
                    "Environment",
                    "Key",
                    "RailwayToken"
                )
            )
            .ShouldBe([
                "RailwayToken   secret, environment variable RAILWAY_TOKEN or RAILWAY_TOKEN_FILE",
                "Environment    where to deploy, --environment",
                "Key            secret, environment variable KEY or KEY_FILE",
            ]);

    [Fact]
    public void What_is_missing_is_told_on_lines_of_100_columns()
    {
        var service = _reading.Read<Talkative>();

        service
            .MissingMessage(Members<Talkative>("Long", "Short"))
            .ShouldBe([
                "Long    --long, environment variable LONG or .nuke/parameters.json",
                "Short   --short, environment variable SHORT or .nuke/parameters.json",
            ]);
        service.MissingMessage([]).ShouldBeEmpty();
    }

    [Fact]
    public void A_value_that_is_not_among_those_allowed_is_an_error()
    {
        var service = _reading.Read<DeployBuild>("--environment", "moon");

        Should
            .Throw<OutcomeException>(() => service.Inject(new DeployBuild()))
            .Message.ShouldBe(
                "--environment 'moon' is not one of development, staging. From the command line."
            );
        _reading.Read<DeployBuild>("--environment", "Staging").Inject(new DeployBuild());
    }

    [Theory]
    [InlineData("--by-field", "a", null)]
    [InlineData("--by-field", "c", "--by-field 'c' is not one of a, b. From the command line.")]
    [InlineData("--by-method", "a", null)]
    [InlineData("--by-method", "c", "--by-method 'c' is not one of a, b. From the command line.")]
    [InlineData(
        "--from-component",
        "c",
        "--from-component 'c' is not one of a, b. From the command line."
    )]
    [InlineData(
        "--by-nothing",
        "a",
        "Providing.ByNothing names the ValueProviderMember 'Nowhere', which is no member of Providing with a list of texts."
    )]
    public void What_is_allowed_comes_from_a_member(string option, string value, string? error)
    {
        var service = _reading.Read<Providing>(option, value);

        if (error is null)
        {
            Should.NotThrow(() => service.Inject(new Providing()));
        }
        else
        {
            Should
                .Throw<OutcomeException>(() => service.Inject(new Providing()))
                .Message.ShouldBe(error);
        }
    }

    private static IEnumerable<MemberInfo> Members<T>(params string[] names) =>
        names.Select(n => typeof(T).GetProperty(n)!);

    private sealed class Overriding : SampleBuild, IHaveFilter
    {
        [Parameter]
        public string? Filter { get; set; }
    }

    private interface ICareful
    {
        [Parameter("the token"), Secret, Required]
        string? Token => null;
    }

    private sealed class Careless : ICareful
    {
        [Parameter]
        public string? Token { get; set; }
    }

    private sealed class Implementing : IHaveFilter
    {
        public string? Filter { get; set; }
    }

    private sealed class Clashing
    {
        [Parameter]
        public bool NoLogo { get; set; }
    }

    private sealed class TwoTypes : IHaveFilter
    {
        [Parameter]
        public int Filter { get; set; }
    }

    private sealed class Fixed
    {
        [Parameter]
        public static readonly string Never = string.Concat("");

        [Parameter]
        public const string Constant = "";
    }

    private sealed class Talkative
    {
        [Parameter(
            "a description that is so long that nobody reads it to its end, and that would not fit beside the rest"
        )]
        public string? Long { get; set; }

        [Parameter]
        public string? Short { get; set; }
    }

    private interface IProviding
    {
        [Parameter(ValueProviderMember = "Static")]
        string? FromComponent => null;
    }

    private sealed class Providing : IProviding
    {
        public static readonly string[] Static = ["a", "b"];

        [Parameter(ValueProviderMember = nameof(Static))]
        public string? ByField { get; set; }

        [Parameter(ValueProviderMember = nameof(Method))]
        public string? ByMethod { get; set; }

        [Parameter(ValueProviderMember = "Nowhere")]
        public string? ByNothing { get; set; }

        private static string[] Method() => ["a", "b"];
    }
}
