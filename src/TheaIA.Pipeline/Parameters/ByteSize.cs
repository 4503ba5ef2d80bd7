using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>Amounts of bytes as a person writes them: <c>500MB</c>, <c>10GiB</c>.</summary>
internal static class ByteSize
{
    public const string Allowed = "a size like 500MB or 10GiB";

    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10),
        ("MiB", 1L << 20),
        ("GiB", 1L << 30),
        ("TiB", 1L << 40),
        ("KB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("TB", 1_000_000_000_000),
        ("B", 1),
    ];

    /// <summary>Null: it is none. A bare number says no unit.</summary>
    public static long? Parse(string text)
    {
        foreach (var (unit, bytes) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                return
                    decimal.TryParse(
                        text.AsSpan(0, text.Length - unit.Length).Trim(),
                        NumberStyles.AllowDecimalPoint,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                    && number <= long.MaxValue / bytes
                    && number * bytes >= 1
                    ? (long)(number * bytes)
                    : null;
            }
        }

        return null;
    }
}
