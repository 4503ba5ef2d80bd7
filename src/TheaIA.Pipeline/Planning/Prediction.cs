namespace TheaIA.Pipeline;

/// <summary>
/// What a plan will take, by how long its targets took before: what never ran here counts nothing, what
/// may be up to date counts whole. So it is the time at most, as far as the past tells.
/// </summary>
internal sealed class Prediction
{
    private readonly Plan _plan;
    private readonly TimeSpan[] _times;
    private readonly TimeSpan[] _starts;

    public Prediction(Plan plan, PastDurations past, int most)
    {
        _plan = plan;
        var count = plan.Targets.Count;
        _times = new TimeSpan[count];
        _starts = new TimeSpan[count];
        Ranks = new TimeSpan[count];
        for (var i = count - 1; i >= 0; i--)
        {
            var target = plan.Targets[i];
            if (target.Status == ExecutionStatus.Scheduled && past.Of(target) is { } time)
            {
                _times[i] = time;
                IsKnown = true;
            }

            Ranks[i] = _times[i] + Longest(plan.After(i));
        }

        if (IsKnown)
        {
            Total = Play(most);
        }
    }

    /// <summary>From the start of each place in the plan to the end of all that waits for it.</summary>
    public TimeSpan[] Ranks { get; }

    /// <summary>Something of the plan ran before.</summary>
    public bool IsKnown { get; }

    /// <summary>From the first target's start to the last one's end.</summary>
    public TimeSpan Total { get; }

    /// <summary>How long a place will take; zero: not known.</summary>
    public TimeSpan Of(int place) => _times[place];

    /// <summary>When a place will start, counted from the first one's start.</summary>
    public TimeSpan StartOf(int place) => _starts[place];

    /// <summary>The targets that decide how long it takes, those that count nothing left out.</summary>
    /// <param name="last">Up to this place, itself left out. Null: to the end of the plan.</param>
    public IReadOnlyList<ExecutableTarget> CriticalPath(int? last = null)
    {
        var path = new List<ExecutableTarget>();
        var place = last ?? Latest([.. Enumerable.Range(0, _plan.Targets.Count)]);
        if (last is null && place is { } end && _times[end] > TimeSpan.Zero)
        {
            path.Add(_plan.Targets[end]);
        }

        while (place is { } at && Latest(_plan.Before(at)) is { } before)
        {
            if (_times[before] > TimeSpan.Zero)
            {
                path.Add(_plan.Targets[before]);
            }

            place = before;
        }

        path.Reverse();
        return path;
    }

    private int? Latest(ReadOnlySpan<int> places)
    {
        int? latest = null;
        foreach (var place in places)
        {
            if (latest is not { } other || EndOf(place) > EndOf(other))
            {
                latest = place;
            }
        }

        return latest;
    }

    private TimeSpan EndOf(int place) => _starts[place] + _times[place];

    private TimeSpan Longest(ReadOnlySpan<int> places)
    {
        var longest = TimeSpan.Zero;
        foreach (var place in places)
        {
            longest = Ranks[place] > longest ? Ranks[place] : longest;
        }

        return longest;
    }

    /// <summary>Goes through the plan as the scheduler would.</summary>
    private TimeSpan Play(int most)
    {
        var order = new StartOrder(_plan, Ranks, most);
        var running = new PriorityQueue<int, int>(
            _starts.Length,
            Comparer<int>.Create((one, other) => EndOf(one).CompareTo(EndOf(other)))
        );
        var now = TimeSpan.Zero;
        while (true)
        {
            while (order.TryTake(out var place))
            {
                _starts[place] = now;
                running.Enqueue(place, place);
            }

            if (!running.TryDequeue(out var ended, out _))
            {
                return now;
            }

            now = EndOf(ended);
            order.End(ended);
        }
    }
}
