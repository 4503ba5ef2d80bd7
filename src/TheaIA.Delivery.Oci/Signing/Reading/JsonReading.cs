using System.Text.Json;

namespace TheaIA.Delivery.Oci.Signing.Reading;

/// <summary>
/// Reads JSON that anybody may have written. What is not as expected is not there: none of these throws.
/// </summary>
internal static class JsonReading
{
    /// <summary>A JSON object; null: the bytes are none.</summary>
    public static JsonElement? Object(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A property of an object; null: it has none of this name.</summary>
    public static JsonElement? Part(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var part)
            ? part
            : null;

    /// <summary>A property that is text.</summary>
    public static string? Text(this JsonElement parent, string name)
    {
        try
        {
            return parent.Part(name) is { ValueKind: JsonValueKind.String } text
                ? text.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair: the parser lets it through, and it is no text
        }
    }

    /// <summary>The entries of a property that is a list.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement parent, string name) =>
        parent.Part(name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray()]
            : [];

    /// <summary>A property that is bytes in base64.</summary>
    public static byte[]? Bytes(this JsonElement parent, string name) => Base64(parent.Text(name));

    /// <summary>Bytes of base64; null: it is none.</summary>
    public static byte[]? Base64(string? text)
    {
        if (text is null)
        {
            return null;
        }
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : null;
    }
}
