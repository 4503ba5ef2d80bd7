using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>
/// Where a run leaves its journal, its report and its targets' output:
/// <c>.nuke/temp/runs/yyyyMMdd-HHmmss-PID/</c>. A run that only reads makes it with its first line, so
/// that one that says nothing costs nothing. The last 20 are kept.
/// </summary>
internal sealed class RunFolder(string root, DateTimeOffset started, int processId)
{
    private const int Kept = 20;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _logs = new(StringComparer.Ordinal);
    private bool _made;

    /// <summary>Local time and process.</summary>
    public string Id { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{started:yyyyMMdd-HHmmss}-{processId}");

    /// <summary>Relative to the root, with forward slashes: as a person reads it.</summary>
    public string Name => $"{RunHistory.Folder}/{Id}";

    /// <summary>Where it lies.</summary>
    public string FullName => Path.Combine(root, Name);

    public string LogOf(ExecutableTarget target) => $"{Name}/{target.Name}.log";

    /// <summary>This run wrote one; each target's end asks, so the disk is not.</summary>
    public bool HasLogOf(ExecutableTarget target)
    {
        lock (_gate)
        {
            return _logs.Contains(target.Name);
        }
    }

    public StreamWriter Open(ExecutableTarget target) => Open(target.Name);

    /// <summary>A log that is no target's has a name in lower case.</summary>
    public StreamWriter Open(string log)
    {
        Make();
        lock (_gate)
        {
            _logs.Add(log);
        }

        return new StreamWriter(PathOf(log), append: true) { AutoFlush = true };
    }

    /// <summary>Makes it where it is not there; the first time old ones are removed.</summary>
    public void Make()
    {
        lock (_gate)
        {
            // each time: a person may have cleaned up meanwhile
            Directory.CreateDirectory(FullName);
            if (!_made)
            {
                Prune(Path.GetDirectoryName(FullName)!);
                _made = true;
            }
        }
    }

    private string PathOf(string log) => Path.Combine(FullName, log + ".log");

    private static void Prune(string runs)
    {
        var folders = Directory.GetDirectories(runs);
        if (folders.Length <= Kept)
        {
            return;
        }

        Array.Sort(folders, StringComparer.Ordinal);
        var last = Array.FindLastIndex(folders, IsToContinue);
        for (var i = 0; i < folders.Length - Kept; i++)
        {
            // --continue would go on with the last one, however many only looked at something since
            if (i != last && !IsRunning(folders[i]))
            {
                Remove(folders[i]);
            }
        }
    }

    // each run asks these two: as text, since reading the events would cost more than all the rest
    private static bool IsToContinue(string folder) =>
        Head(folder).Contains("\"inside\":false", StringComparison.Ordinal);

    /// <summary>The name ends with the process; its start is in the journal, where there is one.</summary>
    private static bool IsRunning(string folder)
    {
        var id = folder.AsSpan(folder.LastIndexOf('-') + 1);
        if (
            !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            || ProcessStart.Of(pid) is not { } start
        )
        {
            return false;
        }

        var head = Head(folder);
        return head.Length == 0 || head.Contains(start, StringComparison.Ordinal);
    }

    private static string Head(string folder)
    {
        try
        {
            var path = Path.Combine(folder, Journal.FileName);
            using var journal = File.Exists(path) ? File.OpenText(path) : null;
            return journal?.ReadLine() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // another run tidies up at the same time
            return "";
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            // it holds files only; a recursive deletion takes a quick run's time to be compiled
            Array.ForEach(Directory.GetFiles(folder), File.Delete);
            Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // another run tidies up at the same time, or a person looks into it: the next run removes it
        }
    }
}
