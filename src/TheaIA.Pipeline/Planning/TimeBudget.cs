using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>The time that may pass from build.sh's first line to a target's actions.</summary>
/// <param name="Limit">More than zero.</param>
/// <param name="Binds">Whether going over refuses the target.</param>
internal sealed record TimeBudget(TimeSpan Limit, Func<bool> Binds)
{
    private const string Name = "Budget";

    /// <summary>What to say before a run that by its past will go over; null: it fits, or nobody knows.</summary>
    public static IEnumerable<string> Warnings(Plan plan, Prediction predicted, TimeSpan spent)
    {
        for (var place = 0; place < plan.Targets.Count; place++)
        {
            var target = plan.Targets[place];
            var start = spent + predicted.StartOf(place);
            if (
                predicted.IsKnown
                && target is { Status: ExecutionStatus.Scheduled, Definition.Budget: { } budget }
                && start > budget.Limit
            )
            {
                var path = string.Join(", ", predicted.CriticalPath(place));
                yield return $"By past runs {target.Name} starts after {HumanTime.Format(start)}, "
                    + $"over its budget {budget.Goal}. What takes so long: {path}.";
            }
        }
    }

    /// <summary>Measures it now.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Refused"/>: over, and it binds.</exception>
    public void Check(RunningTarget running, Journal? journal, TimeSpan spent)
    {
        var fits = spent <= Limit;
        var verdict =
            fits ? Verdict.Pass
            : Binds() ? Verdict.Fail
            : Verdict.Waived;
        var measured = new Measurement(verdict, HumanTime.Format(spent), HumanTime.Format(Limit));
        journal?.Measured(running.Target, Name, measured);
        if (fits)
        {
            return;
        }

        var text = $"{HumanTime.Format(spent)} since the start {Goal}";
        if (verdict == Verdict.Fail)
        {
            running.Target.StoppedAt = Name;
            throw new OutcomeException(Outcome.Refused, $"{Name}: {text}");
        }

        running.Say($"{running.Target.Name} starts {text}: over its budget, noted only.");
    }

    private string Goal => $"[{HumanTime.Format(Limit)}]";
}
