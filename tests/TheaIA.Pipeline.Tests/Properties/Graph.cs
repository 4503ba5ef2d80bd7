using FsCheck;
using FsCheck.Fluent;

namespace TheaIA.Pipeline.Tests.Properties;

/// <summary>How a target of a made-up graph behaves.</summary>
public sealed record Node(
    bool Fails,
    bool Proceeds,
    bool IsAssured,
    bool IsInvoked,
    bool IsOff,
    bool Keeps,
    IReadOnlyList<string> Resources
);

/// <summary>A graph of targets that nobody thought of.</summary>
public sealed record Graph(
    IReadOnlyList<Node> Nodes,
    IReadOnlyList<(int From, int To, int Kind)> Edges,
    int Most
)
{
    private static readonly string[] Resources = ["msbuild", "PORT", "port", "disk"];

    /// <summary>Edges go from a lower to a higher number only, so that there is no circle; kinds are mixed.</summary>
    public static Arbitrary<Graph> Any { get; } =
        (
            from count in Gen.Choose(1, 30)
            from nodes in Gen.ArrayOf(AnyNode, count)
            from edges in Gen.ListOf(
                from a in Gen.Choose(0, count - 1)
                from b in Gen.Choose(0, count - 1)
                from kind in Gen.Choose(0, 3)
                select (Math.Min(a, b), Math.Max(a, b), kind)
            )
            from most in Gen.Choose(1, 6)
            select new Graph(nodes, [.. edges.Where(e => e.Item1 != e.Item2)], most)
        ).ToArbitrary();

    private static Gen<Node> AnyNode =>
        from fails in Sometimes(6)
        from proceeds in Sometimes(3)
        from assured in Sometimes(4)
        from invoked in Sometimes(2)
        from off in Sometimes(5)
        from keeps in Sometimes(3)
        from resources in Gen.Frequency(
            (3, Gen.Constant(Array.Empty<string>())),
            (1, Gen.ArrayOf(Gen.Elements(Resources), 1)),
            (1, Gen.ArrayOf(Gen.Elements(Resources), 2))
        )
        select new Node(fails, proceeds, assured, invoked, off, keeps, resources);

    /// <summary>The same targets, none of which fails.</summary>
    public Graph Sound() => this with { Nodes = [.. Nodes.Select(n => n with { Fails = false })] };

    /// <summary>The targets, linked as the engine links them.</summary>
    public IReadOnlyList<ExecutableTarget> Targets()
    {
        var targets = Nodes.Select(Target).ToList();
        foreach (var (from, to, kind) in Edges)
        {
            var (before, after) = (targets[from], targets[to]);
            switch (kind)
            {
                case 0:
                    after.Needs.Add(before);
                    break;
                case 1 or 2:
                    // After, or Before from the other side
                    after.Follows.Add(before);
                    break;
                default:
                    before.Pulls.Add(after);
                    after.PulledBy.Add(before);
                    break;
            }
        }

        return targets;
    }

    public IEnumerable<ExecutableTarget> Invoked(IReadOnlyList<ExecutableTarget> targets) =>
        targets.Where(t => Nodes[t.Index].IsInvoked);

    /// <summary>What stands before a target in any way.</summary>
    public static IEnumerable<ExecutableTarget> Before(ExecutableTarget target) =>
        target.Needs.Concat(target.Follows).Concat(target.PulledBy);

    private static ExecutableTarget Target(Node node, int number)
    {
        var getter = typeof(string).GetProperty("Length")!.GetMethod!;
        var definition = new TargetDefinition(new object(), getter);
        definition.Executes(() => { }).Exclusive([.. node.Resources]);
        if (node.Proceeds)
        {
            definition.ProceedAfterFailure();
        }

        if (node.IsAssured)
        {
            definition.AssuredAfterFailure();
        }

        if (node.IsOff)
        {
            definition.OnlyWhenStatic(() => false);
        }

        if (node.Keeps)
        {
            definition.WhenSkipped(DependencyBehavior.Execute);
        }

        return new ExecutableTarget($"T{number}", number, definition);
    }

    private static Gen<bool> Sometimes(int oneIn) => Gen.Choose(1, oneIn).Select(n => n == 1);
}
