namespace TheaIA.Delivery.Local.Platform;

/// <summary>
/// Calls a place that answers, again and again while it is switched, and counts who was let down: the
/// figure <c>0 requests failed</c> is measured, each time.
/// </summary>
internal sealed class SwitchWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly Task<int> _asking;
    private volatile bool _ended;

    public SwitchWatch(string address, Surroundings around) => _asking = AskAsync(address, around);

    /// <summary>Ends the calls.</summary>
    /// <returns>How many of them failed.</returns>
    public Task<int> EndAsync()
    {
        _ended = true;
        return _asking;
    }

    /// <summary><c>0 requests failed</c>.</summary>
    public static string Text(int failed) =>
        failed == 1 ? "1 request failed" : $"{failed} requests failed";

    private async Task<int> AskAsync(string address, Surroundings around)
    {
        var failed = 0;
        do
        {
            var answer = await Loopback.GetAsync(address + "/health/ready", CancellationToken.None);
            failed += answer.IsOk ? 0 : 1;
            await Task.Delay(Pause, around.Time, CancellationToken.None);
        } while (!_ended);
        return failed;
    }
}
