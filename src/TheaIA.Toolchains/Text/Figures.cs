using System.Globalization;

namespace TheaIA.Toolchains;

/// <summary>Numbers as a person reads them; the same in every culture.</summary>
public static class Figures
{
    private static readonly NumberFormatInfo Spaced = new()
    {
        NumberGroupSeparator = " ",
        NumberDecimalSeparator = ".",
    };

    /// <summary>A count with its thousands apart: <c>6 120</c>.</summary>
    /// <param name="count">The count.</param>
    public static string Count(long count) => count.ToString("#,0", Spaced);

    /// <summary>A count and what it counts: <c>1 file</c>, <c>212 files</c>.</summary>
    /// <param name="count">The count.</param>
    /// <param name="one">What one of them is called; more of them get an <c>s</c>.</param>
    public static string Count(long count, string one) =>
        $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>A percentage as a goal is written: <c>98 %</c>, <c>99.94 %</c>.</summary>
    /// <param name="percent">0 to 100.</param>
    public static string Percent(decimal percent) => percent.ToString("0.##", Spaced) + " %";

    /// <summary>
    /// A measured percentage with one digit, cut off and never rounded up, so that what misses a goal
    /// does not read as if it had reached it: 97.99 is <c>97.9 %</c>.
    /// </summary>
    /// <param name="percent">0 to 100.</param>
    public static string Measured(decimal percent) =>
        (Math.Floor(percent * 10) / 10).ToString("0.0", Spaced) + " %";
}
