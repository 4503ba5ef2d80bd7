using System.Globalization;
using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// .nuke/accepted-findings.json, reviewed like code: a list of
/// <c>{ "id", "subject" (optional), "reason", "expires": "2026-12-01", "by" }</c>. It is read strictly: a
/// misspelt "subject" would accept more than was meant.
/// </summary>
/// <param name="Entries">What is accepted.</param>
public sealed record AcceptedFindings(IReadOnlyList<AcceptedFinding> Entries)
{
    /// <summary>Where it lies in a checkout.</summary>
    public const string File = ".nuke/accepted-findings.json";

    private static readonly string[] Names = ["id", "subject", "reason", "expires", "by"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Nothing is accepted.</summary>
    public static AcceptedFindings None { get; } = new([]);

    /// <summary>Reads the file of a checkout.</summary>
    /// <param name="root">The checkout.</param>
    /// <returns><see cref="None"/> when there is no file.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: it is not JSON (with line and column), or an entry lacks what it needs.
    /// </exception>
    public static AcceptedFindings Read(string root)
    {
        var file = Path.Combine(root, File);
        if (!System.IO.File.Exists(file))
        {
            return None;
        }
        try
        {
            using var json = JsonDocument.Parse(System.IO.File.ReadAllText(file), Strict);
            if (json.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw Wrong("it must be a list of accepted findings, [] for none");
            }
            return new([.. json.RootElement.EnumerateArray().Select(Entry)]);
        }
        catch (JsonException broken) when (broken.LineNumber is null)
        {
            // the one fault of which System.Text.Json does not tell the line
            throw Wrong("an entry says the same thing twice", broken);
        }
        catch (JsonException broken)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{File}, line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1}: this is not JSON.",
                broken
            );
        }
        catch (InvalidOperationException broken)
        {
            // how System.Text.Json tells half a surrogate pair, the one fault that its parser lets through
            throw Wrong("a text in it is not Unicode", broken);
        }
    }

    private static AcceptedFinding Entry(JsonElement entry, int index)
    {
        var which = $"entry {index + 1}";
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"{which} is no object");
        }
        var properties = entry.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        var id = Needed("id");
        which += $" ({id})";
        return properties.Keys.Except(Names).FirstOrDefault() is { } unknown
            ? throw Wrong($"{which} has \"{unknown}\", which nobody reads")
            : new AcceptedFinding(
                id,
                properties.ContainsKey("subject") ? Needed("subject") : null,
                Needed("reason"),
                Day(Needed("expires")),
                Needed("by")
            );

        string Needed(string name) =>
            properties.TryGetValue(name, out var value)
            && value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text
            && text.Trim().Length > 0
                ? text.Trim()
                : throw Wrong($"{which} needs \"{name}\", a text");

        DateOnly Day(string text) =>
            DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
                ? day
                : throw Wrong($"{which} expires on '{text}', which is no day such as 2026-12-01");
    }

    private static OutcomeException Wrong(string what, Exception? cause = null) =>
        new(Outcome.Wrong, $"{File}: {what}. Mend it and run this again.", cause);
}
