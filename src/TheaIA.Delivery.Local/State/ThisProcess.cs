using TheaIA.Delivery.Local.Processes;

namespace TheaIA.Delivery.Local;

/// <summary>Who this process is, for a lease.</summary>
public static class ThisProcess
{
    /// <summary>The owner that a lease of this process names.</summary>
    /// <returns>User, machine, process and its start (0 where there is no /proc).</returns>
    public static LeaseOwner Owner() =>
        new(
            $"{Environment.UserName}@{Environment.MachineName}",
            Environment.MachineName,
            Environment.ProcessId,
            ProcessTable.Started(Environment.ProcessId) ?? 0
        );
}
