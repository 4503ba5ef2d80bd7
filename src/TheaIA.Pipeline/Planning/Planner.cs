namespace TheaIA.Pipeline;

/// <summary>Chooses what a run does: what was named, what that needs, what these trigger.</summary>
internal static class Planner
{
    public static Plan Make(
        IReadOnlyList<ExecutableTarget> order,
        IEnumerable<ExecutableTarget> invoked,
        bool isDefault = false
    )
    {
        var chosen = new bool[order.Count];
        var open = new Stack<ExecutableTarget>();
        foreach (var target in invoked)
        {
            target.Invoked = true;
            Choose(target);
        }

        while (open.TryPop(out var target))
        {
            target.Needs.ForEach(Choose);
            target.Pulls.ForEach(Choose);
        }

        var planned = new List<ExecutableTarget>();
        foreach (var target in order)
        {
            if (chosen[target.Index])
            {
                target.Status = ExecutionStatus.Scheduled;
                planned.Add(target);
            }
        }

        return new Plan(planned, order.Count) { IsDefault = isDefault };

        void Choose(ExecutableTarget target)
        {
            if (!chosen[target.Index])
            {
                chosen[target.Index] = true;
                open.Push(target);
            }
        }
    }
}
