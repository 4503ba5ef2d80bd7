namespace TheaIA.Delivery.Aws.Tests.Given;

/// <summary>Documents as describe-image-scan-findings answers them.</summary>
internal static class Scan
{
    public const string Call = "describe-image-scan-findings";

    public static object With(string status, string? description = null) =>
        new { imageScanStatus = new { status, description } };

    public static object Basic(string? next = null, params object[] findings) =>
        new
        {
            registryId = "123456789012",
            repositoryName = "thea/api",
            imageId = new { imageDigest = StandInAws.Digest },
            imageScanStatus = new { status = "COMPLETE", description = "The scan was completed." },
            imageScanFindings = new
            {
                imageScanCompletedAt = 1795902260.378,
                findings,
                findingSeverityCounts = new Dictionary<string, int>(StringComparer.Ordinal),
            },
            nextToken = next,
        };

    public static object Finding(string name, string severity, string package, string version) =>
        new
        {
            name,
            uri = "about:blank",
            severity,
            attributes = (object[])
                [
                    new { key = "package_version", value = version },
                    new { key = "package_name", value = package },
                ],
        };

    public static object Enhanced(string? next = null, params object[] enhancedFindings) =>
        new
        {
            imageScanStatus = new
            {
                status = "ACTIVE",
                description = "Continuous scan is selected.",
            },
            imageScanFindings = new { enhancedFindings },
            nextToken = next,
        };

    public static object Enhancement(
        string id,
        string severity,
        string status,
        params (string Name, string Version, string? Release)[] packages
    ) =>
        new
        {
            title = $"{id} - a title",
            severity,
            status,
            type = "PACKAGE_VULNERABILITY",
            packageVulnerabilityDetails = new
            {
                vulnerabilityId = id,
                vulnerablePackages = packages
                    .Select(p => new
                    {
                        name = p.Name,
                        version = p.Version,
                        release = p.Release,
                        arch = "X86_64",
                    })
                    .ToArray(),
            },
        };
}
