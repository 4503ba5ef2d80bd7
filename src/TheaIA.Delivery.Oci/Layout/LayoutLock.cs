using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Layout;

/// <summary>
/// The right to write into a layout. The system gives it back when its process ends, however it
/// ends, so there is no stale lock; the file itself stays.
/// </summary>
internal static class LayoutLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<IDisposable> TakeAsync(
        string root,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        Directory.CreateDirectory(root);
        var path = Path.Combine(root, ".lock");
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(
                    path,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (IOException) when (time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, time, cancel);
            }
            catch (IOException taken)
            {
                throw new OutcomeException(
                    Outcome.Failed,
                    $"{path} was held by another process for {Patience.TotalSeconds:0} s: wait for the other run to end, then try again.",
                    taken
                );
            }
        }
    }
}
