namespace TheaIA.Pipeline;

/// <summary>Leaves targets out of a plan before it runs: <c>--skip</c> and static conditions.</summary>
internal sealed class SkipRules(Plan plan)
{
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

    public static Condition? FirstFalse(List<Condition> conditions)
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

    private void Skip(ExecutableTarget target, string reason)
    {
        var open = new Stack<(ExecutableTarget Target, string Reason)>();
        open.Push((target, reason));
        while (open.TryPop(out var next))
        {
            if (next.Target.Status != ExecutionStatus.Scheduled)
            {
                continue;
            }

            next.Target.Status = ExecutionStatus.Skipped;
            next.Target.SkipReason = next.Reason;
            if (next.Target.Definition.Dependencies == DependencyBehavior.Execute)
            {
                continue;
            }

            foreach (var other in next.Target.Needs.Concat(next.Target.Pulls))
            {
                if (--_neededBy[other.Index] == 0 && !other.Invoked)
                {
                    open.Push((other, $"only {next.Target.Name} needs it"));
                }
            }
        }
    }

    private static int[] CountNeeds(Plan plan)
    {
        var counts = new int[plan.Targets.Count == 0 ? 0 : plan.Targets.Max(t => t.Index) + 1];
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
