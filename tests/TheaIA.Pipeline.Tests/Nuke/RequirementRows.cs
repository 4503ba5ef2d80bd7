namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>Requires and [Required].</summary>
internal static class RequirementRows
{
    public static IEnumerable<Behaviour> All =>
        [
            Row(
                    "A required parameter that is not set ends the build before anything runs",
                    "Deploy",
                    ""
                )
                .Ends("", 2)
                .Saying("Deploy needs 1 parameter that is not set")
                .But("a person at a terminal is asked for it"),
            Row("A required parameter that is set is enough", "Deploy --key x", "Before Deploy"),
            Row("A required number may be nought", "Numbered --number 0", "Numbered"),
            Row("A required number that is not given is missing", "Numbered", "")
                .Ends("", 2)
                .Saying("--number"),
            Row("A requirement may be a condition", "Served", "")
                .Ends("", 2)
                .Saying("Served requires NukeBuild.IsServerBuild, which is not so."),
            Row("A requirement that holds changes nothing", "Matched --key x", "Matched"),
            Row("All requirements have to hold", "Matched --key y", "")
                .Ends("", 2)
                .Saying("Matched requires"),
            Row("What is not in the plan requires nothing", "Before", "Before"),
            Row("What is skipped requires nothing", "Behind --skip Deploy", "Behind")
                .Ends("Before Skipped, Deploy Skipped"),
            Row("What a static condition skips requires nothing", "OffDeploy", "")
                .Ends("OffDeploy Skipped"),
            Row(
                    "What a dynamic condition may skip has its requirements checked all the same",
                    "OffLater",
                    ""
                )
                .Ends("", 2)
                .Saying("OffLater needs 1 parameter"),
            Row("White space is a value", "Deploy", "Before Deploy")
                .With("KEY= ")
                .But("a required text of white space counts as missing"),
            Row("What is required has to be a parameter", "Odd", "")
                .Ends("", 2)
                .Saying("Odd requires Requiring.Nothing, which is not so."),
            Behaviour
                .Of<Needy>(Area, "A [Required] parameter is required whatever runs", "Free", "")
                .Ends("", 2)
                .Saying("The build needs 1 parameter that is not set"),
            Behaviour.Of<Needy>(
                Area,
                "A [Required] parameter may have its value from the class",
                "Free --customer x",
                "Free"
            ),
            Behaviour.Of<Component>(
                Area,
                "A component's parameter can be required",
                "Sell --price 3",
                "Sell"
            ),
        ];

    private const string Area = "Requirements";

    private static Behaviour Row(string sentence, string commandLine, string ran) =>
        Behaviour.Of<Requiring>(Area, sentence, commandLine, ran);

    public class Requiring : RowBuild
    {
        [Parameter]
        readonly string? Key = null;

        [Parameter]
        readonly int? Number = null;

        static string? Nothing => null;

        Target Before => _ => _.Executes(() => Ran(nameof(Before)));
        Target Deploy =>
            _ => _.DependsOn(Before).Requires(() => Key!).Executes(() => Ran(nameof(Deploy)));
        Target Behind => _ => _.DependsOn(Deploy).Executes(() => Ran(nameof(Behind)));
        Target Numbered => _ => _.Requires(() => Number).Executes(() => Ran(nameof(Numbered)));
        Target Served => _ => _.Requires(() => IsServerBuild).Executes(() => Ran("never"));
        Target Matched =>
            _ =>
                _.Requires(() => Key!)
                    .Requires(() => Key == "x")
                    .Executes(() => Ran(nameof(Matched)));
        Target OffDeploy =>
            _ => _.OnlyWhenStatic(() => false).Requires(() => Key!).Executes(() => Ran("never"));
        Target OffLater =>
            _ => _.OnlyWhenDynamic(() => false).Requires(() => Key!).Executes(() => Ran("never"));
        Target Odd => _ => _.Requires(() => Nothing!).Executes(() => Ran("never"));
    }

    public class Needy : RowBuild
    {
        [Parameter, Required]
        string? Customer { get; set; }

        [Parameter, Required]
        string Standard { get; set; } = "x";

        Target Free => _ => _.Executes(() => Ran(nameof(Free)));
    }

    public interface ISell : INukeBuild
    {
        [Parameter]
        int? Price => TryGetValue<int?>(() => Price!);

        Target Sell => _ => _.Requires(() => Price).Executes(() => Trace.Current.Add(nameof(Sell)));
    }

    public class Component : RowBuild, ISell;
}
