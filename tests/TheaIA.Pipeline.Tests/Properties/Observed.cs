using System.Collections.Concurrent;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Properties;

/// <summary>A run of a made-up graph by the scheduler, and all that it did wrong.</summary>
internal sealed class Observed(Graph graph)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly ConcurrentQueue<string> _wrong = [];
    private readonly ConcurrentDictionary<string, string> _inUse = new(
        StringComparer.OrdinalIgnoreCase
    );
    private readonly ConcurrentDictionary<int, bool> _ended = [];
    private readonly ConcurrentQueue<int> _started = [];
    private int _now;

    /// <summary>Called when a target starts, with how many have started.</summary>
    public Action<int> OnStart { get; init; } = static _ => { };

    public IReadOnlyCollection<string> Wrong => _wrong;

    public IReadOnlyCollection<int> Started => _started;

    /// <summary>The only place that knows the scheduler.</summary>
    public async Task RunAsync(Plan plan, CancellationToken interrupted)
    {
        using var interruption = new Interruption();
        await using var told = interrupted.Register(() =>
            interruption.Request(Outcome.Interrupted)
        );
        using var stop = new RunStop(interruption);
        // any of those that could start may be first
        var ranks = plan.Targets.Select(t => TimeSpan.FromSeconds(t.Index * 7 % 11)).ToArray();
        var order = new StartOrder(plan, ranks, graph.Most);
        await new Scheduler(plan, t => WorkAsync(plan, t), order, stop)
            .RunAsync()
            .WaitAsync(Patience, CancellationToken.None);
    }

    private async Task<bool> WorkAsync(Plan plan, ExecutableTarget target)
    {
        Enter(plan, target);
        // gives way, so that targets really overlap
        await Task.Yield();
        target.Status = graph.Nodes[target.Index].Fails
            ? ExecutionStatus.Failed
            : ExecutionStatus.Succeeded;
        Leave(target);
        return true;
    }

    private void Enter(Plan plan, ExecutableTarget target)
    {
        _started.Enqueue(target.Index);
        Check(Interlocked.Increment(ref _now) <= graph.Most, $"{target} is one too many");
        foreach (var before in Graph.Before(target).Where(plan.Contains))
        {
            Check(
                _ended.ContainsKey(before.Index)
                    || before.Status is ExecutionStatus.NotRun or ExecutionStatus.Skipped,
                $"{target} started before {before}, which is {before.Status}"
            );
        }

        foreach (var resource in Names(target))
        {
            Check(_inUse.TryAdd(resource, target.Name), $"{target} shares {resource}");
        }

        OnStart(_started.Count);
    }

    private void Leave(ExecutableTarget target)
    {
        foreach (var resource in Names(target))
        {
            _inUse.TryRemove(resource, out _);
        }

        Check(_ended.TryAdd(target.Index, true), $"{target} ran twice");
        Interlocked.Decrement(ref _now);
    }

    private IEnumerable<string> Names(ExecutableTarget target) =>
        graph.Nodes[target.Index].Resources.Distinct(StringComparer.OrdinalIgnoreCase);

    private void Check(bool holds, string sentence)
    {
        if (!holds)
        {
            _wrong.Enqueue(sentence);
        }
    }
}
