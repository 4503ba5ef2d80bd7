using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>When a process started: with its id, what tells it from a later one of that id.</summary>
internal static class ProcessStart
{
    private const int StartOfStat = 19;

    /// <summary>Only to be compared. Null: no such process, or nobody may know.</summary>
    public static string? Of(int pid) => OperatingSystem.IsLinux() ? OfLinux(pid) : OfOthers(pid);

    /// <summary>The process that had this start still runs.</summary>
    public static bool IsAlive(int pid, string? start) => start is not null && Of(pid) == start;

    private static string? OfLinux(int pid)
    {
        if (!Directory.Exists($"/proc/{pid}"))
        {
            return null;
        }

        try
        {
            // the name may hold anything but ends with the last bracket; the state is the first after it
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var ticks = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[StartOfStat];
            // the ticks count from the machine's start
            return $"{ticks}@{File.ReadAllText("/proc/sys/kernel/random/boot_id").TrimEnd()}";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

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
