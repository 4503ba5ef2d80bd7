using System.Diagnostics.CodeAnalysis;

namespace TheaIA.Pipeline.Tests.Definition;

/// <summary>Where targets come from: classes, base classes, component interfaces; overriding and inheriting.</summary>
[SuppressMessage(
    "Design",
    "CA1033",
    Justification = "Overriding a component's target is an explicit implementation: that is what is tested."
)]
public sealed class DiscoveryTests
{
    [Theory]
    [InlineData("Own", "own")]
    [InlineData("Private", "private")]
    [InlineData("Inherited", "inherited")]
    [InlineData("PrivateInherited", "private inherited")]
    // a default interface member, also of an interface behind an interface
    [InlineData("Restore", "restore")]
    [InlineData("Compile", "restore compile")]
    // overriding: by an explicit implementation, with what the component says or without
    [InlineData("Test", "restore compile test own test")]
    [InlineData("Pack", "own pack")]
    // overriding by an implicit implementation, with Base()
    [InlineData("Publish", "publish own publish")]
    // overriding in a class, with Base() over three levels
    [InlineData("Level", "zero one two")]
    [InlineData("Deep", "deep own deep")]
    [InlineData("Across", "across own across")]
    // Inherit(Target) and Inherit<T>() without arguments
    [InlineData("Mixed", "restore private own compile")]
    // an interface overrides another interface's target
    [InlineData("Sign", "sign own sign")]
    // a lambda that captures is another object at each read
    [InlineData("NeedsCapturing", "capturing needs")]
    // DependsOn<T> with a target, without, and Try where the component is not there
    [InlineData("Typed", "restore compile typed")]
    [InlineData("TriedTyped", "tried")]
    [InlineData("TriedTyped Compile", "restore compile tried")]
    public async Task The_command_line_runs(string commandLine, string expected)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>($"{commandLine} --sequential");
        answer.Ran.ShouldBe(expected, answer.Output);
    }

    [Fact]
    public async Task All_kinds_of_relations_take_components()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Relations>("Mid --sequential");
        answer.Ran.ShouldBe("first mid pulled");
        answer = await checkout.RunAsync<Relations>("Zero Mid Last --sequential");
        answer.Ran.ShouldBe("zero first mid pulled last");
        answer = await checkout.RunAsync<Relations>("Puller --sequential");
        answer.Ran.ShouldBe("puller first mid pulled");
        var mid = (ExecutableTarget)answer.Trace.Bag["mid"];
        mid.ExecutionDependencies.ShouldContain(t => t.Name == "First");
        mid.Triggers.ShouldContain(t => t.Name == "Pulled");
        mid.ExecutionDependencies[0].OrderDependencies.ShouldContain(t => t.Name == "Zero");
    }

    public interface IRestore : INukeBuild
    {
        Target Restore => _ => _.Executes(() => Trace.Current.Add("restore"));
    }

    public interface ICompile : IRestore
    {
        Target Compile => _ => _.DependsOn(Restore).Executes(() => Trace.Current.Add("compile"));
    }

    public interface ITest : ICompile
    {
        Target Test => _ => _.DependsOn<ICompile>().Executes(() => Trace.Current.Add("test"));
    }

    public interface IPack : INukeBuild
    {
        Target Pack => _ => _.Executes(() => Trace.Current.Add("never"));
    }

    public interface IPublish : INukeBuild
    {
        Target Publish => _ => _.Executes(() => Trace.Current.Add("publish"));
    }

    public interface ISign : INukeBuild
    {
        Target Sign => _ => _.Executes(() => Trace.Current.Add("sign"));
    }

    public interface ISignMore : ISign
    {
        Target ISign.Sign => _ => _.Base().Executes(() => Trace.Current.Add("own sign"));
    }

    public interface IMissing : INukeBuild
    {
        Target Missing => _ => _;
    }

    public abstract class Base : TestBuild
    {
        protected Target Inherited => _ => _.Executes(() => Ran("inherited"));
        Target PrivateInherited => _ => _.Executes(() => Ran("private inherited"));
        protected virtual Target Level => _ => _.Executes(() => Ran("zero"));
        protected virtual Target Deep => _ => _.Executes(() => Ran("deep"));
    }

    public interface IAcross : INukeBuild
    {
        Target Across => _ => _.Executes(() => Trace.Current.Add("across"));
    }

    public abstract class Middle : Base, IPublish, IAcross
    {
        Target IAcross.Across => _ => _.Base().Executes(() => Ran("own across"));

        protected override Target Level => _ => _.Base().Executes(() => Ran("one"));

        Target IPublish.Publish => _ => _.Executes(() => Ran("never: implemented again below"));
    }

    public class Build : Middle, ITest, IPack, IPublish, ISignMore
    {
        public Target Own => _ => _.Executes(() => Ran("own"));
        Target Private => _ => _.Executes(() => Ran("private"));

        Target ITest.Test => _ => _.Inherit<ITest>().Executes(() => Ran("own test"));

        Target IPack.Pack => _ => _.Executes(() => Ran("own pack"));

        Target IPublish.Publish => _ => _.Base().Executes(() => Ran("own publish"));

        protected override Target Level => _ => _.Base().Executes(() => Ran("two"));
        protected override Target Deep => _ => _.Base().Executes(() => Ran("own deep"));
        Target Mixed =>
            _ =>
                _.Inherit(Private, Own)
                    .Inherit<ICompile>(x => x.Compile)
                    .Triggers()
                    .DependsOn<IRestore>(x => x.Restore);
        Target Capturing
        {
            get
            {
                var text = "capturing";
                return _ => _.Executes(() => Ran(text));
            }
        }
        Target NeedsCapturing => _ => _.DependsOn(Capturing).Executes(() => Ran("needs"));
        Target Typed => _ => _.DependsOn<ICompile>(x => x.Compile).Executes(() => Ran("typed"));
        Target TriedTyped =>
            _ =>
                _.TryDependsOn<IMissing>()
                    .TryAfter<ICompile>(x => x.Compile)
                    .TryBefore<IMissing>(x => x.Missing)
                    .Executes(() => Ran("tried"));
    }

    public interface IFirst : INukeBuild
    {
        Target First => _ => _.Executes(() => Trace.Current.Add("first"));
    }

    public interface IMid : INukeBuild
    {
        Target Mid => _ => _.Executes(() => Trace.Current.Add("mid"));
    }

    public interface IPulled : INukeBuild
    {
        Target Pulled =>
            _ =>
                _.TriggeredBy<IMid>()
                    .TryTriggeredBy<IMid>()
                    .Executes(() => Trace.Current.Add("pulled"));
    }

    public class Relations : TestBuild, IFirst, IMid, IPulled
    {
        Target IFirst.First =>
            _ => _.Inherit<IFirst>().DependentFor<IMid>().TryDependentFor<IMid>(x => x.Mid);
        Target Zero => _ => _.Before<IFirst>().Executes(() => Ran("zero"));
        Target Last =>
            _ => _.After<IPulled>().Consumes<IMid>().Consumes(Zero).Executes(() => Ran("last"));
        Target Puller =>
            _ =>
                _.Triggers<IMid>()
                    .TryTriggers<IMid>()
                    .Before<IFirst>()
                    .Consumes(Zero, "*.zip")
                    .Consumes(Zero, Last)
                    .Consumes<IMid>(x => x.Mid)
                    .Consumes<IMid>(x => x.Mid, "*.zip")
                    .Consumes<IMid>("*.zip")
                    .Consumes<IMid>("*.zip", "*.tar")
                    .Executes(() =>
                    {
                        Ran("puller");
                        Set("mid", ScheduledTargets.Single(t => t.Name == "Mid"));
                    });
    }
}
