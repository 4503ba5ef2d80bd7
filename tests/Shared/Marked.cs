using System.Diagnostics;
using System.Globalization;

namespace TheaIA.Tests;

/// <summary>
/// Processes by a variable that they were started with and that all their children inherit: also those
/// that left their parent and their session, as daemons do.
/// </summary>
internal static class Marked
{
    /// <summary>The processes that still run with NAME=VALUE in their environment.</summary>
    public static IReadOnlyList<int> Left(string name, string value)
    {
        var left = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && Variables(folder).Contains($"{name}={value}", StringComparer.Ordinal)
            )
            {
                left.Add(id);
            }
        }

        return left;
    }

    /// <summary>Sends a signal by its short name.</summary>
    public static void Send(string signal, IEnumerable<int> to)
    {
        using var kill = Process.Start(
            new ProcessStartInfo(
                "kill",
                ["-s", signal, "--", .. to.Select(id => id.ToString(CultureInfo.InvariantCulture))]
            )
            {
                RedirectStandardError = true,
            }
        )!;
        // it complains of those that ended meanwhile
        kill.StandardError.ReadToEnd();
        kill.WaitForExit();
    }

    private static string[] Variables(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "environ")).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it has ended meanwhile, or is another user's
            return [];
        }
    }
}
