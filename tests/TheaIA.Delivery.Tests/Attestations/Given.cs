using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Attestations;

/// <summary>A release and what is said about it.</summary>
internal static class Given
{
    public const string Commit = "3f2c1a9d0b7d2e1c5520e7f31ab4be1f0aa9c021";

    public const string Other = "99999999999999999999999999999999999999ff";

    public const string Attested = "attested for sha256:4be1f0aa9c02";

    public static DateTimeOffset At { get; } = new(2026, 11, 24, 14, 2, 0, TimeSpan.FromHours(1));

    public static Release Release { get; } =
        new(
            new Claim("127.0.0.1:5000/theaia-api", "sha256:4be1f0aa9c02" + new string('a', 52)),
            Commit,
            "0.1.0+3f2c1a9"
        );

    public static TestOutcome Passed { get; } =
        new(612, [], 0, At) { PassedNames = ["TheaIA.Api.Tests", "TheaIA.Front.Tests"] };

    public static Measurement Coverage { get; } =
        new(Verdict.Pass, "98.7 % of 6 240 lines", ">= 98 %", "9 Cobertura files");

    public static ProvenanceFacts Facts { get; } =
        new(Release, At, At.AddSeconds(41.5))
        {
            Builder =
                "https://github.com/theaia/thea/.github/workflows/thea_ci.yml@refs/heads/main",
            BuilderVersions = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["theaia"] = "0.1.0",
                ["dotnet"] = "10.0.0",
            },
            Invocation = "https://github.com/theaia/thea/actions/runs/4711/attempts/1",
            Targets = ["Release"],
            Parameters =
            [
                new("registry", "127.0.0.1:5000/theaia-api"),
                new("cosign-key", "awskms:///alias/release"),
            ],
            OwnSettings = [new("configuration", "Release")],
            Remote = "https://x-access-token:ghs_notToBeSeen@github.com/theaia/thea.git",
            Base = new Claim("127.0.0.1:5000/base", "sha256:" + new string('b', 64)),
            SdkVersion = "10.0.100",
        };

    public const string Bill = """
        {
          "bomFormat": "CycloneDX",
          "specVersion": "1.6",
          "version": 1,
          "metadata": {
            "timestamp": "2026-11-24T13:02:00Z",
            "properties": [ { "name": "theaia:packages", "value": "2" } ]
          },
          "components": [
            { "type": "library", "name": "Serilog", "version": "4.3.0", "scope": "required" },
            { "type": "library", "name": "prometheus-net", "version": "8.2.1" },
            { "type": "library", "name": "Analyzers", "version": "1.0.0", "scope": "excluded" }
          ]
        }
        """;

    public static Check Read(Attestation attestation, Release? release = null) =>
        Read(attestation.PredicateType, attestation.Predicate, release);

    public static Check Read(string type, string json, Release? release = null)
    {
        using var document = JsonDocument.Parse(json);
        return Predicates.Read(release ?? Release, type, document.RootElement).ShouldNotBeNull();
    }

    public static IReadOnlyList<Attestation> All =>
        [
            Predicates.Tests(Release, Passed),
            Predicates.Measured("coverage", Release, Coverage, At),
            Predicates.Measured(
                "lint",
                Release,
                new Measurement(Verdict.Pass, "412 files, 0 findings", Source: "csharpier"),
                At
            ),
            Predicates.Measured(
                "scan",
                Release,
                new Measurement(Verdict.Pass, "0 high", "0 high", "gitleaks over 12 commits"),
                At
            ),
            Predicates.Measured(
                "vulnerabilities",
                Release,
                new Measurement(
                    Verdict.Waived,
                    "0 high; 1 accepted until 2126-12-01",
                    "0 high",
                    "NuGet audit"
                )
                {
                    Details =
                    [
                        "accepted until 2126-12-01 by ada: high: CVE-2026-1 in A 1.0.0 (no way)",
                    ],
                },
                At,
                new DateOnly(2126, 12, 1)
            ),
            Predicates.Sbom(Release, Bill),
            Predicates.Provenance(Facts),
        ];
}
