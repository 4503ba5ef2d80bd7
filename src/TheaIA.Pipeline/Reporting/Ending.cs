using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>How a run ended: its exit code, what did not start, and its last lines.</summary>
internal sealed class Ending(Plan plan, TargetRunner runner, RunScope scope, RunFolder folder)
{
    private Outcome? Interrupted => scope.Surroundings.Interruption.Requested;

    /// <summary>The first failure, that of a target which the engine itself stumbled over too; null: none.</summary>
    public ExecutableTarget? RootCause { get; } =
        runner.FirstFailed ?? plan.Targets.FirstOrDefault(t => t.Status == ExecutionStatus.Failed);

    public Outcome Outcome =>
        Interrupted
        ?? (
            RootCause is not { } failed ? Outcome.Done
            : failed.Outcome == Outcome.Done ? Outcome.Failed
            : failed.Outcome
        );

    public void Report(Reporter reporter)
    {
        foreach (
            var group in plan
                .Targets.Where(t => t.Status == ExecutionStatus.NotRun)
                .GroupBy(Because)
        )
        {
            reporter.NotStarted(group, group.Key);
        }

        var style = Outcome == Outcome.Done ? LineStyle.Text : LineStyle.Heading;
        if (Closing() is { Length: > 0 } closing)
        {
            reporter.Closing([closing], style);
        }
    }

    /// <summary>Why a target was not started.</summary>
    public static string Because(ExecutableTarget notStarted) =>
        notStarted.BlockedBy is not { } blocked ? "interrupted"
        : notStarted.KeptFrom is { } resource ? $"{blocked.Name} was left behind with '{resource}'"
        : blocked.Outcome == Outcome.Refused ? $"{blocked.Name} said no"
        : $"{blocked.Name} failed";

    private string? Closing()
    {
        if (Interrupted is { } how)
        {
            var by = how == Outcome.Interrupted ? "Ctrl-C" : "SIGTERM";
            var cut = Names(ExecutionStatus.Aborted);
            var what = cut.Length > 0 ? $" Cut off: {cut}." : "";
            return $"Stopped by {by} after {Elapsed}.{what}";
        }

        if (RootCause is not { } failed)
        {
            return runner.Closing
                ?? (
                    plan.Targets.All(t => t.Definition.IsConcurrent) ? null : $"Done in {Elapsed}."
                );
        }

        if (failed.Error is OutcomeException { Closing: { } own })
        {
            return own;
        }

        return failed.Outcome == Outcome.Refused ? StoppedAtGate(failed) : Failed(failed);
    }

    private string StoppedAtGate(ExecutableTarget failed)
    {
        string[] gates = [failed.StoppedAt ?? failed.Name, .. failed.AlsoStoppedAt];
        var at =
            gates.Length == 1
                ? $"gate {gates[0]}"
                : $"gates {string.Join(", ", gates[..^1])} and {gates[^1]}";
        var worked = plan.Targets.Where(HasWorked).ToList();
        var effects = string.Join(
            ", ",
            worked.Where(t => t is { IsEffect: true, Status: ExecutionStatus.Succeeded })
        );
        var rest =
            effects.Length > 0 ? $" Done before it: {effects}."
            // one that failed or was cut off may have done a part
            : worked.Exists(t => t.IsEffect) ? ""
            : worked.Count > 0 ? " Nothing was deployed."
            : " Nothing was built or deployed.";
        return $"Stopped at the {at}.{rest}";
    }

    /// <summary>Its actions ran in this run, to their end or not.</summary>
    private static bool HasWorked(ExecutableTarget target) =>
        target
            is {
                Definition.Actions.Count: > 0,
                UpToDate: false,
                Continued: null,
                StoppedAt: null,
                Outcome: not Outcome.Refused,
                Status: ExecutionStatus.Succeeded
                    or ExecutionStatus.Failed
                    or ExecutionStatus.Aborted
            };

    private string Failed(ExecutableTarget first)
    {
        // the root cause first, whatever failed beside it
        var all = plan.Targets.Where(t => t.Status == ExecutionStatus.Failed && t != first);
        var names = string.Join(", ", all.Prepend(first));
        return names == first.Name
            ? $"Failed: {names}. Its log: {folder.LogOf(first)}"
            : $"Failed: {names}. Their logs: {folder.Name}";
    }

    private string Names(ExecutionStatus status) =>
        string.Join(", ", plan.Targets.Where(t => t.Status == status));

    private string Elapsed => HumanTime.Format(scope.Elapsed);
}
