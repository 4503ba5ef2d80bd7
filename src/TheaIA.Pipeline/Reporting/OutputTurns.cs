namespace TheaIA.Pipeline;

/// <summary>
/// Keeps each target's lines together: while one runs alone they are shown as they come, while several run
/// they wait until their target ends or is the only one left.
/// </summary>
internal sealed class OutputTurns
{
    /// <summary>More than these lines of one target do not wait: they are in its log in any case.</summary>
    private const int Most = 10_000;
    private readonly List<RunningTarget> _running = [];
    private readonly Dictionary<RunningTarget, List<string>> _waiting = [];
    private readonly HashSet<RunningTarget> _accompanied = [];

    /// <summary>Those whose lines wait.</summary>
    public IReadOnlyList<RunningTarget> Waiting => [.. _waiting.Keys];

    public void Start(RunningTarget running)
    {
        _running.Add(running);
        if (_running.Count > 1)
        {
            _accompanied.UnionWith(_running);
        }
    }

    /// <summary>Others ran beside it at some time, so that its lines have to say whose they are.</summary>
    public bool HadCompany(RunningTarget running) => _accompanied.Contains(running);

    /// <summary>A line of a target.</summary>
    /// <returns>What is to be shown now.</returns>
    public IReadOnlyList<string> Take(RunningTarget running, string line)
    {
        if (_running.Count <= 1 || !_running.Contains(running))
        {
            return [line];
        }

        if (!_waiting.TryGetValue(running, out var lines))
        {
            _waiting.Add(running, lines = []);
        }

        lines.Add(line);
        return lines.Count < Most ? [] : Rest(running);
    }

    /// <summary>What waited of a target; it waits no longer.</summary>
    public IReadOnlyList<string> Rest(RunningTarget running) =>
        _waiting.Remove(running, out var lines) ? lines : [];

    /// <summary>A target has ended.</summary>
    /// <returns>The only one that is left; null: there are others, or none.</returns>
    public RunningTarget? End(RunningTarget running)
    {
        _running.Remove(running);
        _accompanied.Remove(running);
        return _running.Count == 1 ? _running[0] : null;
    }
}
