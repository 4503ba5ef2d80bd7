namespace TheaIA.Delivery.Oci.Tests.Registry.Given;

/// <summary>A clock on which every wait is over at once, and has taken its time.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private readonly Lock guard = new();
    private readonly List<TimeSpan> waits = [];
    private TimeSpan passed;

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (guard)
            {
                return [.. waits];
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time)
    {
        lock (guard)
        {
            passed += time;
        }
    }

    public override long GetTimestamp()
    {
        lock (guard)
        {
            return passed.Ticks;
        }
    }

    public override DateTimeOffset GetUtcNow() =>
        new DateTimeOffset(2026, 11, 24, 14, 0, 0, TimeSpan.Zero)
        + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    )
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            lock (guard)
            {
                waits.Add(dueTime);
                passed += dueTime;
            }
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }
        return new Over();
    }

    private sealed class Over : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
