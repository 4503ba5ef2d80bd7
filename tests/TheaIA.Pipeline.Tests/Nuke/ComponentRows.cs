using System.Diagnostics.CodeAnalysis;

namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>Targets of interfaces.</summary>
[SuppressMessage(
    "Design",
    "CA1033",
    Justification = "Overriding a component's target is an explicit implementation: that is what is tested."
)]
internal static class ComponentRows
{
    public static IEnumerable<Behaviour> All =>
        [
            Row("A build has the targets of its components", "Restore", "restore"),
            Row(
                "A build has the targets of the components behind its components",
                "Fetch",
                "fetch"
            ),
            Row("DependsOn<T>(x => x.Name) names a component's target", "Named", "restore named"),
            Row("DependsOn<T>() means the component's only target", "Only", "restore only"),
            Row("DependentFor<T>() is its other side", "Compile", "generate restore compile"),
            Row("Before<T>() and After<T>() order", "Last First Restore", "first restore last"),
            Row("Triggers<T>() brings a component's target", "Pulls", "pulls restore"),
            Row("TryDependsOn<T>() needs what the build has", "Tries", "restore tried"),
            Row(
                "TryDependsOn<T>() says nothing where the build lacks the component",
                "TriesNone",
                "tried"
            ),
            Row(
                "TryAfter<T>(), TryBefore<T>() and TryTriggers<T>() are as loose",
                "TriesAll",
                "tried"
            ),
            Behaviour
                .Of<Lacking>(Area, "DependsOn<T>() without the component is an error", "A", "")
                .Ends("", 2)
                .Saying("Lacking does not implement"),
            Behaviour
                .Of<TooMany>(
                    Area,
                    "The short form is an error where a component has several targets",
                    "A",
                    ""
                )
                .Ends("", 2)
                .Saying("ITwo has more than one target"),
            Row(
                "An explicit implementation takes the place of a component's target",
                "Pack",
                "own pack"
            ),
            Row("Inherit<T>() in it extends the component's target", "Test", "test own test"),
            Row("A component's target may be the class's public property", "Sign", "own sign"),
            Row("A component may leave its target to the build", "Left", "left"),
            Row(
                "A component may implement another component's target",
                "Publish",
                "restore publish with tool"
            ),
            Row(
                "What names the first component gets what the second implements",
                "Announce",
                "restore publish with tool announce"
            ),
            Row(
                "Inherit<T>(x => x.Name) says what that target says",
                "Chosen",
                "restore compile chosen"
            ),
            Behaviour
                .Of<TwoAlike>(
                    Area,
                    "Two components with a target of one name are an error",
                    "A",
                    ""
                )
                .Ends("", 2)
                .Saying("Two targets are called 'Same'"),
            Behaviour.Of<TwoAnswered>(
                Area,
                "The build's own property may answer two components",
                "Same",
                "same"
            ),
            Behaviour
                .Of<Hiding>(
                    Area,
                    "A private property that hides a component's target is an error",
                    "Same",
                    ""
                )
                .Ends("", 2)
                .Saying("Two targets are called 'Same'"),
        ];

    private const string Area = "Components";

    private static Behaviour Row(string sentence, string commandLine, string ran) =>
        Behaviour.Of<Composed>(Area, sentence, commandLine, ran);

    private static void Ran(string name) => Trace.Current.Add(name);

    public interface IFetch : INukeBuild
    {
        Target Fetch => _ => _.Executes(() => Ran("fetch"));
    }

    public interface IRestore : IFetch
    {
        Target Restore => _ => _.Executes(() => Ran("restore"));
    }

    public interface ICompile : INukeBuild
    {
        Target Compile => _ => _.TryDependsOn<IRestore>().Executes(() => Ran("compile"));
    }

    public interface ITest : INukeBuild
    {
        Target Test => _ => _.Executes(() => Ran("test"));
    }

    public interface IPack : INukeBuild
    {
        Target Pack => _ => _.Executes(() => Ran("never"));
    }

    public interface ISign : INukeBuild
    {
        Target Sign => _ => _.Executes(() => Ran("never"));
    }

    public interface ILeft : INukeBuild
    {
        Target Left { get; }
    }

    public interface IPublish : INukeBuild
    {
        Target Publish => _ => _.TryDependsOn<IRestore>();
    }

    public interface IPublishWithTool : IPublish
    {
        Target IPublish.Publish =>
            _ => _.Inherit<IPublish>().Executes(() => Ran("publish with tool"));
    }

    public interface IAbsent : INukeBuild
    {
        Target Absent => _ => _;
    }

    public interface ITwo : INukeBuild
    {
        Target One => _ => _;
        Target Two => _ => _;
    }

    public interface ISame : INukeBuild
    {
        Target Same => _ => _.Executes(() => Ran("never"));
    }

    public interface ISameToo : INukeBuild
    {
        Target Same => _ => _.Executes(() => Ran("never"));
    }

    public class Composed
        : RowBuild,
            IRestore,
            ICompile,
            ITest,
            IPack,
            ISign,
            ILeft,
            IPublishWithTool
    {
        Target ITest.Test => _ => _.Inherit<ITest>().Executes(() => Ran("own test"));
        Target IPack.Pack => _ => _.Executes(() => Ran("own pack"));
        public Target Sign => _ => _.Executes(() => Ran("own sign"));
        public Target Left => _ => _.Executes(() => Ran("left"));
        Target Named => _ => _.DependsOn<IRestore>(x => x.Restore).Executes(() => Ran("named"));
        Target Only => _ => _.DependsOn<IRestore>().Executes(() => Ran("only"));
        Target Generate =>
            _ => _.DependentFor<ICompile>().Before<IRestore>().Executes(() => Ran("generate"));
        Target First => _ => _.Before<IRestore>().Executes(() => Ran("first"));
        Target Last => _ => _.After<IRestore>().Executes(() => Ran("last"));
        Target Pulls => _ => _.Triggers<IRestore>().Executes(() => Ran("pulls"));
        Target Tries => _ => _.TryDependsOn<IRestore>().Executes(() => Ran("tried"));
        Target TriesNone => _ => _.TryDependsOn<IAbsent>().Executes(() => Ran("tried"));
        Target TriesAll =>
            _ =>
                _.TryAfter<IAbsent>()
                    .TryBefore<IAbsent>()
                    .TryTriggers<IAbsent>()
                    .TryTriggeredBy<IAbsent>()
                    .TryDependentFor<IAbsent>()
                    .Executes(() => Ran("tried"));
        Target Announce => _ => _.DependsOn<IPublish>().Executes(() => Ran("announce"));
        Target Chosen => _ => _.Inherit<ICompile>(x => x.Compile).Executes(() => Ran("chosen"));
    }

    public class Lacking : RowBuild
    {
        Target A => _ => _.DependsOn<IAbsent>();
    }

    public class TooMany : RowBuild, ITwo
    {
        Target A => _ => _.DependsOn<ITwo>();
    }

    public class TwoAlike : RowBuild, ISame, ISameToo
    {
        Target A => _ => _;
    }

    public class TwoAnswered : RowBuild, ISame, ISameToo
    {
        public Target Same => _ => _.Executes(() => Ran("same"));
    }

    public class Hiding : RowBuild, ISame
    {
        Target Same => _ => _.Executes(() => Ran("never"));
    }
}
