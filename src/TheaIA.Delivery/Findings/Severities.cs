namespace TheaIA.Delivery;

/// <summary>The words that sources use for how bad a finding is.</summary>
public static class Severities
{
    /// <summary>A source's word, in any case: NuGet's, GitHub's, ECR's, gitleaks has none.</summary>
    /// <param name="word">The word: <c>High</c>, <c>MODERATE</c>, <c>informational</c>.</param>
    /// <returns><see cref="Severity.Unknown"/> for a word that is none of them: it counts as high.</returns>
    public static Severity Of(string? word) =>
        (word ?? "").Trim().ToUpperInvariant() switch
        {
            "CRITICAL" => Severity.Critical,
            "HIGH" => Severity.High,
            "MEDIUM" or "MODERATE" => Severity.Medium,
            "LOW" or "NEGLIGIBLE" or "MINIMAL" or "INFORMATIONAL" or "INFO" => Severity.Low,
            _ => Severity.Unknown,
        };

    /// <summary>It fails the gate unless somebody accepted it (mission row M12).</summary>
    internal static bool IsHigh(this Severity severity) =>
        severity is not (Severity.Low or Severity.Medium);

    /// <summary>The worst first: unknown stands between high and medium.</summary>
    internal static int Rank(this Severity severity) =>
        severity switch
        {
            Severity.Critical => 0,
            Severity.High => 1,
            Severity.Medium => 3,
            Severity.Low => 4,
            _ => 2,
        };

    /// <summary>As it is written in a line.</summary>
    internal static string Word(this Severity severity) =>
        severity == Severity.Unknown
            ? "of unknown severity"
            : severity.ToString().ToLowerInvariant();
}
