using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TheaIA.Delivery;

/// <summary>
/// JSON of statements. Reading throws <see cref="FormatException"/>, with what is wrong as its message,
/// for everything that is not as expected.
/// </summary>
internal static class PredicateJson
{
    /// <summary>A line of a statement longer than this is cut where it is shown.</summary>
    private const int Longest = 200;

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // an auditor reads ">= 98 %", and no browser gets this
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a predicate.</summary>
    public static string Text(JsonObject predicate) => predicate.ToJsonString(Readable);

    /// <summary>A moment in UTC, as RFC 3339 writes it.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A day: <c>2026-12-01</c>.</summary>
    public static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A property of an object; null: it has none.</summary>
    public static JsonElement? Optional(this JsonElement parent, string name) =>
        parent.ValueKind != JsonValueKind.Object
            ? throw new FormatException($"\"{name}\" is looked for in what is no object")
        : parent.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null
            ? found
        : null;

    /// <summary>A property that must be there.</summary>
    public static JsonElement Needed(this JsonElement parent, string name) =>
        parent.Optional(name) ?? throw new FormatException($"\"{name}\" is missing");

    /// <summary>A text that must be there, and not be empty.</summary>
    public static string NeededText(this JsonElement parent, string name) =>
        parent.OptionalText(name) is { Length: > 0 } text
            ? text
            : throw new FormatException($"\"{name}\" is missing");

    /// <summary>A text; null: it is not there.</summary>
    public static string? OptionalText(this JsonElement parent, string name) =>
        parent.Optional(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            _ => throw new FormatException($"\"{name}\" is no text"),
        };

    /// <summary>The entries of a list; none when it is not there.</summary>
    public static IReadOnlyList<JsonElement> List(this JsonElement parent, string name) =>
        parent.Optional(name) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
            _ => throw new FormatException($"\"{name}\" is no list"),
        };

    /// <summary>A count, 0 or more.</summary>
    public static long NeededCount(this JsonElement parent, string name) =>
        parent.Needed(name) is { ValueKind: JsonValueKind.Number } number
        && number.TryGetInt64(out var count)
        && count >= 0
            ? count
            : throw new FormatException($"\"{name}\" is no count");

    /// <summary>A moment; null: it is not there.</summary>
    public static DateTimeOffset? OptionalTime(this JsonElement parent, string name) =>
        parent.OptionalText(name) is not { } text ? null
        : DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
        : throw new FormatException($"\"{name}\" is no time");

    /// <summary>The git commits of resource descriptors (in-toto) among their digests.</summary>
    public static IReadOnlyList<string> Commits(IEnumerable<JsonElement> descriptors) =>
        [
            .. descriptors
                .Select(d => d.Optional("digest")?.OptionalText("gitCommit"))
                .OfType<string>(),
        ];

    /// <summary>On one line and not too long: what others wrote is shown on a terminal.</summary>
    public static string Line(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }
}
