namespace TheaIA.Pipeline.Tests.Planning;

/// <summary>What a plan tells the scheduler of its targets.</summary>
public sealed class PlanTests
{
    private readonly List<ExecutableTarget> _targets =
    [
        .. Enumerable.Range(0, 4).Select(i => new ExecutableTarget($"T{i}", i, Definition())),
    ];

    [Fact]
    public void It_counts_what_each_waits_for_and_knows_who_waits()
    {
        var (a, b, c, outside) = (_targets[0], _targets[1], _targets[2], _targets[3]);
        b.Needs.Add(a);
        c.Needs.Add(b);
        c.Follows.Add(a);
        // what is not in the plan holds nobody up
        c.Follows.Add(outside);
        var plan = new Plan([a, b, c], _targets.Count);

        plan.Contains(b).ShouldBeTrue();
        plan.Contains(outside).ShouldBeFalse();
        plan.Waits().ShouldBe([0, 1, 2]);
        plan.After(0).ToArray().ShouldBe([1, 2]);
        plan.After(1).ToArray().ShouldBe([2]);
        plan.After(2).ToArray().ShouldBeEmpty();
        plan.Levels.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void Counting_down_is_done_in_a_copy()
    {
        _targets[1].PulledBy.Add(_targets[0]);
        var plan = new Plan(_targets, _targets.Count);
        plan.Waits()[1]--;
        plan.Waits().ShouldBe([0, 1, 0, 0]);
    }

    [Fact]
    public void A_second_skip_of_a_target_keeps_the_first_reason()
    {
        var (a, b) = (_targets[0], _targets[1]);
        b.Definition.OnlyWhenStatic(() => false, "() => No");
        b.Needs.Add(a);
        var plan = Planner.Make(_targets, [b]);
        plan.Skips.Apply([b, a]);
        a.SkipReason.ShouldBe("by --skip");
        b.SkipReason.ShouldBe("by --skip");
        plan.Skips.Follow(b).ShouldBeEmpty();
    }

    private static TargetDefinition Definition() =>
        new(new object(), typeof(string).GetProperty("Length")!.GetMethod!);
}
