namespace TheaIA.Pipeline;

/// <summary>Leaves targets out of a plan: <c>--skip</c>, conditions, and what follows from them.</summary>
internal sealed class SkipRules(Plan plan)
{
    private readonly Lock _gate = new();
    private readonly int[] _neededBy = CountNeeds(plan);

    /// <param name="skipped">Null: no <c>--skip</c>; empty: all that was not named.</param>
    public void Apply(IReadOnlyCollection<ExecutableTarget>? skipped)
    {
        foreach (var target in plan.Targets)
        {
            if (
                skipped is not null
                && (skipped.Count == 0 ? !target.Invoked : skipped.Contains(target))
            )
            {
                Skip(target, "by --skip");
            }
        }

        foreach (var target in plan.Targets)
        {
            if (
                target.Status == ExecutionStatus.Scheduled
                && FirstFalse(target.Definition.StaticConditions) is { } condition
            )
            {
                Skip(target, $"only when {condition.Text}");
            }
        }
    }

    /// <summary>
    /// Leaves out what only this skipped target needs or triggers, and so on; also while the plan runs,
    /// when a dynamic condition skipped it: then only what it triggers is still to run.
    /// </summary>
    /// <returns>What was left out now.</returns>
    public IReadOnlyList<ExecutableTarget> Follow(ExecutableTarget skipped)
    {
        var also = new List<ExecutableTarget>();
        var open = new Stack<ExecutableTarget>();
        if (skipped.Definition.Dependencies == DependencyBehavior.Skip)
        {
            open.Push(skipped);
        }

        lock (_gate)
        {
            while (open.TryPop(out var next))
            {
                foreach (var other in next.Needs.Concat(next.Pulls))
                {
                    if (--_neededBy[other.Index] > 0 || other.Invoked)
                    {
                        continue;
                    }

                    if (other.Status == ExecutionStatus.Scheduled)
                    {
                        other.Status = ExecutionStatus.Skipped;
                        other.SkipReason = $"only {next.Name} needs it";
                        other.SkipCause = skipped.SkipCause ?? skipped.SkipReason;
                        also.Add(other);
                        open.Push(other);
                    }
                    else if (KeepsItsNeeds(other))
                    {
                        // it was skipped for its own sake and let run what it needs: now nobody wants that
                        open.Push(other);
                    }
                }
            }
        }

        return also;
    }

    public static Condition? FirstFalse(Condition[] conditions)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds())
            {
                return condition;
            }
        }

        return null;
    }

    private static bool KeepsItsNeeds(ExecutableTarget target) =>
        target
            is {
                Status: ExecutionStatus.Skipped,
                Definition.Dependencies: DependencyBehavior.Execute
            };

    private void Skip(ExecutableTarget target, string reason)
    {
        if (target.Status == ExecutionStatus.Scheduled)
        {
            target.Status = ExecutionStatus.Skipped;
            target.SkipReason = reason;
            Follow(target);
        }
    }

    private static int[] CountNeeds(Plan plan)
    {
        var last = -1;
        foreach (var target in plan.Targets)
        {
            last = Math.Max(last, target.Index);
        }

        var counts = new int[last + 1];
        foreach (var target in plan.Targets)
        {
            foreach (var other in target.Needs)
            {
                counts[other.Index]++;
            }

            foreach (var other in target.Pulls)
            {
                counts[other.Index]++;
            }
        }

        return counts;
    }
}
