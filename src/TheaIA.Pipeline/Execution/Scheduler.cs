namespace TheaIA.Pipeline;

/// <summary>Does one target; gives back when it has ended, however it ended.</summary>
internal delegate Task TargetWork(ExecutableTarget target);

/// <summary>
/// Starts each target of a plan when its turn has come, none behind a failed one, and sees each to its end.
/// </summary>
internal sealed class Scheduler(Plan plan, TargetWork work, StartOrder order)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _allSettled = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private int _settled;

    /// <param name="stop">When it is requested, nothing new starts but assured targets.</param>
    public async Task RunAsync(RunStop stop)
    {
        // registered first: a run that was told to end before it began starts nothing
        await using var told = stop.Token.Register(() => Stop(stop));
        Go(StartWhatCan);
        await _allSettled.Task;
    }

    private void Stop(RunStop stop) =>
        Go(() =>
        {
            LeaveOutWhatIsNotAssured(stop.Failure);
            StartWhatCan();
        });

    /// <summary>One thread at a time: whichever ended a target starts what comes after it.</summary>
    private void Go(Action step)
    {
        lock (_gate)
        {
            step();
            if (_settled == plan.Targets.Count)
            {
                _allSettled.TrySetResult();
            }
        }
    }

    private void StartWhatCan()
    {
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
                Start(place, target);
            }
        }
    }

    private void Start(int place, ExecutableTarget target)
    {
        target.Status = ExecutionStatus.Running;
        _ = Task.Run(() => WorkAsync(place, target));
    }

    private async Task WorkAsync(int place, ExecutableTarget target)
    {
        try
        {
            await work(target);
        }
        finally
        {
            if (target.Status == ExecutionStatus.Running)
            {
                // the engine itself stumbled over it: what nobody saw succeed has failed
                target.Status = ExecutionStatus.Failed;
            }

            Go(() =>
            {
                End(place);
                StartWhatCan();
            });
        }
    }

    /// <summary>Gates and dynamic conditions count without actions too.</summary>
    private static bool NeedsWork(TargetDefinition said) =>
        said.Gates.Count > 0 || said.DynamicConditions.Count > 0;

    private void End(int place)
    {
        var target = plan.Targets[place];
        if (target.Status == ExecutionStatus.Failed && !target.Definition.Proceeds)
        {
            Block(place, target);
        }

        Settle(place);
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
