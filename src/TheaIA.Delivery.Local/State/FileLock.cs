namespace TheaIA.Delivery.Local.State;

/// <summary>
/// An exclusive lock on a file (flock), among processes and within one. The kernel gives it back when
/// its holder ends, however it ends.
/// </summary>
internal sealed class FileLock : IDisposable
{
    // EWOULDBLOCK on Linux; ERROR_SHARING_VIOLATION on Windows
    private static readonly int Taken = OperatingSystem.IsWindows()
        ? unchecked((int)0x80070020)
        : 11;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock.</summary>
    /// <param name="path">The lock file; made, never removed. Its folder is there.</param>
    /// <param name="time">The clock of the waiting.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public static async Task<FileLock> TakeAsync(
        string path,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                return new FileLock(
                    new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 0)
                );
            }
            catch (IOException e) when (e.HResult == Taken)
            {
                await Task.Delay(Pause, time, cancel);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
