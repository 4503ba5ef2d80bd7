using TheaIA.Delivery.Local.Processes;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>What every step needs: clock, a way to wait and to end processes.</summary>
internal sealed class Surroundings(TimeProvider time)
{
    public TimeProvider Time { get; } = time;

    /// <summary>Looks again and again.</summary>
    /// <returns>False: the limit came first.</returns>
    public async Task<bool> UntilAsync(
        Func<Task<bool>> condition,
        TimeSpan limit,
        CancellationToken cancel
    )
    {
        var began = Time.GetTimestamp();
        while (!await condition())
        {
            if (Time.GetElapsedTime(began) >= limit)
            {
                return false;
            }
            await Task.Delay(Limits.Pause, Time, cancel);
        }
        return true;
    }

    /// <summary>SIGTERM, and SIGKILL when that does not do. Returns when the process is gone.</summary>
    public async Task EndAsync(ProcessKey process)
    {
        foreach (var signal in new[] { Native.Terminate, Native.Kill })
        {
            if (ProcessTable.IsAlive(process))
            {
                Native.Signal(process.Id, signal);
            }
            if (
                await UntilAsync(
                    () => Task.FromResult(!ProcessTable.IsAlive(process)),
                    Limits.End,
                    CancellationToken.None
                )
            )
            {
                return;
            }
        }
    }
}
