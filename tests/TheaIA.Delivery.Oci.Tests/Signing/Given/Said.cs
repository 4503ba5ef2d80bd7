using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing.Given;

/// <summary>Predicates as small as they are read.</summary>
internal static class Said
{
    public static Attestation Lint(string verdict = "pass", string? measuredOn = null) =>
        Measured("lint", PredicateTypes.Lint, verdict, measuredOn);

    public static Attestation Measured(
        string gate,
        string type,
        string verdict = "pass",
        string? measuredOn = null
    ) =>
        new(
            gate,
            type,
            $$"""{"gate":"{{gate}}","commit":"{{Sandbox.Commit}}","verdict":"{{verdict}}","value":"0 warnings","limit":"","source":"test"{{(measuredOn is null ? "" : $",\"measuredOn\":\"{measuredOn}\"")}}}"""
        );

    public static Attestation Tests { get; } =
        new(
            "tests",
            PredicateTypes.TestResult,
            $$$"""{"result":"PASSED","configuration":[{"name":"all","digest":{"gitCommit":"{{{Sandbox.Commit}}}"}}],"passedTests":["A"],"warnedTests":[],"failedTests":[]}"""
        );

    public static Attestation Provenance(
        string started = "2026-11-28T10:00:00Z",
        string finished = "2026-11-28T10:01:09Z"
    ) =>
        new(
            "provenance",
            PredicateTypes.Provenance,
            $$$$"""
            {"buildDefinition":{"buildType":"https://theaia.com/build/v1","externalParameters":{"target":"Release"},"internalParameters":{},
            "resolvedDependencies":[{"uri":"git+https://example.com/theaia","digest":{"gitCommit":"{{{{Sandbox.Commit}}}}"}}]},
            "runDetails":{"builder":{"id":"https://theaia.com/builders/local","version":{}},
            "metadata":{"invocationId":"1","startedOn":"{{{{started}}}}","finishedOn":"{{{{finished}}}}"}}}
            """
        );

    public static Attestation Index(string hex) =>
        new("index", PredicateTypes.Index, $$"""{"statements":[{"sha256":"{{hex}}"}]}""");

    /// <summary>An attestation for each of a release's gates that can be said in a line.</summary>
    public static Attestation[] All { get; } =
    [
        Tests,
        Measured("coverage", PredicateTypes.Coverage, measuredOn: "2026-11-28T10:00:01.000Z"),
        Lint(measuredOn: "2026-11-28T10:00:02.000Z"),
        Measured("scan", PredicateTypes.Scan, measuredOn: "2026-11-28T10:00:03.000Z"),
        Measured(
            "vulnerabilities",
            PredicateTypes.Vulnerabilities,
            "unknown",
            "2026-11-28T10:00:04.000Z"
        ),
        Provenance(),
        Index(new string('a', 64)),
    ];
}
