namespace TheaIA.Pipeline;

/// <summary>Does one target; gives back when it has ended, however it ended.</summary>
/// <returns>False: it was left behind, and its end is told by <see cref="Scheduler.Left"/>.</returns>
internal delegate Task<bool> TargetWork(ExecutableTarget target);

/// <summary>
/// Starts each target of a plan when its turn has come, none behind a failed one, and sees each to its end.
/// When a stop is requested, nothing new starts but assured targets.
/// </summary>
internal sealed class Scheduler(Plan plan, TargetWork work, StartOrder order, RunStop stop)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _allSettled = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private int _settled;
    private bool _isStopping;

    public async Task RunAsync()
    {
        await using var told = stop.Token.Register(() => Go(ended: null).ForEach(Start));
        Go(ended: null).ForEach(Start);
        // What ends soon is waited for here: to suspend costs a start milliseconds, since no code of it is
        // compiled before (as in Attempt).
        _ = Task.WaitAny([_allSettled.Task], Soon);
        await _allSettled.Task;
    }

    /// <summary>A target has ended for the run, though its thread did not come back.</summary>
    public void Left(ExecutableTarget target) => Go(plan.PlaceOf(target)).ForEach(Start);

    /// <summary>One thread at a time: whichever ended a target finds what comes after it.</summary>
    /// <param name="ended">The place of a target that has ended; null: none has.</param>
    /// <returns>What is to start now, marked as running, the most urgent first.</returns>
    private List<int> Go(int? ended)
    {
        lock (_gate)
        {
            if (ended is { } place)
            {
                End(place);
            }

            // asked each time: a target that the stop ended may come here before the stop's own word does
            if (stop.IsRequested && !_isStopping)
            {
                _isStopping = true;
                LeaveOutWhatIsNotAssured(stop.Failure);
            }

            var next = TakeWhatCan();
            if (_settled == plan.Targets.Count)
            {
                _allSettled.TrySetResult();
            }

            return next;
        }
    }

    private List<int> TakeWhatCan()
    {
        List<int> taken = [];
        while (order.TryTake(out var place))
        {
            var target = plan.Targets[place];
            if (target.Status != ExecutionStatus.Scheduled)
            {
                // left out before its turn; its end counts only now, so that the order holds through it
                Settle(place);
            }
            else if (target.Definition.Actions.Count == 0 && !NeedsWork(target.Definition))
            {
                target.Status = ExecutionStatus.Collective;
                Settle(place);
            }
            else
            {
                target.Status = ExecutionStatus.Running;
                taken.Add(place);
            }
        }

        return taken;
    }

    private void Start(int place) => _ = Task.Run(() => WorkAsync(place));

    /// <summary>Does one target, then the next that it lets start, and gives the others to other threads.</summary>
    private async Task WorkAsync(int place)
    {
        for (int? now = place; now is { } mine; )
        {
            var target = plan.Targets[mine];
            if (!await DoAsync(target))
            {
                return;
            }

            if (target.Status == ExecutionStatus.Running)
            {
                // what nobody saw succeed has failed
                target.Status = ExecutionStatus.Failed;
            }

            var next = Go(mine);
            for (var i = 1; i < next.Count; i++)
            {
                Start(next[i]);
            }

            now = next.Count > 0 ? next[0] : null;
        }
    }

    /// <summary>What the engine itself stumbles over is no reason for the others not to run.</summary>
    private async Task<bool> DoAsync(ExecutableTarget target)
    {
        var ended = work(target);
        await ((Task)ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ended.IsCompletedSuccessfully || await ended;
    }

    /// <summary>Gates and dynamic conditions count without actions too.</summary>
    private static bool NeedsWork(TargetDefinition said) =>
        said.Gates.Length > 0 || said.DynamicConditions.Length > 0;

    private void End(int place)
    {
        var target = plan.Targets[place];
        if (target.Status == ExecutionStatus.Failed && !target.Definition.Proceeds)
        {
            Block(place, target);
        }

        if (target.Definition.Resources.Length > 0 && LeftBehindException.IsBehind(target.Error))
        {
            KeepFrom(target);
        }

        Settle(place);
    }

    /// <summary>Code that was left behind still works with what it has for itself: nobody may meet it.</summary>
    private void KeepFrom(ExecutableTarget left)
    {
        for (var place = 0; place < plan.Targets.Count; place++)
        {
            var other = plan.Targets[place];
            var kept = other.Definition.Resources.Intersect(
                left.Definition.Resources,
                StringComparer.OrdinalIgnoreCase
            );
            if (other.Status == ExecutionStatus.Scheduled && kept.FirstOrDefault() is { } resource)
            {
                other.Status = ExecutionStatus.NotRun;
                other.BlockedBy = left;
                other.KeptFrom = resource;
                Block(place, left);
            }
        }
    }

    private void Settle(int place)
    {
        _settled++;
        order.End(place);
    }

    /// <summary>Nothing starts behind a failed target, assured ones excepted.</summary>
    private void Block(int place, ExecutableTarget failed)
    {
        var seen = new HashSet<int> { place };
        var open = new Stack<int>([place]);
        while (open.TryPop(out var next))
        {
            foreach (var behind in plan.After(next))
            {
                if (seen.Add(behind))
                {
                    open.Push(behind);
                    LeaveOut(plan.Targets[behind], failed);
                }
            }
        }
    }

    private void LeaveOutWhatIsNotAssured(ExecutableTarget? because)
    {
        foreach (var target in plan.Targets)
        {
            LeaveOut(target, because);
        }
    }

    private static void LeaveOut(ExecutableTarget target, ExecutableTarget? because)
    {
        if (target.Status == ExecutionStatus.Scheduled && !target.Definition.IsAssured)
        {
            target.Status = ExecutionStatus.NotRun;
            target.BlockedBy = because;
        }
    }
}
