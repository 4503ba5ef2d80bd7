using System.Text.Json;
using System.Text.Json.Nodes;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// in-toto test-result v0.1. Its lists name tests; the counts, which would be thousands of names, stand
/// in an extension field, named by a URI as the attestation framework wants it.
/// </summary>
internal static class TestResultPredicate
{
    /// <summary>The extension field with the counts.</summary>
    private const string Counts = "https://theaia.com/attestations/test-counts/v1";

    private const string PassedResult = "PASSED";
    private const string WarnedResult = "WARNED";
    private const string FailedResult = "FAILED";

    public static string Write(Release release, TestOutcome outcome)
    {
        var predicate = new JsonObject
        {
            ["result"] =
                outcome.Failed.Count > 0 ? FailedResult
                : outcome.Passed == 0 || outcome.Skipped > 0 ? WarnedResult
                : PassedResult,
            ["configuration"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "all tests of the commit",
                    ["digest"] = new JsonObject { ["gitCommit"] = release.Commit },
                }
            ),
        };
        if (outcome.Url is { } url)
        {
            predicate["url"] = url;
        }
        predicate["passedTests"] = Names(outcome.PassedNames);
        predicate["warnedTests"] = new JsonArray();
        predicate["failedTests"] = Names(outcome.Failed);
        predicate[Counts] = new JsonObject
        {
            ["passed"] = outcome.Passed,
            ["failed"] = outcome.Failed.Count,
            ["skipped"] = outcome.Skipped,
            ["finishedOn"] = PredicateJson.Time(outcome.Finished),
        };
        return PredicateJson.Text(predicate);
    }

    public static Said Read(JsonElement predicate)
    {
        var result = predicate.NeededText("result");
        if (result is not (PassedResult or WarnedResult or FailedResult))
        {
            throw new FormatException("its \"result\" is none of PASSED, WARNED, FAILED");
        }
        if (predicate.Needed("configuration").ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("\"configuration\" is no list");
        }
        var commits = PredicateJson.Commits(predicate.List("configuration"));
        var counts = predicate.Optional(Counts);
        // who attests without our counts lists what passed
        var passed =
            counts?.NeededCount("passed")
            ?? predicate.List("passedTests").Count + predicate.List("warnedTests").Count;
        var failed = Math.Max(
            counts?.NeededCount("failed") ?? 0,
            predicate.List("failedTests").Count
        );
        var skipped = counts?.NeededCount("skipped") ?? 0;
        var value =
            $"{passed} passed, {failed} failed" + (skipped > 0 ? $", {skipped} skipped" : "");
        return failed > 0 || result == FailedResult ? new Said(Verdict.Fail, value, commits)
            : passed == 0
                ? new Said(Verdict.Unknown, value, commits) { Remark = ", but no test passed" }
            : new Said(Verdict.Pass, value, commits);
    }

    public static DateTimeOffset? Finished(JsonElement predicate) =>
        predicate.Optional(Counts)?.OptionalTime("finishedOn");

    private static JsonArray Names(IReadOnlyList<string> names) =>
        [
            .. names.Take(TestOutcome.MostNames).Select(n => (JsonNode)JsonValue.Create(n)),
            .. names.Count > TestOutcome.MostNames
                ? [JsonValue.Create($"and {names.Count - TestOutcome.MostNames} more")]
                : Array.Empty<JsonNode>(),
        ];
}
