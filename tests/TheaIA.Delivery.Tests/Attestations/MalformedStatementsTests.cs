using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Attestations;

/// <summary>A statement may hold any JSON: reading it says what is wrong and never throws.</summary>
public sealed class MalformedStatementsTests
{
    private static readonly string[] Types =
    [
        PredicateTypes.TestResult,
        PredicateTypes.Coverage,
        PredicateTypes.Lint,
        PredicateTypes.Scan,
        PredicateTypes.Vulnerabilities,
        PredicateTypes.CycloneDx,
        PredicateTypes.Provenance,
    ];

    [Theory]
    [InlineData(PredicateTypes.TestResult, "{}", "\"result\" is missing")]
    [InlineData(PredicateTypes.TestResult, "[]", "\"result\" is looked for in what is no object")]
    [InlineData(PredicateTypes.TestResult, """{ "result": 1 }""", "\"result\" is no text")]
    [InlineData(
        PredicateTypes.TestResult,
        """{ "result": "GOOD" }""",
        "its \"result\" is none of PASSED, WARNED, FAILED"
    )]
    [InlineData(
        PredicateTypes.TestResult,
        """{ "result": "PASSED" }""",
        "\"configuration\" is missing"
    )]
    [InlineData(
        PredicateTypes.TestResult,
        """{ "result": "PASSED", "configuration": {} }""",
        "\"configuration\" is no list"
    )]
    [InlineData(
        PredicateTypes.TestResult,
        """{ "result": "PASSED", "configuration": [], "failedTests": 0 }""",
        "\"failedTests\" is no list"
    )]
    [InlineData(
        PredicateTypes.TestResult,
        """
            {
              "result": "PASSED", "configuration": [],
              "https://theaia.com/attestations/test-counts/v1": { "passed": -1 }
            }
            """,
        "\"passed\" is no count"
    )]
    [InlineData(
        PredicateTypes.TestResult,
        """
            {
              "result": "PASSED", "configuration": [],
              "https://theaia.com/attestations/test-counts/v1": { "passed": 1e99 }
            }
            """,
        "\"passed\" is no count"
    )]
    [InlineData(PredicateTypes.Coverage, "{}", "\"verdict\" is missing")]
    [InlineData(PredicateTypes.Coverage, "null", "\"verdict\" is looked for in what is no object")]
    [InlineData(
        PredicateTypes.Coverage,
        """{ "verdict": "PASS" }""",
        "its \"verdict\" is none of pass, fail, waived, unknown"
    )]
    [InlineData(
        PredicateTypes.Scan,
        """{ "verdict": "waived", "acceptedUntil": "soon" }""",
        "\"acceptedUntil\" is no day"
    )]
    [InlineData(PredicateTypes.Lint, """{ "verdict": "\ud800" }""", "it is not Unicode")]
    [InlineData(PredicateTypes.CycloneDx, "{}", "\"bomFormat\" is not CycloneDX")]
    [InlineData(
        PredicateTypes.CycloneDx,
        """
            {
              "bomFormat": "CycloneDX", "components": [],
              "metadata": { "properties": [ { "name": "theaia:packages", "value": "many" } ] }
            }
            """,
        "its property theaia:packages is no count"
    )]
    [InlineData(PredicateTypes.Provenance, "{}", "\"buildDefinition\" is missing")]
    [InlineData(
        PredicateTypes.Provenance,
        """{ "buildDefinition": {} }""",
        "\"buildType\" is missing"
    )]
    [InlineData(
        PredicateTypes.Provenance,
        """{ "buildDefinition": { "buildType": "x", "externalParameters": [] } }""",
        "\"externalParameters\" is no object"
    )]
    [InlineData(
        PredicateTypes.Provenance,
        """{ "buildDefinition": { "buildType": "x", "externalParameters": {} } }""",
        "\"runDetails\" is missing"
    )]
    [InlineData(
        PredicateTypes.Provenance,
        """
            {
              "buildDefinition": { "buildType": "x", "externalParameters": {} },
              "runDetails": { "builder": {} }
            }
            """,
        "\"id\" is missing"
    )]
    [InlineData(
        PredicateTypes.Provenance,
        """
            {
              "buildDefinition": { "buildType": "x", "externalParameters": {} },
              "runDetails": { "builder": { "id": "x" }, "metadata": { "finishedOn": "late" } }
            }
            """,
        "\"finishedOn\" is no time"
    )]
    public void It_says_what_is_wrong(string type, string json, string wrong)
    {
        var check = Given.Read(type, json);

        check.Verdict.ShouldBe(Verdict.Unknown);
        check.Source.ShouldBe($"{Given.Attested}, but cannot be read: {wrong}");
    }

