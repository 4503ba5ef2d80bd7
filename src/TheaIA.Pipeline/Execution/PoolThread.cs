namespace TheaIA.Pipeline;

/// <summary>
/// A target's code runs on a thread that the next target runs on too: what it did to the thread itself must
/// not reach that one.
/// </summary>
internal static class PoolThread
{
    private const string Name = ".NET TP Worker";

    /// <summary>Makes this thread again what the pool gave.</summary>
    public static void Restore()
    {
        var thread = Thread.CurrentThread;
        if (!thread.IsThreadPoolThread)
        {
            return;
        }

        if (thread.Priority != ThreadPriority.Normal)
        {
            thread.Priority = ThreadPriority.Normal;
        }

        if (!thread.IsBackground)
        {
            // else the process would wait for it
            thread.IsBackground = true;
        }

        if (thread.Name != Name)
        {
            thread.Name = Name;
        }
    }
}
