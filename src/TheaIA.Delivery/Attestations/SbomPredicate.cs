using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// A CycloneDX bill of materials as a statement. CycloneDX has no field for a commit: it is one of the
/// properties that the standard leaves to its users.
/// </summary>
internal static class SbomPredicate
{
    private const string Commit = "theaia:commit";

    /// <summary>How many packages are in the image, as whoever made the bill counted them there.</summary>
    private const string Packages = "theaia:packages";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static string Write(Release release, string json)
    {
        var bill = Parse(json);
        var metadata = Child(bill, "metadata", () => new JsonObject());
        var properties = Child(metadata, "properties", () => new JsonArray());
        foreach (var old in properties.Where(p => Named(p, Commit)).ToList())
        {
            properties.Remove(old);
        }
        properties.Add((JsonNode)new JsonObject { ["name"] = Commit, ["value"] = release.Commit });
        return PredicateJson.Text(bill);
    }

    public static Said Read(JsonElement bill)
    {
        if (bill.OptionalText("bomFormat") != "CycloneDX")
        {
            throw new FormatException("\"bomFormat\" is not CycloneDX");
        }
        var properties = bill.Optional("metadata")?.List("properties") ?? [];
        IReadOnlyList<string> commits = [.. Values(properties, Commit)];
        if (bill.Optional("components") is null)
        {
            return Doubt(", but it has no list of components", "");
        }
        var there = bill.List("components").Count(c => c.OptionalText("scope") != "excluded");
        var wanted = Values(properties, Packages).Select(Count).FirstOrDefault(1);
        var value = there == 1 ? "1 package" : $"{there} packages";
        return there < wanted
            ? Doubt($", but it lists {there} of at least {wanted}", value)
            : new Said(Verdict.Pass, value, commits);

        Said Doubt(string remark, string value) =>
            new(Verdict.Unknown, value, commits) { Remark = remark };
    }

    public static DateTimeOffset? Made(JsonElement bill) =>
        bill.Optional("metadata")?.OptionalTime("timestamp");

    private static IEnumerable<string> Values(IReadOnlyList<JsonElement> properties, string name) =>
        properties
            .Where(p => p.OptionalText("name") == name)
            .Select(p => p.OptionalText("value") ?? "");

    private static long Count(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new FormatException($"its property {Packages} is no count");

    private static JsonObject Parse(string json)
    {
        JsonException? cause = null;
        try
        {
            if (
                JsonNode.Parse(json, documentOptions: Strict) is JsonObject bill
                && bill["bomFormat"] is JsonValue format
                && format.TryGetValue<string>(out var name)
                && name == "CycloneDX"
            )
            {
                return bill;
            }
        }
        catch (JsonException broken)
        {
            cause = broken;
        }
        throw new OutcomeException(
            Outcome.Failed,
            "What should be the bill of materials is no CycloneDX JSON: run ./build.sh Release again.",
            cause
        );
    }

    private static T Child<T>(JsonObject parent, string name, Func<T> make)
        where T : JsonNode
    {
        if (parent[name] is T child)
        {
            return child;
        }
        var made = make();
        parent[name] = made;
        return made;
    }

    private static bool Named(JsonNode? property, string name) =>
        property is JsonObject one
        && one["name"] is JsonValue value
        && value.TryGetValue<string>(out var told)
        && told == name;
}
