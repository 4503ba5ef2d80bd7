namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>Overriding and extending targets: classes, Base, Inherit.</summary>
internal static class InheritRows
{
    public static IEnumerable<Behaviour> All =>
        [
            Row("Targets of a base class are targets of the build", "Inherited", "inherited"),
            Row("A target may be private", "Private", "private"),
            Row("An override takes the place of the base class's target", "Replaced", "new"),
            Row("Base says what the overridden target says", "Extended", "Need base own"),
            Row("Base works through several classes", "Levels", "zero one two"),
            Row(
                "Inherit says what another target says, its relations too",
                "Mixed",
                "Need plain more"
            ),
            Row("Inherit takes several targets", "Both", "inherited private"),
            Row("The last description is the one that counts", "--help", "").Saying("said last"),
            Behaviour
                .Of<NoBase>(Area, "Base without a base class's target is an error", "A", "")
                .Ends("", 2)
                .Saying("calls Base(), but overrides no target"),
        ];

    private const string Area = "Overriding and inheriting";

    private static Behaviour Row(string sentence, string commandLine, string ran) =>
        Behaviour.Of<Inheriting>(Area, sentence, commandLine, ran);

    public abstract class Ground : RowBuild
    {
        protected Target Inherited => _ => _.Executes(() => Ran("inherited"));
        protected Target Need => _ => _.Executes(() => Ran(nameof(Need)));
        protected virtual Target Replaced => _ => _.Executes(() => Ran("never"));
        protected virtual Target Extended =>
            _ => _.Description("said first").DependsOn(Need).Executes(() => Ran("base"));
        protected virtual Target Levels => _ => _.Executes(() => Ran("zero"));
    }

    public abstract class Middle : Ground
    {
        protected override Target Levels => _ => _.Base().Executes(() => Ran("one"));
    }

    public class Inheriting : Middle
    {
        Target Plain => _ => _.DependsOn(Need).Executes(() => Ran("plain"));
        Target Private => _ => _.Executes(() => Ran("private"));
        protected override Target Replaced => _ => _.Executes(() => Ran("new"));
        protected override Target Extended =>
            _ => _.Base().Description("said last").Executes(() => Ran("own"));
        protected override Target Levels => _ => _.Base().Executes(() => Ran("two"));
        Target Mixed => _ => _.Inherit(Plain).Executes(() => Ran("more"));
        Target Both => _ => _.Inherit(Inherited, Private);
    }

    public class NoBase : RowBuild
    {
        Target A => _ => _.Base();
    }
}
