using System.Globalization;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// How long each target took when it last really ran and succeeded: a line a target in
/// <c>.nuke/temp/durations</c>, its name and the last times in milliseconds, the newest first.
/// </summary>
internal sealed class PastDurations
{
    private const int Kept = 5;

    /// <summary>What is quicker than this never matters for a plan.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10);

    private readonly string _path;
    private readonly Dictionary<string, List<long>> _times = new(StringComparer.OrdinalIgnoreCase);
    private bool _changed;

    private PastDurations(string path) => _path = path;

    /// <summary>What is known in this checkout. A line that is none counts as not there.</summary>
    public static PastDurations Load(AbsolutePath root)
    {
        var past = new PastDurations((root / ".nuke" / "temp" / "durations").ToString());
        if (!File.Exists(past._path))
        {
            return past;
        }

        foreach (var line in File.ReadLines(past._path))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var times = new List<long>(Kept);
            foreach (var word in words.Skip(1).Take(Kept))
            {
                if (long.TryParse(word, CultureInfo.InvariantCulture, out var time) && time >= 0)
                {
                    times.Add(time);
                }
            }

            if (times.Count > 0)
            {
                past._times[words[0]] = times;
            }
        }

        return past;
    }

    /// <summary>The median of the last times; null: it never ran here.</summary>
    public TimeSpan? Of(ExecutableTarget target)
    {
        if (!_times.TryGetValue(target.Name, out var times))
        {
            return null;
        }

        var sorted = times.Order().ToList();
        return TimeSpan.FromMilliseconds(sorted[sorted.Count / 2]);
    }

    /// <summary>Takes note of how long the targets of a run took that really ran.</summary>
    public void Add(ExecutableTarget target)
    {
        var known = _times.TryGetValue(target.Name, out var times);
        if (!known && target.Duration < Least)
        {
            return;
        }

        times ??= _times[target.Name] = [];
        times.Insert(0, (long)target.Duration.TotalMilliseconds);
        if (times.Count > Kept)
        {
            times.RemoveAt(Kept);
        }

        _changed = true;
    }

    /// <summary>Keeps what was noted; of two runs at once the later one's.</summary>
    public void Save()
    {
        if (!_changed)
        {
            return;
        }

        var text = new StringBuilder();
        foreach (var (name, times) in _times)
        {
            text.Append(name).Append(' ').AppendJoin(' ', times).Append('\n');
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var aside = $"{_path}.{Environment.ProcessId}";
        File.WriteAllText(aside, text.ToString());
        File.Move(aside, _path, overwrite: true);
    }
}
