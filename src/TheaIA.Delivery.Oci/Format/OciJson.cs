using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TheaIA.Delivery.Oci.Format;

/// <summary>Canonical JSON: order of declaration, no indentation, nothing for null.</summary>
[JsonSerializable(typeof(ImageIndex))]
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(ImageConfig))]
[JsonSerializable(typeof(LayoutMark))]
internal sealed partial class OciJson : JsonSerializerContext
{
    public static OciJson Canonical { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                // a version's `+` stays a `+`; nothing here ends up in HTML
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                RespectNullableAnnotations = true,
                RespectRequiredConstructorParameters = true,
            }
        );
}
