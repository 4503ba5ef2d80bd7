using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TheaIA.Delivery;

/// <summary>
/// A ledger entry as a line. The hash is taken over the text as it was written, and is the line's
/// last property: checking it needs no knowledge of the other ones.
/// </summary>
internal static class LedgerLine
{
    private const string HashStart = ",\"hash\":\"";
    private const string HashEnd = "\"}";
    private const int HashLength = 64;

    /// <summary>The line of an entry, and the entry with its hash.</summary>
    public static (string Line, LedgerEntry Entry) Write(LedgerEntry entry)
    {
        var text = JsonSerializer.Serialize(entry, LedgerJson.Lines.LedgerEntry);
        var hash = Hash(text);
        return (text[..^1] + HashStart + hash + HashEnd, entry with { Hash = hash });
    }

    /// <summary>The entry of a line; null when the line is not what was written.</summary>
    public static LedgerEntry? Read(string line)
    {
        var tail = HashStart.Length + HashLength + HashEnd.Length;
        if (
            line.Length <= tail
            || !line.EndsWith(HashEnd, StringComparison.Ordinal)
            || !line.AsSpan(line.Length - tail).StartsWith(HashStart, StringComparison.Ordinal)
        )
        {
            return null;
        }

        var text = line[..^tail] + "}";
        var hash = line[^(HashLength + HashEnd.Length)..^HashEnd.Length];
        if (hash != Hash(text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, LedgerJson.Lines.LedgerEntry) is { } entry
                ? entry with
                {
                    Hash = hash,
                }
                : null;
        }
        catch (JsonException)
        {
            // its hash is right and yet it is no entry: nobody here wrote it
            return null;
        }
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

[JsonSerializable(typeof(LedgerEntry))]
internal sealed partial class LedgerJson : JsonSerializerContext
{
    public static LedgerJson Lines { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                // read by people; nothing here ends up in HTML
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                RespectNullableAnnotations = true,
                RespectRequiredConstructorParameters = true,
            }
        );
}

/// <summary>A moment as <c>2026-11-24T14:02:00.000Z</c>.</summary>
internal sealed class UtcJson : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        DateTimeOffset.TryParseExact(
            reader.GetString(),
            Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : throw new JsonException("not a moment in UTC");

    public override void Write(
        Utf8JsonWriter writer,
        DateTimeOffset value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
