using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>For <see cref="NukeBuild.ReportSummary"/>.</summary>
public static class SummaryExtensions
{
    /// <summary>Adds a name and a value.</summary>
    /// <typeparam name="TValue">The value's type.</typeparam>
    /// <param name="dictionary">The figures so far.</param>
    /// <param name="key">The name.</param>
    /// <param name="value">The value; written the same in every culture.</param>
    /// <returns>The figures.</returns>
    public static IDictionary<string, string> AddPair<TValue>(
        this IDictionary<string, string> dictionary,
        string key,
        TValue value
    )
    {
        dictionary[key] = string.Create(CultureInfo.InvariantCulture, $"{value}");
        return dictionary;
    }
}
