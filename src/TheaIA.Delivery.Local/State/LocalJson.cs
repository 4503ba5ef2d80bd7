using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TheaIA.Delivery.Local.Images;
using TheaIA.Delivery.Local.Places;
using TheaIA.Delivery.Local.Platform;

namespace TheaIA.Delivery.Local.State;

/// <summary>The JSON files of local places, without reflection: it costs the start of every command.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(LedgerHead))]
[JsonSerializable(typeof(Generation))]
[JsonSerializable(typeof(StartFile))]
[JsonSerializable(typeof(FrontState))]
internal sealed partial class LocalJson : JsonSerializerContext
{
    /// <summary>Reads a file; null when there is none.</summary>
    /// <exception cref="JsonException">It is not what it should be; the message names it.</exception>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllText(path), type)
                : null;
        }
        catch (JsonException e)
        {
            throw new JsonException($"{path} is broken: {e.Message}", e);
        }
    }

    /// <summary>Writes a file durably.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) =>
        Durable.Write(path, JsonSerializer.Serialize(value, type));
}