    [Fact]
    public void No_element_at_all_is_unknown()
    {
        foreach (var type in Types)
        {
            Predicates.Read(Given.Release, type, default)!.Verdict.ShouldBe(Verdict.Unknown);
            Predicates.MadeOn(type, default).ShouldBeNull();
        }
        Predicates.MadeIn(default).ShouldBe(TimeSpan.Zero);
    }

    [Property(MaxTest = 2_000, Arbitrary = [typeof(Texts)])]
    public void Whatever_JSON_it_is_reading_does_not_throw(Json json)
    {
        using var document = JsonDocument.Parse(json.Text);
        foreach (var type in Types)
        {
            var check = Predicates.Read(Given.Release, type, document.RootElement);
            check!.Digest.ShouldBe(Given.Release.What.Digest);
            check.Source.ShouldStartWith(Given.Attested);
            _ = Predicates.MadeOn(type, document.RootElement);
        }
        Predicates
            .MadeIn(document.RootElement)
            .ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    /// <summary>A text that is JSON.</summary>
    public sealed record Json(string Text)
    {
        public override string ToString() => Text;
    }

    /// <summary>Any JSON that is made of the words that the readers look for, and good ones with one value changed.</summary>
    public static class Texts
    {
        private static readonly string[] Words =
        [
            "result",
            "configuration",
            "digest",
            "gitCommit",
            "passedTests",
            "failedTests",
            "https://theaia.com/attestations/test-counts/v1",
            "passed",
            "failed",
            "skipped",
            "finishedOn",
            "verdict",
            "commit",
            "value",
            "limit",
            "acceptedUntil",
            "measuredOn",
            "bomFormat",
            "metadata",
            "properties",
            "components",
            "name",
            "scope",
            "timestamp",
            "buildDefinition",
            "buildType",
            "externalParameters",
            "resolvedDependencies",
            "runDetails",
            "builder",
            "id",
            "startedOn",
        ];

        private static readonly string[] Leaves =
        [
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "9223372036854775808",
            "\"\"",
            "\"PASSED\"",
            "\"pass\"",
            "\"waived\"",
            "\"CycloneDX\"",
            "\"theaia:commit\"",
            "\"theaia:packages\"",
            "\"2026-11-24T13:02:00Z\"",
            "\"0001-01-01T00:00:00+14:00\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            $"\"{Given.Commit}\"",
            "[]",
            "{}",
        ];

        public static Arbitrary<Json> Any() =>
            Gen.Sized(size => Gen.OneOf(Value(Math.Min(size, 6)), Mutated()))
                .Select(text => new Json(text))
                .ToArbitrary();

        private static Gen<string> Value(int depth) =>
            depth <= 0
                ? Gen.Elements(Leaves)
                : Gen.OneOf(
                    Gen.Elements(Leaves),
                    Value(depth - 1)
                        .ArrayOf()
                        .Select(values => $"[{string.Join(',', values.Take(4))}]"),
                    Gen.Zip(Gen.Elements(Words), Value(depth - 1))
                        .ArrayOf()
                        .Select(pairs =>
                            $"{{{string.Join(',', pairs.Take(6).Select(p => $"\"{p.Item1}\":{p.Item2}"))}}}"
                        )
                );

        /// <summary>A good statement in which the value of one property is another.</summary>
        private static Gen<string> Mutated() =>
            from statement in Gen.Elements(Given.All.Select(a => a.Predicate))
            from word in Gen.Elements(Words)
            from leaf in Gen.Elements(Leaves)
            select Replaced(statement, word, leaf);

        private static string Replaced(string statement, string word, string leaf)
        {
            var node = System.Text.Json.Nodes.JsonNode.Parse(statement)!;
            Replace(node);
            // half a surrogate pair cannot be written by JsonNode
            return node.ToJsonString().Replace("\"LEAF\"", leaf, StringComparison.Ordinal);

            void Replace(System.Text.Json.Nodes.JsonNode? at)
            {
                if (at is System.Text.Json.Nodes.JsonObject parent)
                {
                    foreach (var name in parent.Select(p => p.Key).ToList())
                    {
                        if (name == word)
                        {
                            parent[name] = "LEAF";
                        }
                        else
                        {
                            Replace(parent[name]);
                        }
                    }
                }
                else if (at is System.Text.Json.Nodes.JsonArray list)
                {
                    foreach (var item in list)
                    {
                        Replace(item);
                    }
                }
            }
        }
    }
}
