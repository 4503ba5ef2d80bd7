using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TheaIA.Abstractions;
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
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it is not what was written; the message names it.</exception>
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
            throw new OutcomeException(
                Outcome.Failed,
                $"{path} is broken: it is not what was written there. Move it away, then ./build.sh Status.",
                e
            );
        }
    }

    /// <summary>Writes a file durably.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) =>
        Durable.Write(path, JsonSerializer.Serialize(value, type));
}
