using System.Buffers;
using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>Durations as a person writes them: <c>30s</c>, <c>1h30m</c>, <c>500ms</c>, <c>00:01:30</c>.</summary>
internal static class Duration
{
    // from large to small; each at most once
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("min", TimeSpan.TicksPerMinute),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
    ];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    // not "c", which takes 00:30 for hours and minutes
    private static readonly string[] ClockFormats =
    [
        @"h\:mm\:ss",
        @"h\:mm\:ss\.FFFFFFF",
        @"d\.hh\:mm\:ss",
        @"d\.hh\:mm\:ss\.FFFFFFF",
    ];

    /// <summary>Null: it is none. A bare number says no unit, and less than nothing is no duration.</summary>
    public static TimeSpan? Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed == "0")
        {
            return TimeSpan.Zero;
        }

        if (!trimmed.Contains(':', StringComparison.Ordinal))
        {
            return ParseUnits(trimmed);
        }

        return TimeSpan.TryParseExact(
            trimmed,
            ClockFormats,
            CultureInfo.InvariantCulture,
            out var clock
        )
            ? clock
            : null;
    }

    private static TimeSpan? ParseUnits(string text)
    {
        var rest = text.AsSpan();
        var total = 0m;
        var smallest = long.MaxValue;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (
                digits <= 0
                || !decimal.TryParse(
                    rest[..digits],
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                || number > long.MaxValue
            )
            {
                return null;
            }

            rest = rest[digits..].TrimStart();
            if (UnitOf(rest) is not { } unit || unit.Ticks >= smallest)
            {
                return null;
            }

            rest = rest[unit.Unit.Length..].TrimStart();
            smallest = unit.Ticks;
            total += number * unit.Ticks;
        }

        return smallest < long.MaxValue && total <= long.MaxValue
            ? new TimeSpan((long)total)
            : null;
    }

    private static (string Unit, long Ticks)? UnitOf(ReadOnlySpan<char> text)
    {
        foreach (var unit in Units)
        {
            var follows = unit.Unit.Length < text.Length ? text[unit.Unit.Length] : ' ';
            if (
                text.StartsWith(unit.Unit, StringComparison.OrdinalIgnoreCase)
                && !char.IsLetter(follows)
            )
            {
                return unit;
            }
        }

        return null;
    }
}
