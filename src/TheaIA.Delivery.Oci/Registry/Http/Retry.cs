namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>When something that failed in passing is tried again: later each time, with some chance in it.</summary>
internal sealed class Retry(TimeProvider time, Patience patience)
{
    private long? began;

    /// <summary>How often it was tried since it last went well.</summary>
    public int Tries { get; private set; } = 1;

    /// <summary>It went on: what failed before is forgotten.</summary>
    public void Progressed()
    {
        began = null;
        Tries = 1;
    }

    /// <summary>Waits before the next try.</summary>
    /// <param name="asked">How long the registry wants to be left alone; null: it does not say.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>False: it was tried long enough.</returns>
    public async Task<bool> AgainAsync(TimeSpan? asked, CancellationToken cancel)
    {
        began ??= time.GetTimestamp();
        var left = patience.Trying - time.GetElapsedTime(began.Value);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }
        var wait = Longer(Backoff(), Shorter(asked ?? TimeSpan.Zero, patience.LongestAsked));
        Tries++;
        await Task.Delay(Shorter(wait, left), time, cancel);
        return true;
    }

    // half of it is chance: clients that failed together must not come back together
    private TimeSpan Backoff() =>
        Shorter(patience.First * Math.Pow(2, Tries - 1), patience.Longest)
        * (0.5 + Random.Shared.NextDouble() / 2);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
