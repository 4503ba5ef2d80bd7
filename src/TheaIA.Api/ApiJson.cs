using System.Text.Json;
using System.Text.Json.Serialization;
using TheaIA.Api.Agents;
using TheaIA.Api.Conversations;
using TheaIA.Api.Health;

namespace TheaIA.Api;

/// <summary>How the service's types look as JSON; made at compile time, so that the start is quick.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BuildInfo))]
[JsonSerializable(typeof(Health.Health))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(BeginRequest))]
[JsonSerializable(typeof(EventRequest))]
[JsonSerializable(typeof(IReadOnlyList<Agent>))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary>An enum's value as one lower-case word; numbers are refused.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal sealed class OneWord<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
