namespace TheaIA.Delivery;

/// <summary>What is said about a digest, before it is signed: an in-toto predicate with its type.</summary>
/// <param name="Gate">The gate that it answers: <c>coverage</c>. One attestation a gate.</param>
/// <param name="PredicateType">Its type URI, one of <see cref="PredicateTypes"/>.</param>
/// <param name="Predicate">The predicate as JSON text; never with a secret in it.</param>
public sealed record Attestation(string Gate, string PredicateType, string Predicate);

/// <summary>The predicate types that admission reads (in-toto attestation framework v1).</summary>
public static class PredicateTypes
{
    /// <summary>A CycloneDX bill of materials.</summary>
    public const string CycloneDx = "https://cyclonedx.org/bom";

    /// <summary>SLSA provenance, version 1.</summary>
    public const string Provenance = "https://slsa.dev/provenance/v1";

    /// <summary>in-toto test result, version 0.1.</summary>
    public const string TestResult = "https://in-toto.io/attestation/test-result/v0.1";

    /// <summary>A gate's measurement, ours: coverage.</summary>
    public const string Coverage = "https://theaia.com/attestations/coverage/v1";

    /// <summary>A gate's measurement, ours: lint.</summary>
    public const string Lint = "https://theaia.com/attestations/lint/v1";

    /// <summary>A gate's measurement, ours: secrets in commits and layers.</summary>
    public const string Scan = "https://theaia.com/attestations/scan/v1";

    /// <summary>A gate's measurement, ours: known vulnerabilities of what is in the image.</summary>
    public const string Vulnerabilities = "https://theaia.com/attestations/vulnerabilities/v1";

    /// <summary>The list of all statements about a digest, signed last; what Evidence collects by.</summary>
    public const string Index = "https://theaia.com/attestations/index/v1";
}
