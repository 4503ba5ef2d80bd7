using System.Diagnostics.CodeAnalysis;

namespace TheaIA.Pipeline.Tests.Definition;

/// <summary>A wrong program or command line: one sentence, exit 2, nothing ran.</summary>
[SuppressMessage(
    "Design",
    "CA1033",
    Justification = "Overriding a component's target is an explicit implementation: that is what is tested."
)]
public sealed class WrongProgramTests
{
    [Fact]
    public async Task An_unknown_target() =>
        await IsRefusedAsync<Good>(
            "Depoly",
            "There is no target 'Depoly'. Did you mean Deploy?   ./build.sh --help lists all."
        );

    [Fact]
    public async Task An_unknown_target_that_is_near_to_none() =>
        await IsRefusedAsync<Good>(
            "Deploy Xyzzy",
            "There is no target 'Xyzzy'.   ./build.sh --help lists all."
        );

    [Fact]
    public async Task An_unknown_target_behind_skip() =>
        await IsRefusedAsync<Good>(
            "Deploy --skip Tst",
            "There is no target 'Tst'. Did you mean Test?   ./build.sh --help lists all."
        );

    [Fact]
    public async Task Nothing_to_do() =>
        await IsRefusedAsync<Good>(
            "",
            "No target was named, and the build program has no default.   ./build.sh --help lists all."
        );

    [Fact]
    public async Task A_circle() =>
        await IsRefusedAsync<Circle>(
            "Free",
            "Targets wait for each other in a circle: C -> A -> B -> C. Take one of these relations out."
        );

    [Fact]
    public async Task A_target_that_waits_for_itself() =>
        await IsRefusedAsync<SelfCircle>(
            "A",
            "Targets wait for each other in a circle: A -> A. Take one of these relations out."
        );

    [Fact]
    public async Task Two_targets_with_one_name() =>
        await IsRefusedAsync<Twice>(
            "Test",
            "Two targets are called 'Test': Twice.TEST and ITest.Test. Rename one of them."
        );

    [Fact]
    public async Task A_property_without_a_value() =>
        await IsRefusedAsync<Null>(
            "Nothing",
            "Null.Nothing is null. A target is a property: Target Nothing => _ => _.Executes(() => ...);"
        );

    [Fact]
    public async Task A_relation_to_what_is_no_target() =>
        await IsRefusedAsync<Stranger>(
            "A",
            "A names something in DependsOn that is no target property of Stranger."
        );

    [Fact]
    public async Task A_component_that_the_build_does_not_have() =>
        await IsRefusedAsync<NoComponent>(
            "A",
            "NoComponent.A names a target of ITest, which NoComponent does not implement. Add the component, or\nuse TryDependsOn<ITest>."
        );

    [Fact]
    public async Task A_component_without_a_target_of_its_own() =>
        await IsRefusedAsync<EmptyComponent>(
            "A",
            "IEmpty has no target of its own: name the one that is meant, as x => x.Name."
        );

    [Fact]
    public async Task A_component_with_two_targets() =>
        await IsRefusedAsync<TwoInOne>(
            "A",
            "ITwo has more than one target: name the one that is meant, as x => x.One."
        );

    [Fact]
    public async Task Base_without_a_base() =>
        await IsRefusedAsync<NoBase>("A", "NoBase.A calls Base(), but overrides no target.");

    [Fact]
    public async Task Base_in_an_interface_without_a_base() =>
        await IsRefusedAsync<NoInterfaceBase>(
            "Odd",
            "IOdd.Odd calls Base(), but overrides no target."
        );

    [Fact]
    public async Task Inheriting_from_a_component_that_the_build_does_not_have() =>
        await IsRefusedAsync<InheritsNothing>(
            "A",
            "InheritsNothing.A inherits from ITest.Test, which says nothing here."
        );

    [Fact]
    public async Task Inheriting_from_what_is_no_property() =>
        await IsRefusedAsync<InheritsOdd>(
            "Test",
            "InheritsOdd.Test inherits from 'null', which is no target property."
        );

    [Fact]
    public async Task A_default_that_is_no_target()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Good>("", x => Good.Odd);
        answer.Output.ShouldBe("The default target 'Good.Odd' is no target property of Good.\n");
        answer.Code.ShouldBe(2);
        (await checkout.RunAsync<Good>("", x => x.ByMethod())).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_constructor_that_throws()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Throws>("A");
        answer.FirstLine.ShouldBe(
            "The build program Throws threw InvalidOperationException: no such thing"
        );
        answer.Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_constructor_that_refuses()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Refuses>("A");
        answer.Output.ShouldBe("not here\n");
        answer.Code.ShouldBe(2);
    }

    [Fact]
    public void A_definition_of_another_engine_is_an_argument_error() =>
        Should
            .Throw<ArgumentException>(() => ((ITargetDefinition)null!).Effect())
            .Message.ShouldStartWith("The definition was not made by this engine.");

    private static async Task IsRefusedAsync<T>(string commandLine, string expected)
        where T : NukeBuild, new()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<T>(commandLine);
        answer.Output.ShouldBe(expected + "\n");
        answer.Code.ShouldBe(2);
        answer.Ran.ShouldBe("");
        Directory.Exists(Path.Combine(checkout.Root, ".nuke/temp")).ShouldBeFalse();
    }

    public interface ITest : INukeBuild
    {
        Target Test => _ => _;
    }

    public interface IEmpty : INukeBuild;

    public interface ITwo : INukeBuild
    {
        Target One => _ => _;
        Target Two => _ => _;
    }

    public class Good : TestBuild
    {
        public static Target Odd => _ => _;
        Target Deploy => _ => _.Executes(() => Ran(nameof(Deploy)));
        Target Test => _ => _.Executes(() => Ran(nameof(Test)));

        public Target ByMethod() => Test;
    }

    public class Circle : TestBuild
    {
        Target Free => _ => _;
        Target A => _ => _.DependsOn(B);
        Target B => _ => _.After(C);
        Target C => _ => _.Before(Free).TriggeredBy(A);
    }

    public class SelfCircle : TestBuild
    {
        Target A => _ => _.DependsOn(A);
    }

    public class Twice : TestBuild, ITest
    {
        Target TEST => _ => _;
    }

    public class Null : TestBuild
    {
        Target Nothing => null!;
    }

    public class Stranger : TestBuild
    {
        Target A => _ => _.DependsOn((Target)null!);
    }

    public class NoComponent : TestBuild
    {
        Target A => _ => _.DependsOn<ITest>();
    }

    public class EmptyComponent : TestBuild, IEmpty
    {
        Target A => _ => _.DependsOn<IEmpty>();
    }

    public class TwoInOne : TestBuild, ITwo
    {
        Target A => _ => _.DependsOn<ITwo>();
    }

    public class NoBase : TestBuild
    {
        Target A => _ => _.Base();
    }

    public interface IOdd : ITest
    {
        Target Odd => _ => _.Base();
    }

    public class NoInterfaceBase : TestBuild, IOdd;

    public class InheritsNothing : TestBuild
    {
        Target A => _ => _.Inherit<ITest>();
    }

    public class InheritsOdd : TestBuild, ITest
    {
        Target ITest.Test => _ => _.Inherit<ITest>(x => null!);
    }

    public class Throws : TestBuild
    {
        public Throws() => Throw("no such thing");
    }

    public class Refuses : TestBuild
    {
        public Refuses() =>
            throw new Abstractions.OutcomeException(Abstractions.Outcome.Wrong, "not here");
    }
}
