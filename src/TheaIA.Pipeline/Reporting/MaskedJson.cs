using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TheaIA.Pipeline;

/// <summary>
/// Masks the texts of a JSON document and leaves the rest of it alone: a secret that is <c>1</c>, <c>name</c>
/// or a quotation mark must not break what programs read.
/// </summary>
internal static class MaskedJson
{
    public static string Of(string json, SecretMask mask)
    {
        if (mask.Patterns is null)
        {
            return json;
        }

        var bytes = Encoding.UTF8.GetBytes(json);
        var masked = new StringBuilder(json.Length);
        var reader = new Utf8JsonReader(bytes);
        var copied = 0;
        while (reader.Read())
        {
            if (
                reader.TokenType == JsonTokenType.String
                && reader.GetString() is { } text
                && mask.Mask(text) is var shown
                && shown != text
            )
            {
                var start = (int)reader.TokenStartIndex;
                masked.Append(Encoding.UTF8.GetString(bytes, copied, start - copied));
                masked.Append('"').Append(Encoded(shown)).Append('"');
                copied = (int)reader.BytesConsumed;
            }
        }

        return masked
            .Append(Encoding.UTF8.GetString(bytes, copied, bytes.Length - copied))
            .ToString();
    }

    private static string Encoded(string text) =>
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
}
