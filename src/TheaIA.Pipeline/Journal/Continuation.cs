namespace TheaIA.Pipeline;

/// <summary>
/// What <c>--continue</c> takes over from the last run, when that did not end well: targets without
/// inputs that it had done, as long as program, parameters and work tree are as they were when it
/// started. Targets with inputs answer for themselves, and an effect asks the world each time.
/// </summary>
internal sealed class Continuation
{
    private readonly RunRecord _last;
    private readonly AbsolutePath _root;

    private Continuation(RunRecord last, AbsolutePath root, string words) =>
        (_last, _root, Words) = (last, root, words);

    /// <summary><c>done in the run of 14:02, which was cut off</c>.</summary>
    public string Words { get; }

    /// <summary>It has nothing to compare by itself. What tidies up does so after each run.</summary>
    public static bool IsFor(ExecutableTarget target) =>
        target.Definition
            is {
                IsEffect: false,
                IsAssured: false,
                Inputs.Length: 0,
                InputKeys.Length: 0,
                Actions.Count: > 0
            };

    /// <summary>Null: there is nothing to take over, which the remark explains.</summary>
    public static Continuation? Find(
        RunScope scope,
        Plan plan,
        RunFingerprint now,
        Action<string> remark
    )
    {
        var last = RunHistory.Last(scope.Root.ToString());
        if (last is null)
        {
            remark("Nothing to continue: no run is on record here.");
            return null;
        }

        var at = RunWords.Clock(last.Head.Started, scope);
        var state = last.State;
        if (state is RunState.Done or RunState.Running)
        {
            var what = string.Join(", ", last.Head.Asked);
            var how = state == RunState.Done ? "ended well" : "is still at work";
            remark($"Nothing to continue: the last run ({what}, {at}) {how}.");
            return null;
        }

        if (!plan.Targets.Any(t => IsFor(t) && last.Find(t.Name) is { IsDone: true }))
        {
            return null;
        }

        if (Difference(last.Head.Fingerprint, now) is { } different)
        {
            remark($"What has no inputs runs again: {different} {at}.");
            return null;
        }

        return new Continuation(last, scope.Root, $"done in the run of {at}, {Ended(state)}");
    }

    /// <summary>What the last run had of it. Null: it runs.</summary>
    public TargetRecord? Of(ExecutableTarget target) =>
        IsFor(target)
        && _last.Find(target.Name) is { IsDone: true } done
        && !RanBehind(target)
        && WorkTree.Missing(_root, target.Definition.Outputs) is null
            ? done
            : null;

    /// <summary>Something that it comes after did its work again, so that it may find other things.</summary>
    private static bool RanBehind(ExecutableTarget target)
    {
        var seen = new HashSet<ExecutableTarget> { target };
        var open = new Stack<ExecutableTarget>([target]);
        while (open.TryPop(out var next))
        {
            foreach (var before in next.Needs.Concat(next.Follows).Concat(next.PulledBy))
            {
                if (Ran(before))
                {
                    return true;
                }

                // it stands for what is before it
                if (before.Status == ExecutionStatus.Collective && seen.Add(before))
                {
                    open.Push(before);
                }
            }
        }

        return false;
    }

    private static bool Ran(ExecutableTarget target) =>
        target.Status switch
        {
            // what came from a cache may be other than what was there
            ExecutionStatus.Succeeded => target.IsRestored
                || (!target.UpToDate && target.Continued is null),
            ExecutionStatus.Failed or ExecutionStatus.Aborted => true,
            _ => false,
        };

    private static string? Difference(RunFingerprint last, RunFingerprint now) =>
        now.Tree is null ? "there is no git repository here to compare the work tree with that of"
        : last.Tree is null ? "there is no record of the work tree of"
        : last.Program != now.Program ? "the build program is not that of"
        : last.Parameters != now.Parameters ? "the parameters are not those of"
        : last.Tree != now.Tree ? "a file has changed since"
        : null;

    private static string Ended(RunState state) =>
        state switch
        {
            RunState.Failed => "which failed",
            RunState.Refused => "which a gate stopped",
            _ => "which was cut off",
        };
}
