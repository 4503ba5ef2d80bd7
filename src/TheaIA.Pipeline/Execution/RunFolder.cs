using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>
/// Where a run leaves its targets' output: <c>.nuke/temp/runs/yyyyMMdd-HHmmss-PID/TARGET.log</c>. Made
/// with the first line, so that a run that says nothing costs nothing. The last 20 are kept.
/// </summary>
internal sealed class RunFolder(string root, DateTimeOffset started, int processId)
{
    private const int Kept = 20;
    private readonly Lock _gate = new();
    private bool _made;

    /// <summary>Relative to the root, with forward slashes: as a person reads it.</summary>
    public string Name { get; } =
        string.Create(
            CultureInfo.InvariantCulture,
            $".nuke/temp/runs/{started:yyyyMMdd-HHmmss}-{processId}"
        );

    public string LogOf(ExecutableTarget target) => $"{Name}/{target.Name}.log";

    public StreamWriter Open(ExecutableTarget target) => Open(target.Name);

    /// <summary>A log that is no target's has a name in lower case.</summary>
    public StreamWriter Open(string log)
    {
        var folder = Path.Combine(root, Name);
        lock (_gate)
        {
            // each time: a person may have cleaned up meanwhile
            Directory.CreateDirectory(folder);
            if (!_made)
            {
                Prune(Path.GetDirectoryName(folder)!);
                _made = true;
            }
        }

        return new StreamWriter(Path.Combine(folder, log + ".log"), append: true)
        {
            AutoFlush = true,
        };
    }

    private static void Prune(string runs)
    {
        var folders = Directory.GetDirectories(runs);
        Array.Sort(folders, StringComparer.Ordinal);
        for (var i = 0; i < folders.Length - Kept; i++)
        {
            if (!IsRunning(folders[i]))
            {
                Remove(folders[i]);
            }
        }
    }

    // the folder's name ends with the process that writes into it
    private static bool IsRunning(string folder)
    {
        var id = folder[(folder.LastIndexOf('-') + 1)..];
        return OperatingSystem.IsLinux() && Directory.Exists("/proc/" + id);
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // another run tidies up at the same time, or a person looks into it: the next run removes it
        }
    }
}
