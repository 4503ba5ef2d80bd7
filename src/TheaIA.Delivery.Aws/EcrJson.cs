using System.Text.Json.Serialization;
using TheaIA.Delivery.Aws.Registries;
using TheaIA.Delivery.Aws.Scans;

namespace TheaIA.Delivery.Aws;

/// <summary>Reads ECR's JSON. What is not read here is passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(Repositories))]
[JsonSerializable(typeof(ScanPage))]
internal sealed partial class EcrJson : JsonSerializerContext;
