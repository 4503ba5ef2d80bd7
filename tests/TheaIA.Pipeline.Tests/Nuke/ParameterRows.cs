using System.Globalization;
using TheaIA.Pipeline.Tests.IO;

namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>Where parameters come from and what they take.</summary>
internal static class ParameterRows
{
    private const string Common = ".nuke/parameters.json";
    private const string ProfileA = ".nuke/parameters.a.json";
    private const string ProfileB = ".nuke/parameters.b.json";

    public static IEnumerable<Behaviour> All =>
        [
            Row("The initializer is the default value", "ShowText", "initial"),
            Row(
                "The command line takes the name in words with dashes",
                "ShowMyText --my-text typed",
                "typed"
            ),
            Row("Names of options ignore case and dashes", "ShowMyText --MYTEXT typed", "typed"),
            Row(
                "A parameter may have another name than its member",
                "ShowNamed --other typed",
                "typed"
            ),
            Row("An environment variable sets a parameter", "ShowMyText", "set").With("MyText=set"),
            Row("Its name ignores case and underscores", "ShowMyText", "set").With("MY_TEXT=set"),
            Row("Its name may begin with NUKE_", "ShowMyText", "set").With("NUKE_MY_TEXT=set"),
            Row(".nuke/parameters.json sets a parameter", "ShowMyText", "filed")
                .With((Common, """{ "$schema": "./build.schema.json", "MyText": "filed" }""")),
            Row("A profile's file wins over the common one", "ShowMyText --profile a", "a")
                .With((Common, """{ "MyText": "filed" }"""), (ProfileA, """{ "MyText": "a" }""")),
            Row("Of several profiles the last one wins", "ShowMyText --profile a b", "b")
                .With((ProfileA, """{ "MyText": "a" }"""), (ProfileB, """{ "MyText": "b" }""")),
            Row("The environment wins over files", "ShowMyText", "set")
                .With((Common, """{ "MyText": "filed" }"""))
                .With("MY_TEXT=set"),
            Row("The command line wins over the environment", "ShowMyText --my-text typed", "typed")
                .With("MY_TEXT=set"),
            Row("A switch without a value is true", "ShowForce --force", "True"),
            Row("A switch takes a value", "ShowForce --force false", "False"),
            Row("A switch that is not given is false", "ShowForce", "False"),
            Row("A nullable number that is not given is null", "ShowCount", "null"),
            Row("A number converts", "ShowCount --count 3", "3"),
            Row(
                "An enumeration class converts, whatever the case",
                "ShowConfig --config release",
                "Release"
            ),
            Row("An enum converts, whatever the case", "ShowColor --color darkgreen", "DarkGreen"),
            Row("A list takes words of the command line apart", "ShowItems --items a b c", "a|b|c"),
            Row("A list's separator can be declared", "ShowPlus --plus a+b+c", "a|b|c"),
            Row("A comma is a separator where none is declared", "ShowItems --items a,b", "a|b")
                .But("only spaces are: the item is a,b"),
            Row("A list in a file is a list", "ShowItems", "a|b")
                .With((Common, """{ "Items": ["a", "b"] }""")),
            Row("An option that is given twice is an error", "ShowText --text a --text b", "")
                .Ends("", 2)
                .Saying("--text is given 2 times, but takes one value.")
                .But("the last one counts"),
            Row("An option that nothing declares is an error", "ShowText --txt a", "")
                .Ends("", 2)
                .Saying("There is no option '--txt'. Did you mean --text?")
                .But("takes no notice of it"),
            Row("A value that does not convert is an error", "ShowCount --count few", "")
                .Ends("", 2)
                .Saying("--count 'few' is not a whole number"),
            Row("An empty value counts as not set", "ShowCount", "null").With("COUNT="),
            Row("A secret comes from the environment", "ShowLength", "4").With("TOKEN=s3cr"),
            Row("A secret on the command line is an error", "ShowLength --token s3cr", "")
                .Ends("", 2)
                .Saying("--token is a secret, which the command line shows to everybody")
                .But("takes it"),
            Row(
                "A component's parameter is asked by TryGetValue",
                "ShowFlavour --flavour strong",
                "strong"
            ),
            Row(
                "TryGetValue gives null for what is not given, so that ?? gives a default",
                "ShowFlavour",
                "mild"
            ),
            Row("An unlisted parameter can be given", "ShowHidden --hidden x", "x"),
        ];

    private const string Area = "Parameters";

    private static Behaviour Row(string sentence, string commandLine, string ran) =>
        Behaviour.Of<Parameterized>(Area, sentence, commandLine, ran);

    public enum Color
    {
        Red,
        DarkGreen,
    }

    public interface IHaveFlavour : INukeBuild
    {
        [Parameter]
        string Flavour => TryGetValue(() => Flavour) ?? "mild";
    }

    public class Parameterized : RowBuild, IHaveFlavour
    {
        [Parameter("Description")]
        readonly string Text = "initial";

        [Parameter]
        readonly string? MyText = null;

        [Parameter(Name = "Other")]
        readonly string? Named = null;

        [Parameter]
        readonly bool Force = false;

        [Parameter]
        readonly int? Count = null;

        [Parameter]
        readonly Configuration Config = Configuration.Debug;

        [Parameter]
        readonly Color Color = Color.Red;

        [Parameter]
        readonly string[] Items = [];

        [Parameter(Separator = "+")]
        readonly string[] Plus = [];

        [Parameter, Secret]
        readonly string? Token = null;

        [Parameter(List = false)]
        readonly string? Hidden = null;

        Target ShowText => _ => _.Executes(() => Ran(Text));
        Target ShowMyText => _ => _.Executes(() => Ran(MyText ?? "null"));
        Target ShowNamed => _ => _.Executes(() => Ran(Named ?? "null"));
        Target ShowForce => _ => _.Executes(() => Ran(Force.ToString()));
        Target ShowCount =>
            _ => _.Executes(() => Ran(Count?.ToString(CultureInfo.InvariantCulture) ?? "null"));
        Target ShowConfig => _ => _.Executes(() => Ran(Config));
        Target ShowColor => _ => _.Executes(() => Ran(Color.ToString()));
        Target ShowItems => _ => _.Executes(() => Ran(string.Join('|', Items)));
        Target ShowPlus => _ => _.Executes(() => Ran(string.Join('|', Plus)));
        Target ShowLength => _ => _.Executes(() => Ran($"{Token?.Length}"));
        Target ShowHidden => _ => _.Executes(() => Ran(Hidden ?? "null"));
        Target ShowFlavour => _ => _.Executes(() => Ran(((IHaveFlavour)this).Flavour));
    }
}
