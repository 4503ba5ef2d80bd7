namespace TheaIA.Delivery.Local.Tests.Support;

/// <summary>A clock on which everything takes a fraction of its time.</summary>
internal sealed class FastTime(int factor) : TimeProvider
{
    private readonly long _began = System.GetTimestamp();

    public override long GetTimestamp() => _began + ((System.GetTimestamp() - _began) * factor);

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    ) =>
        System.CreateTimer(
            callback,
            state,
            dueTime > TimeSpan.Zero ? dueTime / factor : dueTime,
            period
        );
}
