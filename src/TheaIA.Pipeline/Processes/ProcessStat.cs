using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>What Linux tells of a process that runs or was not buried yet.</summary>
/// <param name="Parent">The process id of its parent.</param>
/// <param name="HasEnded">It only waits for its parent to ask how it ended.</param>
/// <param name="Start">When it started, in clock ticks since boot; only to be compared.</param>
internal readonly record struct ProcessStat(int Parent, bool HasEnded, string Start)
{
    /// <summary>Null: there is no such process, it is another user's secret, or this is no Linux.</summary>
    public static ProcessStat? Of(int pid)
    {
        var folder = "/proc/" + pid.ToString(CultureInfo.InvariantCulture);
        if (!Directory.Exists(folder))
        {
            return null;
        }

        try
        {
            // proc(5): `pid (name) state ppid ...`, the start is field 22; the name may hold anything but
            // ends with the last bracket
            var stat = File.ReadAllText(folder + "/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessStat(
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                fields[0] is "Z" or "X",
                fields[19]
            );
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // it has ended meanwhile
            return null;
        }
    }
}
