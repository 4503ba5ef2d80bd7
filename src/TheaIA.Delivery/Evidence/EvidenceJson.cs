using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TheaIA.Delivery;

/// <summary>The JSON documents of a folder of evidence.</summary>
[JsonSerializable(typeof(SignedIndex))]
[JsonSerializable(typeof(EvidenceListing))]
[JsonSerializable(typeof(LayoutIndex))]
internal sealed partial class EvidenceJson : JsonSerializerContext
{
    public static EvidenceJson OneLine { get; } = new(Written(indented: false));

    public static EvidenceJson Readable { get; } = new(Written(indented: true));

    private static JsonSerializerOptions Written(bool indented) =>
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            WriteIndented = indented,
            NewLine = "\n",
            // read by people; nothing here ends up in HTML
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
}
