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
    private readonly Dictionary<string, long[]> _times = new(StringComparer.OrdinalIgnoreCase);
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
            var times = new long[Math.Min(Kept, Math.Max(0, words.Length - 1))];
            var count = 0;
            for (var i = 1; i <= times.Length; i++)
            {
                if (
                    long.TryParse(words[i], CultureInfo.InvariantCulture, out var time)
                    && time >= 0
                )
                {
                    times[count++] = time;
                }
            }

            if (count > 0)
            {
                past._times[words[0]] = times[..count];
            }
        }

        return past;
    }

    /// <summary>The median of the last times; null: it never ran here.</summary>
    public TimeSpan? Of(ExecutableTarget target) =>
        _times.TryGetValue(target.Name, out var times)
            ? TimeSpan.FromMilliseconds(Median(times))
            : null;

    /// <summary>Takes note of how long the targets of a run took that really ran.</summary>
    public void Add(ExecutableTarget target)
    {
        if (target.Duration < Least && !(Of(target) >= Least))
        {
            return;
        }

        var before = _times.GetValueOrDefault(target.Name, []);
        var times = new long[Math.Min(Kept, before.Length + 1)];
        Array.Copy(before, 0, times, 1, times.Length - 1);
        times[0] = (long)target.Duration.TotalMilliseconds;
        _times[target.Name] = times;
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
            text.Append(name);
            foreach (var time in times)
            {
                text.Append(' ').Append(time);
            }

            text.Append('\n');
        }

        Aside.Write(_path, text.ToString());
    }

    /// <summary>Of at most five: to sort them, the framework's code would have to be compiled first.</summary>
    private static long Median(long[] times)
    {
        foreach (var time in times)
        {
            var (less, same) = (0, 0);
            foreach (var other in times)
            {
                less += other < time ? 1 : 0;
                same += other == time ? 1 : 0;
            }

            if (less <= times.Length / 2 && times.Length / 2 < less + same)
            {
                return time;
            }
        }

        return 0;
    }
}
