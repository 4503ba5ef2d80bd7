namespace TheaIA.Pipeline.Tests;

/// <summary>A clock that stands until a test moves it; timers are real.</summary>
internal sealed class StillTime : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2026, 11, 24, 14, 2, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Move(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
        }
    }
}
