using System.Globalization;

namespace TheaIA.Delivery.Local.Processes;

/// <summary>What runs on this machine, by /proc (Linux).</summary>
internal static class ProcessTable
{
    /// <summary>All processes that run now.</summary>
    public static IEnumerable<ProcessInfo> All() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(d =>
                int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var id) ? id : 0
            )
            .Where(id => id > 0)
            .Select(Find)
            .OfType<ProcessInfo>();

    /// <summary>One process; null when it is gone or only waits to be buried.</summary>
    public static ProcessInfo? Find(int id) =>
        Started(id) is { } started && Read(id, "cmdline") is { Length: > 0 } line
            ? new ProcessInfo(new ProcessKey(id, started), line.TrimEnd('\0').Split('\0'))
            : null;

    /// <summary>Whether this very process still runs.</summary>
    public static bool IsAlive(ProcessKey process) => Started(process.Id) == process.Started;

    /// <summary>When a process started, in clock ticks since boot; null when it does not run.</summary>
    public static long? Started(int id)
    {
        // proc(5): `pid (name) state ppid ...`, threads are field 20, the start is field 22; a name may
        // hold spaces and brackets. A first thread that is dead while others still end holds its ports.
        var stat = Read(id, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
            fields.Length > 19 && (fields[0] is not ("Z" or "X") || fields[17] is not ("0" or "1"))
            ? long.Parse(fields[19], CultureInfo.InvariantCulture)
            : null;
    }

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it ended in between, or there is no /proc
            return "";
        }
    }
}
