namespace TheaIA.Pipeline;

/// <summary>
/// A program and all that it started, found by a mark in their environment: a process whose parent
/// has ended is nobody's child any more, but still has the mark.
/// </summary>
internal sealed class ProcessTree
{
    /// <summary>The environment variable with the marks of this program and of those above it.</summary>
    public const string Variable = "THEAIA_TREE";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly string _own = Guid.NewGuid().ToString("N");

    /// <summary>The variable's value.</summary>
    public string Mark => $"{Environment.GetEnvironmentVariable(Variable)}/{_own}";

    /// <summary>Ends it: SIGTERM, and what is there after a while, SIGKILL.</summary>
    /// <param name="running">Ends with the program and its output.</param>
    /// <param name="patience">How long it may take to end.</param>
    /// <param name="kill">Kills the program where there are no signals, and stops reading its output.</param>
    public async Task EndAsync(Task running, TimeSpan patience, CancellationTokenSource kill)
    {
        if (Signal(NativeMethods.Terminate))
        {
            await GoneAsync(running, patience);
            Signal(NativeMethods.Kill);
            await GoneAsync(running, TimeSpan.FromSeconds(1));
        }

        if (!running.IsCompleted)
        {
            await kill.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task GoneAsync(Task running, TimeSpan patience)
    {
        using var enough = new CancellationTokenSource(patience);
        while (!enough.IsCancellationRequested && (!running.IsCompleted || Pids().Any()))
        {
            await Task.Delay(Glance, CancellationToken.None);
        }
    }

    private bool Signal(int signal)
    {
        var pids = Pids().ToList();
        pids.ForEach(pid => _ = NativeMethods.SendSignal(pid, signal));
        return pids.Count > 0;
    }

    private IEnumerable<int> Pids()
    {
        foreach (var folder in Processes())
        {
            if (
                int.TryParse(Path.GetFileName(folder), out var pid)
                && ProcessFile.EnvironmentHas(pid, _own)
                && !ProcessFile.IsDetached(pid)
            )
            {
                yield return pid;
            }
        }
    }

    private static IEnumerable<string> Processes() =>
        OperatingSystem.IsLinux() ? Directory.EnumerateDirectories("/proc") : [];
}
