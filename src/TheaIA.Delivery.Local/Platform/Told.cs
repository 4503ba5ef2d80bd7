using System.Text.Json;
using System.Text.RegularExpressions;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>What a service tells of itself.</summary>
internal static partial class Told
{
    /// <summary>The digest in the answer of /version; null when it tells none.</summary>
    public static string? Digest(Answer version)
    {
        try
        {
            using var json = JsonDocument.Parse(version.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json
                    .RootElement.EnumerateObject()
                    .Where(p => p.Name.EndsWith("digest", StringComparison.OrdinalIgnoreCase))
                    .Select(p => p.Value.ToString())
                    .FirstOrDefault()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>How many samples the answer of /metrics has (Prometheus text format).</summary>
    public static int Samples(Answer metrics) => metrics.IsOk ? Sample().Count(metrics.Body) : 0;

    [GeneratedRegex(
        @"^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[^\n]*\})?[ \t]+([-+]?[0-9.][0-9.eE+-]*|NaN|[-+]?Inf)([ \t]+-?[0-9]+)?\r?$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Sample();
}
