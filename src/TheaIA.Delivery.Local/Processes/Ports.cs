using System.Globalization;

namespace TheaIA.Delivery.Local.Processes;

/// <summary>Who listens on this machine's loopback, by /proc/net (Linux).</summary>
internal static class Ports
{
    private const string Listening = "0A";

    // below the range that Linux gives to outgoing connections
    private const int First = 15_000;
    private const uint Many = 17_000;
    private static int _last = Random.Shared.Next((int)Many);

    // any and loopback, IPv4 and IPv6, as the kernel writes them on a little-endian machine
    private static readonly HashSet<string> Ours = new(StringComparer.Ordinal)
    {
        "00000000",
        "0100007F",
        "00000000000000000000000000000000",
        "00000000000000000000000001000000",
        "0000000000000000FFFF00000100007F",
        "0000000000000000FFFF000000000000",
    };

    /// <summary>A port of 127.0.0.1 that nobody listens on, and that no outgoing connection gets.</summary>
    public static int Free()
    {
        while (true)
        {
            // One after the other, so that two starts of one process never take the same before they listen.
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Many);
            if (Sockets(port).Count == 0)
            {
                return port;
            }
        }
    }

    /// <summary>This machine has the address ::1.</summary>
    public static bool HasIpv6Loopback() =>
        Lines("/proc/net/if_inet6")
            .Any(l => l.StartsWith("00000000000000000000000000000001 ", StringComparison.Ordinal));

    /// <summary>The sockets that listen where a front on this port would.</summary>
    public static IReadOnlySet<string> Sockets(int port)
    {
        var ending = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return Lines("/proc/net/tcp")
            .Concat(Lines("/proc/net/tcp6"))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f =>
                f.Length > 9
                && f[3] == Listening
                && f[1].EndsWith(ending, StringComparison.Ordinal)
                && Ours.Contains(f[1][..^ending.Length])
            )
            .Select(f => $"socket:[{f[9]}]")
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Who holds one of these sockets; null: a process that this user may not look into.</summary>
    public static ProcessInfo? Holder(IReadOnlySet<string> sockets) =>
        ProcessTable.All().FirstOrDefault(p => Descriptors(p.Key.Id).Any(sockets.Contains));

    internal static IEnumerable<string> Descriptors(int process)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFileSystemEntries($"/proc/{process}/fd")
                    .Select(f => new FileInfo(f).LinkTarget)
                    .OfType<string>(),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // another user's, or gone
            return [];
        }
    }

    private static IEnumerable<string> Lines(string path) =>
        File.Exists(path) ? File.ReadLines(path) : [];
}
