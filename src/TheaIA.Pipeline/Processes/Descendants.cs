using System.Globalization;
using System.Text;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>A process that a reused id cannot be taken for.</summary>
/// <param name="Id">The process id.</param>
/// <param name="Started">Its start, in clock ticks since boot.</param>
internal readonly record struct ProcessKey(int Id, long Started);

/// <summary>
/// All that this process started, in whatever way (Linux): its children, theirs, and those whose
/// parent has ended, in a session of their own too, since this process adopts them. What was left
/// behind on purpose (<see cref="IRunner.Detached"/>) is not among them, nor what that started.
/// </summary>
internal static class Descendants
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(1);

    /// <summary>There may be some: cheap to ask.</summary>
    public static bool MayExist => OperatingSystem.IsLinux() && NativeMethods.HasChildren();

    /// <summary>From now on orphans come to this process.</summary>
    public static void Adopt()
    {
        if (OperatingSystem.IsLinux())
        {
            NativeMethods.AdoptOrphans();
        }
    }

    /// <summary>Those that run now.</summary>
    public static IReadOnlyList<ProcessKey> Find()
    {
        if (!MayExist)
        {
            return [];
        }

        var children = new Dictionary<int, List<ProcessKey>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && ReadStat(id) is { } stat
            )
            {
                if (!children.TryGetValue(stat.Parent, out var siblings))
                {
                    children.Add(stat.Parent, siblings = []);
                }

                siblings.Add(new ProcessKey(id, stat.Started));
            }
        }

        var found = new List<ProcessKey>();
        var open = new Stack<int>([Environment.ProcessId]);
        while (open.TryPop(out var parent))
        {
            foreach (var child in children.GetValueOrDefault(parent, []))
            {
                if (!Has(child.Id, IRunner.Detached + "="))
                {
                    found.Add(child);
                    open.Push(child.Id);
                }
            }
        }

        return found;
    }

    /// <summary>Whether one of them was not started by the engine's runner, which marks what it starts.</summary>
    public static bool AnyUnmarked()
    {
        var outside =
            $"{ProcessTree.Variable}={Environment.GetEnvironmentVariable(ProcessTree.Variable)}/";
        return Find().Any(p => !Has(p.Id, outside));
    }

    /// <summary>Ends all: SIGTERM, and what is there after a while, SIGKILL.</summary>
    /// <returns>What had to be ended, as a person reads it.</returns>
    public static async Task<IReadOnlyList<string>> EndAsync(TimeSpan patience)
    {
        var first = Find();
        var names = first.Select(Describe).ToList();
        Signal(first, NativeMethods.Terminate);
        await GoneAsync(patience, static () => { });
        await GoneAsync(AfterKill, Kill);
        return names;
    }

    /// <summary>SIGKILL to all, and waits until none is there: a killed process lives on until it is scheduled.</summary>
    public static void KillAll() =>
        SpinWait.SpinUntil(
            () =>
            {
                Kill();
                return Find().Count == 0;
            },
            AfterKill
        );

    private static void Kill() => Signal(Find(), NativeMethods.Kill);

    private static void Signal(IReadOnlyList<ProcessKey> processes, int signal)
    {
        foreach (var process in processes)
        {
            _ = NativeMethods.SendSignal(process.Id, signal);
        }
    }

    private static async Task GoneAsync(TimeSpan limit, Action each)
    {
        using var enough = new CancellationTokenSource(limit);
        while (!enough.IsCancellationRequested && Find().Count > 0)
        {
            // again each time: what was just being started is found by the next look
            each();
            await Task.Delay(Glance, CancellationToken.None);
        }
    }

    // proc(5): `pid (name) state ppid ...`, the start is field 22; the name may hold spaces and brackets
    private static (int Parent, long Started)? ReadStat(int id)
    {
        var stat = Encoding.UTF8.GetString(Read(id, "stat"));
        var fields = stat[(stat.LastIndexOf(')') + 1)..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19 && fields[0] is not ("Z" or "X")
            ? (
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture)
            )
            : null;
    }

    private static bool Has(int id, string variable) =>
        Read(id, "environ").AsSpan().IndexOf(Encoding.UTF8.GetBytes(variable)) >= 0;

    private static string Describe(ProcessKey process)
    {
        const int Longest = 60;
        var line = Encoding
            .UTF8.GetString(Read(process.Id, "cmdline"))
            .TrimEnd('\0')
            .Replace('\0', ' ');
        return $"{(line.Length > Longest ? line[..(Longest - 3)] + "..." : line)} (process {process.Id})";
    }

    private static byte[] Read(int id, string file)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{id}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it has ended, or is another user's
            return [];
        }
    }
}
