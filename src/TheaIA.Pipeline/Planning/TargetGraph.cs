namespace TheaIA.Pipeline;

/// <summary>Turns what targets said of each other into edges, and puts all targets in an order.</summary>
internal static class TargetGraph
{
    /// <summary>Links all targets and orders them: every target after what it waits for.</summary>
    /// <exception cref="TheaIA.Abstractions.OutcomeException">Wrong: a cycle, or something that is no target.</exception>
    public static ExecutableTarget[] Link(TargetSet targets)
    {
        foreach (var target in targets.All)
        {
            foreach (var (relation, factory) in target.Definition.Relations)
            {
                var other =
                    targets.Find(factory)
                    ?? throw Wrong.Program(
                        $"{target.Name} names something in {relation} that is no target property of {targets.Build.Name}."
                    );
                Add(target, relation, other);
            }
        }

        return Order(targets.All);
    }

    private static void Add(ExecutableTarget target, Relation relation, ExecutableTarget other)
    {
        switch (relation)
        {
            case Relation.DependsOn:
                target.Needs.Add(other);
                break;
            case Relation.DependentFor:
                other.Needs.Add(target);
                break;
            case Relation.Before:
                other.Follows.Add(target);
                break;
            case Relation.After:
                target.Follows.Add(other);
                break;
            case Relation.Triggers:
                target.Pulls.Add(other);
                other.PulledBy.Add(target);
                break;
            case Relation.TriggeredBy:
                other.Pulls.Add(target);
                target.PulledBy.Add(other);
                break;
            default:
                target.Uses.Add(other);
                break;
        }
    }

    /// <summary>Depth first with a stack of its own: a chain of 10,000 targets must not overflow.</summary>
    private static ExecutableTarget[] Order(List<ExecutableTarget> all)
    {
        var order = new List<ExecutableTarget>(all.Count);
        var states = new byte[all.Count];
        var path = new Stack<(ExecutableTarget Target, int Next)>();
        foreach (var root in all)
        {
            if (states[root.Index] != 0)
            {
                continue;
            }

            states[root.Index] = 1;
            path.Push((root, 0));
            while (path.TryPop(out var top))
            {
                var (target, next) = top;
                if (At(target, next) is not { } before)
                {
                    states[target.Index] = 2;
                    order.Add(target);
                    continue;
                }

                path.Push((target, next + 1));
                if (states[before.Index] == 1)
                {
                    throw Cycle(path.Select(p => p.Target), before);
                }

                if (states[before.Index] == 0)
                {
                    states[before.Index] = 1;
                    path.Push((before, 0));
                }
            }
        }

        return [.. order];
    }

    private static ExecutableTarget? At(ExecutableTarget target, int index)
    {
        var (needs, follows, pulledBy) = (target.Needs, target.Follows, target.PulledBy);
        if (index < needs.Count)
        {
            return needs[index];
        }

        index -= needs.Count;
        if (index < follows.Count)
        {
            return follows[index];
        }

        index -= follows.Count;
        return index < pulledBy.Count ? pulledBy[index] : null;
    }

    private static TheaIA.Abstractions.OutcomeException Cycle(
        IEnumerable<ExecutableTarget> path,
        ExecutableTarget again
    )
    {
        // the path comes innermost first; an arrow reads "waits for"
        var circle = path.TakeWhile(t => t != again).Prepend(again).Append(again).Reverse();
        return Wrong.Program(
            $"Targets wait for each other in a circle: {string.Join(" -> ", circle)}. Take one of these relations out."
        );
    }
}
