using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>Times in a person's words.</summary>
internal static class HumanTime
{
    /// <summary><c>0.4 s</c>, <c>41 s</c>, <c>90 s</c>, <c>3 min 12 s</c>, <c>7 min</c>, <c>2 h 5 min</c>.</summary>
    public static string Format(TimeSpan time)
    {
        var tenths = Math.Max(0, (long)Math.Round(time.TotalSeconds * 10));
        if (tenths < 100)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10} s");
        }

        var seconds = (long)Math.Round(time.TotalSeconds);
        var minutes = (long)Math.Round(time.TotalMinutes);
        return (seconds, minutes) switch
        {
            (< 120, _) => $"{seconds} s",
            (< 3600, _) => Pair(seconds / 60, "min", seconds % 60, "s"),
            _ => Pair(minutes / 60, "h", minutes % 60, "min"),
        };
    }

    private static string Pair(long large, string largeUnit, long small, string smallUnit) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{large} {largeUnit}{(small == 0 ? "" : $" {small} {smallUnit}")}"
        );
}
