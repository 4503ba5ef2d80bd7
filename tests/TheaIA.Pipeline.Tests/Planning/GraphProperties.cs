using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace TheaIA.Pipeline.Tests.Planning;

/// <summary>The scheduler on graphs that nobody thought of.</summary>
public sealed class GraphProperties
{
    [Property(MaxTest = 100)]
    public Property Any_acyclic_graph_runs_each_target_once_after_what_it_needs() =>
        Prop.ForAll(Graphs().ToArbitrary(), graph => RunAsync(graph).GetAwaiter().GetResult());

    /// <summary>Edges go from a lower to a higher number only, so that there is no circle; kinds are mixed.</summary>
    private static Gen<Graph> Graphs() =>
        from count in Gen.Choose(1, 30)
        from edges in Gen.ListOf(
            from a in Gen.Choose(0, count - 1)
            from b in Gen.Choose(0, count - 1)
            from kind in Gen.Choose(0, 2)
            select (Math.Min(a, b), Math.Max(a, b), kind)
        )
        from most in Gen.Choose(1, 5)
        select new Graph(count, [.. edges.Where(e => e.Item1 != e.Item2)], most);

    private static async Task<bool> RunAsync(Graph graph)
    {
        var targets = Enumerable.Range(0, graph.Count).Select(Target).ToList();
        foreach (var (from, to, kind) in graph.Edges)
        {
            var (before, after) = (targets[from], targets[to]);
            switch (kind)
            {
                case 0:
                    after.Needs.Add(before);
                    break;
                case 1:
                    after.Follows.Add(before);
                    break;
                default:
                    before.Pulls.Add(after);
                    after.PulledBy.Add(before);
                    break;
            }
        }

        var ended = new ConcurrentDictionary<ExecutableTarget, int>();
        var (now, most, early) = (0, 0, 0);
        var plan = Planner.Make(targets, targets);
        using var interruption = new Interruption();
        using var stop = new RunStop(interruption);
        var ranks = targets.Select(t => TimeSpan.FromSeconds(t.Name.Length)).ToArray();
        await new Scheduler(
            plan,
            async target =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                var before = target.Needs.Concat(target.Follows).Concat(target.PulledBy);
                Interlocked.Add(ref early, before.Count(b => !ended.ContainsKey(b)));
                await Task.Yield();
                ended.AddOrUpdate(target, 1, (_, times) => times + 1);
                Interlocked.Decrement(ref now);
                target.Status = ExecutionStatus.Succeeded;
            },
            new StartOrder(plan, ranks, graph.Most)
        ).RunAsync(stop);
        return ended.Count == graph.Count
            && ended.Values.All(times => times == 1)
            && early == 0
            && most <= graph.Most;
    }

    private static ExecutableTarget Target(int number)
    {
        var getter = typeof(string).GetProperty("Length")!.GetMethod!;
        var definition = new TargetDefinition(new object(), getter);
        definition.Executes(() => { });
        return new ExecutableTarget($"T{number}", number, definition);
    }

    private static void InterlockedMax(ref int place, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref place)) < value)
        {
            Interlocked.CompareExchange(ref place, value, seen);
        }
    }

    public sealed record Graph(
        int Count,
        IReadOnlyList<(int From, int To, int Kind)> Edges,
        int Most
    );
}
