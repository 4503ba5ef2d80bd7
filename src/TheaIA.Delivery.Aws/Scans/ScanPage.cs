namespace TheaIA.Delivery.Aws.Scans;

// What describe-image-scan-findings answers, of a basic scan (findings) and of an enhanced one by Inspector
// (enhancedFindings). Only what is read here; all of it may be missing.

/// <summary>One page.</summary>
internal sealed record ScanPage(
    ScanStatus? ImageScanStatus,
    ScanFindings? ImageScanFindings,
    string? NextToken
);

/// <summary>How far the scan is.</summary>
internal sealed record ScanStatus(string? Status, string? Description);

/// <summary>What it found, and how often by severity.</summary>
internal sealed record ScanFindings(
    IReadOnlyList<BasicFinding>? Findings,
    IReadOnlyList<EnhancedFinding>? EnhancedFindings,
    IReadOnlyDictionary<string, int>? FindingSeverityCounts
);

/// <summary>A finding of a basic scan.</summary>
internal sealed record BasicFinding(
    string? Name,
    string? Severity,
    IReadOnlyList<ScanAttribute>? Attributes
);

/// <summary>package_name, package_version and more.</summary>
internal sealed record ScanAttribute(string? Key, string? Value);

/// <summary>A finding of an enhanced scan.</summary>
internal sealed record EnhancedFinding(
    string? Title,
    string? Severity,
    string? Status,
    PackageVulnerability? PackageVulnerabilityDetails
);

/// <summary>Which vulnerability, of which packages.</summary>
internal sealed record PackageVulnerability(
    string? VulnerabilityId,
    IReadOnlyList<VulnerablePackage>? VulnerablePackages
);

/// <summary>A package in the image.</summary>
internal sealed record VulnerablePackage(string? Name, string? Version, string? Release);
