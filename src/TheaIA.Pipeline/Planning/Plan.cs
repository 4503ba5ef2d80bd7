using System.Runtime.InteropServices;

namespace TheaIA.Pipeline;

/// <summary>What a run will do: its targets, each after what it waits for.</summary>
internal sealed class Plan
{
    private readonly int[] _places;
    private readonly List<int>[] _after;
    private readonly List<int>[] _before;
    private readonly int[] _waits;

    public Plan(IReadOnlyList<ExecutableTarget> targets, int total)
    {
        Targets = targets;
        _places = new int[total];
        for (var i = 0; i < total; i++)
        {
            _places[i] = -1;
        }

        for (var i = 0; i < targets.Count; i++)
        {
            _places[targets[i].Index] = i;
        }

        _after = new List<int>[targets.Count];
        _before = new List<int>[targets.Count];
        _waits = new int[targets.Count];
        Levels = new int[targets.Count];
        for (var i = 0; i < targets.Count; i++)
        {
            _after[i] = [];
            _before[i] = [];
        }

        for (var i = 0; i < targets.Count; i++)
        {
            var target = targets[i];
            Link(i, target.Needs);
            Link(i, target.Follows);
            Link(i, target.PulledBy);
        }

        Skips = new SkipRules(this);
    }

    /// <summary>Nothing was named: it is that of the default target. Default: false.</summary>
    public bool IsDefault { get; init; }

    /// <summary>In an order in which they could run one after the other.</summary>
    public IReadOnlyList<ExecutableTarget> Targets { get; }

    /// <summary>The wave of each place in <see cref="Targets"/>, from 0.</summary>
    public int[] Levels { get; }

    /// <summary>What is left out of it.</summary>
    public SkipRules Skips { get; }

    public bool Contains(ExecutableTarget target) => _places[target.Index] >= 0;

    public int PlaceOf(ExecutableTarget target) => _places[target.Index];

    /// <summary>How many targets each place waits for; a copy to count down.</summary>
    public int[] Waits() => (int[])_waits.Clone();

    /// <summary>The places that wait for this one; one that waits twice is there twice.</summary>
    public ReadOnlySpan<int> After(int place) => CollectionsMarshal.AsSpan(_after[place]);

    /// <summary>The places that this one waits for.</summary>
    public ReadOnlySpan<int> Before(int place) => CollectionsMarshal.AsSpan(_before[place]);

    private void Link(int place, List<ExecutableTarget> before)
    {
        foreach (var other in before)
        {
            var from = _places[other.Index];
            if (from < 0)
            {
                continue;
            }

            _after[from].Add(place);
            _before[place].Add(from);
            _waits[place]++;
            Levels[place] = Math.Max(Levels[place], Levels[from] + 1);
        }
    }
}
