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

    public StreamWriter Open(ExecutableTarget target)
    {
        var folder = Path.Combine(root, Name);
        lock (_gate)
        {
            if (!_made)
            {
                Directory.CreateDirectory(folder);
                Prune(Path.GetDirectoryName(folder)!);
                _made = true;
            }
        }

        return new StreamWriter(Path.Combine(folder, target.Name + ".log"), append: true)
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
            Directory.Delete(folders[i], recursive: true);
        }
    }
}
