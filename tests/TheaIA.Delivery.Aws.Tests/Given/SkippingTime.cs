using System.Collections.Concurrent;

namespace TheaIA.Delivery.Aws.Tests.Given;

/// <summary>A clock that goes on by a wait's length as soon as somebody waits.</summary>
public sealed class SkippingTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero).Ticks;

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    /// <summary>Called at each wait, before it ends.</summary>
    public Action? Waiting { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Skip(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    )
    {
        Waits.Enqueue(dueTime);
        Skip(dueTime);
        Waiting?.Invoke();
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
