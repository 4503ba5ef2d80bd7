namespace TheaIA.Pipeline;

/// <summary><c>--rerun</c>: targets that run although they are up to date.</summary>
internal static class Rerun
{
    /// <param name="plan">The plan.</param>
    /// <param name="targets">All targets, for their names.</param>
    /// <param name="typed">Null: no <c>--rerun</c>; empty: the whole plan.</param>
    /// <exception cref="TheaIA.Abstractions.OutcomeException">
    /// <see cref="TheaIA.Abstractions.Outcome.Wrong"/>: there is no such target, or it is not in the plan.
    /// </exception>
    public static void Mark(Plan plan, TargetSet targets, IReadOnlyList<string>? typed)
    {
        if (typed is null)
        {
            return;
        }

        var named = typed.Count == 0 ? plan.Targets : TargetNames.Find(targets, typed);
        foreach (var target in named)
        {
            target.IsRerun = plan.Contains(target)
                ? true
                : throw Wrong.CommandLine(
                    $"--rerun names {target}, which is not in this plan: ./build.sh {target} --rerun {target}"
                );
        }
    }
}
