using System.Globalization;
using System.Text;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

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
    public static IReadOnlyList<int> Find()
    {
        if (!MayExist)
        {
            return [];
        }

        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && ProcessStat.Of(id) is { HasEnded: false } stat
            )
            {
                if (!children.TryGetValue(stat.Parent, out var siblings))
                {
                    children.Add(stat.Parent, siblings = []);
                }

                siblings.Add(id);
            }
        }

        var found = new List<int>();
        var open = new Stack<int>([Environment.ProcessId]);
        while (open.TryPop(out var parent))
        {
            foreach (var child in children.GetValueOrDefault(parent, []))
            {
                if (!ProcessFile.IsDetached(child))
                {
                    found.Add(child);
                    open.Push(child);
                }
            }
        }

        return found;
    }

    /// <summary>Whether one of them was not started by the engine's runner, which marks what it starts.</summary>
    public static bool AnyUnmarked()
    {
        var marked =
            $"{ProcessTree.Variable}={Environment.GetEnvironmentVariable(ProcessTree.Variable)}/";
        return Find().Any(id => !ProcessFile.EnvironmentHas(id, marked));
    }

    /// <summary>Ends all: SIGTERM, and what is there after a while, SIGKILL.</summary>
    /// <returns>What had to be ended, as a person reads it.</returns>
    public static async Task<IReadOnlyList<string>> EndAsync(TimeSpan patience)
    {
        var first = Find();
        var names = first.Select(Describe).OfType<string>().ToList();
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

    private static void Signal(IReadOnlyList<int> processes, int signal)
    {
        foreach (var id in processes)
        {
            _ = NativeMethods.SendSignal(id, signal);
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

    /// <summary>Null: it ends by itself just now; its words went with its memory.</summary>
    private static string? Describe(int id)
    {
        const int Longest = 60;
        var line = Encoding
            .UTF8.GetString(ProcessFile.Read(id, "cmdline"))
            .TrimEnd('\0')
            .Replace('\0', ' ');
        return line.Length == 0
            ? null
            : $"{(line.Length > Longest ? line[..(Longest - 3)] + "..." : line)} (process {id})";
    }
}
