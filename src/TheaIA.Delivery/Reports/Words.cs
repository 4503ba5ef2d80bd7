using System.Globalization;

namespace TheaIA.Delivery;

/// <summary>Times as a person reads them.</summary>
internal static class Words
{
    /// <summary>A duration: <c>1.9 s</c>, <c>41 s</c>, <c>3 min 12 s</c>.</summary>
    public static string Short(this TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero);
        return time.TotalSeconds < 9.95
                ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
            : seconds < 120 ? $"{seconds} s"
            : seconds % 60 == 0 ? $"{seconds / 60} min"
            : $"{seconds / 60} min {seconds % 60} s";
    }

    /// <summary>A goal: <c>[90 s]</c>, <c>[7 min]</c>.</summary>
    public static string Goal(this TimeSpan goal) => $"[{goal.Rough()}]";

    /// <summary>A limit without decimals: <c>10 s</c>, <c>3 min</c>.</summary>
    public static string Rough(this TimeSpan time) =>
        time.TotalSeconds < 9.95
            ? $"{Math.Max(0, Math.Ceiling(time.TotalSeconds))} s"
            : time.Short();

    /// <summary>A moment in the reader's time zone: <c>14:02</c>, <c>23 Nov 18:11</c> on another day.</summary>
    public static string Clock(this TimeProvider time, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);
        var today = TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone).Date;
        return local.ToString(
            local.Date == today ? "HH:mm" : "d MMM HH:mm",
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>An address without its scheme: <c>localhost:8000</c>.</summary>
    public static string Host(this IPlatform platform)
    {
        var start = platform.Address.IndexOf("://", StringComparison.Ordinal);
        return start < 0 ? platform.Address : platform.Address[(start + 3)..];
    }
}
