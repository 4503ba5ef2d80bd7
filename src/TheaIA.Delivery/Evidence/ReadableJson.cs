using System.Text.Json;

namespace TheaIA.Delivery;

/// <summary>
/// Signed JSON as a person reads it: the same tokens byte for byte, on lines of their own. A writer would
/// escape strings and round numbers its own way, and nobody could compare.
/// </summary>
internal static class ReadableJson
{
    /// <summary>The text, indented by two spaces; it was parsed before.</summary>
    public static byte[] Indent(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var text = new List<byte>(json.Length * 2);
        var last = JsonTokenType.None;
        while (reader.Read())
        {
            var token = reader.TokenType;
            var closes = token is JsonTokenType.EndObject or JsonTokenType.EndArray;
            var opened = last is JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (
                last is not (JsonTokenType.None or JsonTokenType.PropertyName)
                && !(closes && opened)
            )
            {
                if (!closes && !opened)
                {
                    text.Add((byte)',');
                }
                text.Add((byte)'\n');
                text.AddRange(Enumerable.Repeat((byte)' ', 2 * reader.CurrentDepth));
            }
            Add(text, ref reader);
            last = token;
        }
        text.Add((byte)'\n');
        return [.. text];
    }

    private static void Add(List<byte> text, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Quoted(text, reader.ValueSpan);
                text.AddRange(": "u8);
                break;
            case JsonTokenType.String:
                Quoted(text, reader.ValueSpan);
                break;
            default:
                text.AddRange(reader.ValueSpan);
                break;
        }
    }

    private static void Quoted(List<byte> text, ReadOnlySpan<byte> raw)
    {
        text.Add((byte)'"');
        text.AddRange(raw);
        text.Add((byte)'"');
    }
}
