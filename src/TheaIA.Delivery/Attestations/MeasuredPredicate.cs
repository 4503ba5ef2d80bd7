using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>A gate's measurement as a statement, ours: coverage, lint, scan, vulnerabilities.</summary>
internal static class MeasuredPredicate
{
    /// <summary>A statement goes into a registry's manifest store: more lines than these are cut.</summary>
    private const int MostDetails = 200;

    public static string Write(
        string gate,
        Release release,
        Measurement measurement,
        DateTimeOffset time,
        DateOnly? acceptedUntil
    )
    {
        var predicate = new JsonObject
        {
            ["gate"] = gate,
            ["commit"] = release.Commit,
            ["verdict"] = measurement.Verdict.Word(),
            ["value"] = measurement.Value,
            ["limit"] = measurement.Limit,
            ["source"] = measurement.Source,
            ["measuredOn"] = PredicateJson.Time(time),
        };
        if (acceptedUntil is { } until)
        {
            predicate["acceptedUntil"] = PredicateJson.Day(until);
        }
        var details = measurement.Details;
        predicate["details"] = new JsonArray([
            .. details.Take(MostDetails).Select(d => (JsonNode)JsonValue.Create(d)),
            .. details.Count > MostDetails
                ? [JsonValue.Create($"and {details.Count - MostDetails} more")]
                : Array.Empty<JsonNode>(),
        ]);
        return PredicateJson.Text(predicate);
    }

    public static Said Read(JsonElement predicate, DateOnly today)
    {
        var verdict = Answer(predicate.NeededText("verdict"));
        var limit = predicate.OptionalText("limit") ?? "";
        var value = PredicateJson.Line(
            (predicate.OptionalText("value") ?? "") + (limit.Length > 0 ? $" [{limit}]" : "")
        );
        IReadOnlyList<string> commits = predicate.OptionalText("commit") is { } commit
            ? [commit]
            : [];
        if (verdict != Verdict.Waived)
        {
            return new Said(verdict, value, commits);
        }
        var until = Day(predicate.NeededText("acceptedUntil"));
        return until < today
            ? new Said(Verdict.Fail, value, commits)
            {
                Remark = $", but what it accepts expired on {PredicateJson.Day(until)}",
            }
            : new Said(verdict, value, commits);
    }

    public static DateTimeOffset? Measured(JsonElement predicate) =>
        predicate.OptionalTime("measuredOn");

    private static Verdict Answer(string word) =>
        word switch
        {
            "pass" => Verdict.Pass,
            "fail" => Verdict.Fail,
            "waived" => Verdict.Waived,
            "unknown" => Verdict.Unknown,
            _ => throw new FormatException(
                "its \"verdict\" is none of pass, fail, waived, unknown"
            ),
        };

    private static DateOnly Day(string text) =>
        DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : throw new FormatException("\"acceptedUntil\" is no day");
}
