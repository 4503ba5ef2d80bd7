using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <content>The writers.</content>
public static partial class Predicates
{
    /// <summary>The test results, as in-toto test-result v0.1.</summary>
    /// <param name="release">What was tested.</param>
    /// <param name="outcome">What the tests gave.</param>
    public static Attestation Tests(Release release, TestOutcome outcome) =>
        new(
            Gates[PredicateTypes.TestResult],
            PredicateTypes.TestResult,
            TestResultPredicate.Write(release, outcome)
        );

    /// <summary>A gate's measurement: coverage, lint, scan or vulnerabilities.</summary>
    /// <param name="gate">The gate's name.</param>
    /// <param name="release">What was measured.</param>
    /// <param name="measurement">The answer, with its value, limit, source and details. No secret may be in it.</param>
    /// <param name="time">When it was measured.</param>
    /// <param name="acceptedUntil">
    /// The last day on which <see cref="Verdict.Waived"/> holds; needed with that verdict alone
    /// (<see cref="FindingsGate.AcceptedUntil"/>).
    /// </param>
    /// <exception cref="ArgumentException">There is no such gate, or a waiver without an expiry.</exception>
    public static Attestation Measured(
        string gate,
        Release release,
        Measurement measurement,
        DateTimeOffset time,
        DateOnly? acceptedUntil = null
    )
    {
        var type = gate switch
        {
            "coverage" => PredicateTypes.Coverage,
            "lint" => PredicateTypes.Lint,
            "scan" => PredicateTypes.Scan,
            "vulnerabilities" => PredicateTypes.Vulnerabilities,
            _ => throw new ArgumentException(
                $"No measurement is attested for '{gate}'.",
                nameof(gate)
            ),
        };
        return measurement.Verdict == Verdict.Waived && acceptedUntil is null
            ? throw new ArgumentException("A waiver has an expiry.", nameof(acceptedUntil))
            : new Attestation(
                gate,
                type,
                MeasuredPredicate.Write(gate, release, measurement, time, acceptedUntil)
            );
    }

    /// <summary>Where the image comes from and how it was made, as SLSA provenance v1.</summary>
    /// <param name="facts">What is known about the build.</param>
    public static Attestation Provenance(ProvenanceFacts facts) =>
        new(
            Gates[PredicateTypes.Provenance],
            PredicateTypes.Provenance,
            ProvenancePredicate.Write(facts)
        );

    /// <summary>The bill of materials, with the commit that it is about.</summary>
    /// <param name="release">What it lists.</param>
    /// <param name="cycloneDxJson">A CycloneDX document in JSON.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it is not one.</exception>
    public static Attestation Sbom(Release release, string cycloneDxJson) =>
        new(
            Gates[PredicateTypes.CycloneDx],
            PredicateTypes.CycloneDx,
            SbomPredicate.Write(release, cycloneDxJson)
        );
}
