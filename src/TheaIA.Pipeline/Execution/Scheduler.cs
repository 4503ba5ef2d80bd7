using System.Threading.Channels;

namespace TheaIA.Pipeline;

/// <summary>Does one target; gives back when it has ended, however it ended.</summary>
internal delegate Task TargetWork(ExecutableTarget target);

/// <summary>
/// Starts each target of a plan when all that it waits for has ended: as many at a time as allowed,
/// none that shares a resource with one that runs, none behind a failed one.
/// </summary>
internal sealed class Scheduler
{
    private readonly Plan _plan;
    private readonly TargetWork _work;
    private readonly int _most;
    private readonly int[] _waits;
    private readonly Channel<int> _ended = Channel.CreateUnbounded<int>();
    private readonly PriorityQueue<int, int> _ready = new();
    private readonly List<int> _held = [];
    private readonly HashSet<string> _inUse = new(StringComparer.OrdinalIgnoreCase);
    private int _running;
    private int _settled;

    public Scheduler(Plan plan, TargetWork work, int most)
    {
        (_plan, _work, _most) = (plan, work, most);
        _waits = plan.Waits();
    }

    /// <summary>At most this many at a time unless the command line says otherwise: waiting is cheap.</summary>
    public static int DefaultMost => Math.Max(4, 2 * Environment.ProcessorCount);

    /// <param name="interrupted">Ends with Ctrl-C: nothing new starts but assured targets.</param>
    public async Task RunAsync(CancellationToken interrupted)
    {
        const int Interrupted = -1;
        await using var wake = interrupted.Register(() => _ended.Writer.TryWrite(Interrupted));
        for (var i = 0; i < _waits.Length; i++)
        {
            if (_waits[i] == 0)
            {
                _ready.Enqueue(i, i);
            }
        }

        StartWhatCan();
        while (_settled < _waits.Length)
        {
            var place = await _ended.Reader.ReadAsync(CancellationToken.None);
            if (place == Interrupted)
            {
                LeaveOutWhatIsNotAssured();
            }
            else
            {
                End(place);
            }

            StartWhatCan();
        }
    }

    private void StartWhatCan()
    {
        while (_running < _most && _ready.TryDequeue(out var place, out _))
        {
            var target = _plan.Targets[place];
            if (target.Status != ExecutionStatus.Scheduled)
            {
                // left out before its turn; its end counts only now, so that the order holds through it
                Settle(place);
            }
            else if (target.Definition.Resources.Exists(_inUse.Contains))
            {
                _held.Add(place);
            }
            else
            {
                Start(place, target);
            }
        }
    }

    private void Start(int place, ExecutableTarget target)
    {
        if (target.Definition.Actions.Count == 0 && !NeedsWork(target.Definition))
        {
            target.Status = ExecutionStatus.Collective;
            Settle(place);
            return;
        }

        _running++;
        _inUse.UnionWith(target.Definition.Resources);
        target.Status = ExecutionStatus.Running;
        _ = Task.Run(async () =>
        {
            try
            {
                await _work(target);
            }
            finally
            {
                if (target.Status == ExecutionStatus.Running)
                {
                    // the engine itself stumbled over it: what nobody saw succeed has failed
                    target.Status = ExecutionStatus.Failed;
                }

                _ended.Writer.TryWrite(place);
            }
        });
    }

    /// <summary>Gates and dynamic conditions count without actions too.</summary>
    private static bool NeedsWork(TargetDefinition said) =>
        said.Gates.Count > 0 || said.DynamicConditions.Count > 0;

    private void End(int place)
    {
        var target = _plan.Targets[place];
        _running--;
        if (target.Definition.Resources.Count > 0)
        {
            _inUse.ExceptWith(target.Definition.Resources);
            _held.ForEach(p => _ready.Enqueue(p, p));
            _held.Clear();
        }

        if (target.Status == ExecutionStatus.Failed && !target.Definition.Proceeds)
        {
            Block(place, target);
        }

        Settle(place);
    }

    private void Settle(int place)
    {
        _settled++;
        foreach (var next in _plan.After(place))
        {
            if (--_waits[next] == 0)
            {
                _ready.Enqueue(next, next);
            }
        }
    }

    /// <summary>Nothing starts behind a failed target, assured ones excepted.</summary>
    private void Block(int place, ExecutableTarget failed)
    {
        var seen = new HashSet<int> { place };
        var open = new Stack<int>([place]);
        while (open.TryPop(out var next))
        {
            foreach (var behind in _plan.After(next))
            {
                if (seen.Add(behind))
                {
                    open.Push(behind);
                    LeaveOut(_plan.Targets[behind], failed);
                }
            }
        }
    }

    private void LeaveOutWhatIsNotAssured()
    {
        foreach (var target in _plan.Targets)
        {
            LeaveOut(target, null);
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
