namespace TheaIA.Delivery.Aws.Scans;

/// <summary>Makes findings of a scan's pages.</summary>
internal static class ScanReading
{
    /// <summary>
    /// All findings, the worst first. Inspector's suppressed ones count: here a finding is accepted in
    /// .nuke/accepted-findings.json alone. Those that it closed are mended.
    /// </summary>
    public static IReadOnlyList<Finding> Findings(IReadOnlyList<ScanPage> pages) =>
        [
            .. pages
                .Select(p => p.ImageScanFindings)
                .OfType<ScanFindings>()
                .SelectMany(f => (f.Findings ?? []).Select(Of).Concat(Open(f).Select(Of)))
                .Distinct()
                .OrderByDescending(f => Weight(f.Severity))
                .ThenBy(f => f.Id, StringComparer.Ordinal)
                .ThenBy(f => f.Subject, StringComparer.Ordinal),
        ];

    /// <summary>
    /// Why an empty answer is no answer: it has no findings document, or counts findings that it does not
    /// list. Null: it is one.
    /// </summary>
    public static string? Hole(IReadOnlyList<ScanPage> pages)
    {
        var documents = pages.Select(p => p.ImageScanFindings).OfType<ScanFindings>().ToArray();
        if (documents.Length == 0)
        {
            return "its answer has no list of findings";
        }

        var counted = documents.Max(d => d.FindingSeverityCounts?.Values.Sum() ?? 0);
        var listed = documents.Sum(d =>
            (d.Findings?.Count ?? 0) + (d.EnhancedFindings?.Count ?? 0)
        );
        return counted > listed ? $"it counts {counted} findings and lists {listed}" : null;
    }

    /// <summary>ECR's words for severity (FindingSeverity) and Inspector's.</summary>
    public static Severity Rated(string? word) =>
        word?.ToUpperInvariant() switch
        {
            "CRITICAL" => Severity.Critical,
            "HIGH" => Severity.High,
            "MEDIUM" => Severity.Medium,
            "LOW" or "INFORMATIONAL" => Severity.Low,
            // UNDEFINED, UNTRIAGED: nobody said
            _ => Severity.Unknown,
        };

    private static IEnumerable<EnhancedFinding> Open(ScanFindings findings) =>
        (findings.EnhancedFindings ?? []).Where(f => f.Status != "CLOSED");

    private static Finding Of(BasicFinding finding)
    {
        var package = Attribute(finding, "package_name");
        return new(
            Known(finding.Name),
            Rated(finding.Severity),
            package is null ? "the image" : Named(package, Attribute(finding, "package_version"))
        );
    }

    private static Finding Of(EnhancedFinding finding)
    {
        var details = finding.PackageVulnerabilityDetails;
        var packages = (details?.VulnerablePackages ?? [])
            .Where(p => p.Name is not null)
            .Select(p => Named(p.Name!, Version(p)))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return new(
            Known(details?.VulnerabilityId ?? finding.Title),
            Rated(finding.Severity),
            packages.Length == 0 ? "the image" : string.Join(", ", packages)
        );
    }

    // Debian's and Red Hat's versions end in a release of the packager
    private static string? Version(VulnerablePackage package) =>
        string.IsNullOrEmpty(package.Release)
            ? package.Version
            : $"{package.Version}-{package.Release}";

    private static string? Attribute(BasicFinding finding, string key) =>
        finding.Attributes?.FirstOrDefault(a => a.Key == key)?.Value;

    private static string Named(string package, string? version) =>
        string.IsNullOrEmpty(version) ? package : $"{package} {version}";

    private static string Known(string? id) => string.IsNullOrEmpty(id) ? "unnamed" : id;

    // one that nobody rated counts as high
    private static Severity Weight(Severity severity) =>
        severity == Severity.Unknown ? Severity.High : severity;
}
