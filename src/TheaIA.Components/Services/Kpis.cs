namespace TheaIA.Components;

/// <summary>The goals of Thea IA's DevOps guide (mission rows M5, M9 to M12) that gates hold.</summary>
public sealed record Kpis
{
    /// <summary>Lines of src/ that the tests run, in percent. Default: 98 (M5).</summary>
    public double Coverage { get; init; } = 98;

    /// <summary>From build.sh's first line to the deployment. Default: 7 minutes (M9).</summary>
    public TimeSpan BuildToDeploy { get; init; } = TimeSpan.FromMinutes(7);

    /// <summary>From build.sh's first line to the old release answering again. Default: 90 s (M10).</summary>
    public TimeSpan Rollback { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Uptime of the API over 30 days, in percent. Default: 99.94 (M11).</summary>
    public double Uptime { get; init; } = 99.94;

    /// <summary>Open incidents of high severity. Default: 0 (M12).</summary>
    public int HighIncidents { get; init; }
}

/// <summary>Figures as a build program writes them: <c>98.Percent()</c>, <c>7.Minutes()</c>.</summary>
public static class KpiUnits
{
    /// <summary>A share of one hundred.</summary>
    /// <param name="value">The share.</param>
    public static double Percent(this int value) => value;

    /// <summary>A share of one hundred.</summary>
    /// <param name="value">The share.</param>
    public static double Percent(this double value) => value;

    /// <summary>A duration in minutes.</summary>
    /// <param name="value">How many.</param>
    public static TimeSpan Minutes(this int value) => TimeSpan.FromMinutes(value);

    /// <summary>A duration in seconds.</summary>
    /// <param name="value">How many.</param>
    public static TimeSpan Seconds(this int value) => TimeSpan.FromSeconds(value);
}
