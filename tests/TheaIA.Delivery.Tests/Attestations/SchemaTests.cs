using System.Text.Json;
using Json.Schema;

namespace TheaIA.Delivery.Tests.Attestations;

/// <summary>The statements are what their standards say. SLSA v1 has no schema: its list of fields stands for one.</summary>
public sealed class SchemaTests
{
    /// <summary>in-toto attestation framework v1, ResourceDescriptor: one of uri, digest, content.</summary>
    private const string ResourceDescriptor = """
        {
          "type": "object",
          "properties": {
            "name": { "type": "string" },
            "uri": { "type": "string", "pattern": "^[a-z][a-z0-9+.-]*:" },
            "digest": {
              "type": "object",
              "minProperties": 1,
              "additionalProperties": { "type": "string", "pattern": "^[0-9a-f]+$" }
            },
            "content": { "type": "string" },
            "downloadLocation": { "type": "string" },
            "mediaType": { "type": "string" },
            "annotations": { "type": "object" }
          },
          "additionalProperties": false,
          "anyOf": [
            { "required": ["uri"] },
            { "required": ["digest"] },
            { "required": ["content"] }
          ]
        }
        """;

    /// <summary>in-toto test-result v0.1; a field that it does not know is named by a URI.</summary>
    private const string TestResult = $$"""
        {
          "type": "object",
          "required": ["result", "configuration"],
          "properties": {
            "result": { "enum": ["PASSED", "WARNED", "FAILED"] },
            "configuration": { "type": "array", "minItems": 1, "items": {{ResourceDescriptor}} },
            "url": { "type": "string" },
            "passedTests": { "type": "array", "items": { "type": "string" } },
            "warnedTests": { "type": "array", "items": { "type": "string" } },
            "failedTests": { "type": "array", "items": { "type": "string" } }
          },
          "patternProperties": { "^https:": {} },
          "additionalProperties": false
        }
        """;

    /// <summary>SLSA provenance v1, its fields.</summary>
    private const string Provenance = $$"""
        {
          "type": "object",
          "required": ["buildDefinition", "runDetails"],
          "properties": {
            "buildDefinition": {
              "type": "object",
              "required": ["buildType", "externalParameters"],
              "properties": {
                "buildType": { "type": "string", "pattern": "^https://" },
                "externalParameters": { "type": "object" },
                "internalParameters": { "type": "object" },
                "resolvedDependencies": { "type": "array", "items": {{ResourceDescriptor}} }
              },
              "additionalProperties": false
            },
            "runDetails": {
              "type": "object",
              "required": ["builder"],
              "properties": {
                "builder": {
                  "type": "object",
                  "required": ["id"],
                  "properties": {
                    "id": { "type": "string", "pattern": "^https://" },
                    "version": { "type": "object", "additionalProperties": { "type": "string" } },
                    "builderDependencies": { "type": "array", "items": {{ResourceDescriptor}} }
                  },
                  "additionalProperties": false
                },
                "metadata": {
                  "type": "object",
                  "properties": {
                    "invocationId": { "type": "string" },
                    "startedOn": { "$ref": "#/$defs/time" },
                    "finishedOn": { "$ref": "#/$defs/time" }
                  },
                  "additionalProperties": false
                },
                "byproducts": { "type": "array", "items": {{ResourceDescriptor}} }
              },
              "additionalProperties": false
            }
          },
          "additionalProperties": false,
          "$defs": {
            "time": { "type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$" }
          }
        }
        """;

    [Fact]
    public void Test_results_fit_in_toto()
    {
        Fits(TestResult, Predicates.Tests(Given.Release, Given.Passed));
        Fits(
            TestResult,
            Predicates.Tests(
                Given.Release,
                new TestOutcome(1, ["A.B"], 1, Given.At) { Url = "https://ci/1" }
            )
        );
    }

    [Fact]
    public void Provenance_fits_the_fields_of_SLSA()
    {
        Fits(Provenance, Predicates.Provenance(Given.Facts));
        Fits(
            Provenance,
            Predicates.Provenance(new ProvenanceFacts(Given.Release, Given.At, Given.At))
        );
    }

    [Fact]
    public void The_schemas_themselves_refuse()
    {
        Errors(TestResult, """{ "result": "GOOD", "configuration": [] }""").ShouldNotBeEmpty();
        Errors(TestResult, """{ "result": "PASSED", "configuration": [ { "name": "a" } ] }""")
            .ShouldNotBeEmpty();
        Errors(Provenance, """{ "buildDefinition": {} }""").ShouldNotBeEmpty();
    }

    private static void Fits(string schema, Attestation attestation) =>
        Errors(schema, attestation.Predicate).ShouldBeEmpty();

    private static IReadOnlyList<string> Errors(string schema, string json)
    {
        using var document = JsonDocument.Parse(json);
        var result = JsonSchema
            .FromText(
                schema,
                new BuildOptions { SchemaRegistry = new SchemaRegistry() },
                new Uri($"https://theaia.com/{Guid.NewGuid()}")
            )
            .Evaluate(
                document.RootElement,
                new EvaluationOptions { OutputFormat = OutputFormat.List }
            );
        return result.IsValid
            ? []
            :
            [
                .. (result.Details ?? [])
                    .Where(d => d.Errors is not null)
                    .Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Values)}"),
                "it does not fit",
            ];
    }
}
