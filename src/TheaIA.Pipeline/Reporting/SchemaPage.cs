using System.Text.Json;

namespace TheaIA.Pipeline;

/// <summary>
/// <c>.nuke/build.schema.json</c>: what may stand in a parameter file, for editors that complete and check
/// it (JSON Schema draft 4, as the NUKE model has it).
/// </summary>
internal static class SchemaPage
{
    public static string Json(TargetSet targets, IReadOnlyList<ParameterDefinition> parameters) =>
        JsonPages.Write(json =>
        {
            json.WriteString("$schema", "http://json-schema.org/draft-04/schema#");
            json.WriteString("type", "object");
            json.WriteStartObject("definitions");
            Texts(json, "ExecutableTarget", [.. targets.Names]);
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteStartObject("$schema");
            json.WriteString("type", "string");
            json.WriteEndObject();
            foreach (var option in EngineOption.All.Where(o => o.Settled))
            {
                json.WriteStartObject(ParameterName.Pascal(option.Option));
                json.WriteString("description", option.Description);
                json.WriteString("type", TypeOf(option));
                json.WriteEndObject();
            }

            foreach (
                var parameter in parameters
                    .Where(p => !p.IsCommandLineOnly)
                    .OrderBy(p => p.Name, StringComparer.Ordinal)
            )
            {
                json.WriteStartObject(parameter.Name);
                Parameter(json, parameter);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteBoolean("additionalProperties", false);
        });

    private static string TypeOf(EngineOption option) =>
        option.Words == OptionWords.Switch ? "boolean"
        : option.Option == "--max-parallel" ? "integer"
        : "string";

    private static void Parameter(Utf8JsonWriter json, ParameterDefinition parameter)
    {
        if (parameter.Description.Length > 0)
        {
            json.WriteString("description", parameter.Description);
        }

        if (parameter.IsSecret)
        {
            Command(json);
            return;
        }

        if (CollectionType.Of(parameter.Type) is not { } collection)
        {
            Value(json, parameter.Type);
            return;
        }

        json.WriteString("type", collection.IsDictionary ? "object" : "array");
        json.WriteStartObject(collection.IsDictionary ? "additionalProperties" : "items");
        Value(json, collection.Item);
        json.WriteEndObject();
    }

    /// <summary>A secret's value never stands in a file: only the command that prints it.</summary>
    private static void Command(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WriteStartObject("command");
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("required");
        json.WriteStringValue("command");
        json.WriteEndArray();
        json.WriteBoolean("additionalProperties", false);
    }

    private static void Value(Utf8JsonWriter json, Type type)
    {
        json.WriteString(
            "type",
            Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
            {
                _ when type.IsEnum => "string",
                TypeCode.Boolean => "boolean",
                >= TypeCode.SByte and <= TypeCode.UInt64 => "integer",
                >= TypeCode.Single and <= TypeCode.Decimal => "number",
                _ => "string",
            }
        );
        if (ValueKind.Values(type) is { Count: > 0 } values)
        {
            Enum(json, values);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "string");
        Enum(json, values);
        json.WriteEndObject();
    }

    private static void Enum(Utf8JsonWriter json, IReadOnlyList<string> values)
    {
        json.WriteStartArray("enum");
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
