using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>When a process started: with its id, what tells it from a later one of that id.</summary>
internal static class ProcessStart
{
    /// <summary>Only to be compared. Null: no such process, it has ended and only was not buried yet, or nobody may know.</summary>
    public static string? Of(int pid) => OperatingSystem.IsLinux() ? OfLinux(pid) : OfOthers(pid);

    /// <summary>The process that had this start still runs.</summary>
    public static bool IsAlive(int pid, string? start) => start is not null && Of(pid) == start;

    // the ticks count from the machine's start
    private static string? OfLinux(int pid) =>
        ProcessStat.Of(pid) is { HasEnded: false } stat
            ? $"{stat.Start}@{File.ReadAllText("/proc/sys/kernel/random/boot_id").TrimEnd()}"
            : null;

    [ExcludeFromCodeCoverage(Justification = "The tests run on Linux.")]
    private static string? OfOthers(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception gone)
            when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
