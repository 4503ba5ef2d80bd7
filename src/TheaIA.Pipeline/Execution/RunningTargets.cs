namespace TheaIA.Pipeline;

/// <summary>The targets that run at this moment.</summary>
internal sealed class RunningTargets
{
    private readonly Lock _gate = new();
    private readonly List<RunningTarget> _list = [];

    /// <summary>The only one; null: none runs, or several do.</summary>
    public RunningTarget? Only
    {
        get
        {
            lock (_gate)
            {
                return _list is [var only] ? only : null;
            }
        }
    }

    /// <summary>Those that run, as a person reads it; empty: none does.</summary>
    public string Names()
    {
        lock (_gate)
        {
            return string.Join(", ", _list.Select(r => r.Target.Name));
        }
    }

    public IReadOnlyList<RunningTarget> All()
    {
        lock (_gate)
        {
            return [.. _list];
        }
    }

    public void Add(RunningTarget running)
    {
        lock (_gate)
        {
            _list.Add(running);
        }
    }

    public void Remove(RunningTarget running)
    {
        lock (_gate)
        {
            _list.Remove(running);
        }
    }

    public bool Has(RunningTarget running)
    {
        lock (_gate)
        {
            return _list.Contains(running);
        }
    }

    public bool IsAlone(ExecutableTarget target) => Only?.Target == target;

    public bool Any(Predicate<ExecutableTarget> which)
    {
        lock (_gate)
        {
            return _list.Exists(r => which(r.Target));
        }
    }
}
