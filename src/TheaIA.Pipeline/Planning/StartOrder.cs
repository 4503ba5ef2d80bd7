namespace TheaIA.Pipeline;

/// <summary>
/// What of a plan may start now: all that it waits for has ended, there is room for it, nobody uses what
/// it wants for itself. Of several the one with the longest way to the end comes first.
/// </summary>
internal sealed class StartOrder
{
    private readonly Plan _plan;
    private readonly TimeSpan[]? _ranks;
    private readonly int _most;
    private readonly int[] _waits;
    private readonly PriorityQueue<int, int> _ready;
    private readonly List<int> _held = [];
    private readonly HashSet<int> _holding = [];
    private readonly HashSet<string> _inUse = new(StringComparer.OrdinalIgnoreCase);
    private int _running;

    /// <param name="plan">The plan.</param>
    /// <param name="ranks">From each place's start to the end of all that waits for it.</param>
    /// <param name="most">How many may run at a time; of one at a time the plan's own order is kept.</param>
    public StartOrder(Plan plan, TimeSpan[] ranks, int most)
    {
        _plan = plan;
        _ranks = most > 1 ? ranks : null;
        _most = most;
        _waits = plan.Waits();
        // with room for all: to grow, the framework compiles code
        _ready = new(_waits.Length, Comparer<int>.Create(Compare));
        for (var i = 0; i < _waits.Length; i++)
        {
            if (_waits[i] == 0)
            {
                Enqueue(i);
            }
        }
    }

    /// <summary>Takes the next place, and with it a slot and its resources. False: none may start now.</summary>
    public bool TryTake(out int place)
    {
        while (_running < _most && _ready.TryDequeue(out place, out _))
        {
            if (!Hold(place))
            {
                _held.Add(place);
                continue;
            }

            _running++;
            return true;
        }

        place = -1;
        return false;
    }

    /// <summary>A place that was taken has ended: what waited for it may be next.</summary>
    public void End(int place)
    {
        _running--;
        if (_holding.Remove(place))
        {
            _inUse.ExceptWith(_plan.Targets[place].Definition.Resources);
            _held.ForEach(Enqueue);
            _held.Clear();
        }

        foreach (var next in _plan.After(place))
        {
            if (--_waits[next] == 0)
            {
                Enqueue(next);
            }
        }
    }

    /// <summary>Takes what a place wants for itself; one that was left out wants nothing.</summary>
    private bool Hold(int place)
    {
        var target = _plan.Targets[place];
        var resources = target.Definition.Resources;
        if (resources.Length == 0 || target.Status != ExecutionStatus.Scheduled)
        {
            return true;
        }

        if (Array.Exists(resources, _inUse.Contains))
        {
            return false;
        }

        _inUse.UnionWith(resources);
        return _holding.Add(place);
    }

    private void Enqueue(int place) => _ready.Enqueue(place, place);

    private int Compare(int one, int other)
    {
        var byRank = _ranks is null ? 0 : _ranks[other].CompareTo(_ranks[one]);
        return byRank != 0 ? byRank : one.CompareTo(other);
    }
}
