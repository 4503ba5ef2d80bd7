using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TheaIA.Delivery.Oci.Images;

/// <summary>
/// An image configuration that somebody else wrote: read as it is, so that what we do not know stays,
/// and written in its own order, so that the same document gives the same bytes.
/// </summary>
internal static class ConfigDocument
{
    /// <summary>The fields of OCI image spec 1.1, config.md. Docker adds what its last build container was.</summary>
    private static readonly string[] Fields =
    [
        "created",
        "author",
        "architecture",
        "os",
        "os.version",
        "os.features",
        "variant",
        "config",
        "rootfs",
        "history",
    ];

    /// <summary>The same for <c>config</c>, and three that Docker knows besides and heeds.</summary>
    private static readonly string[] ContainerFields =
    [
        "User",
        "ExposedPorts",
        "Env",
        "Entrypoint",
        "Cmd",
        "Volumes",
        "WorkingDir",
        "Labels",
        "StopSignal",
        "ArgsEscaped",
        "Healthcheck",
        "Shell",
        "StopTimeout",
    ];

    /// <summary>Reads one and drops what is of the container that it was made in.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static JsonObject Parse(byte[] bytes)
    {
        // a name told twice means one thing here and another thing there
        var strict = new JsonDocumentOptions { AllowDuplicateProperties = false };
        var document =
            JsonNode.Parse(bytes, documentOptions: strict) as JsonObject
            ?? throw new JsonException("it is no object");
        Keep(document, Fields);
        if (document["config"] is JsonObject container)
        {
            Keep(container, ContainerFields);
        }
        else
        {
            document["config"] = new JsonObject();
        }
        return document;
    }

    /// <summary>Writes one, without indentation.</summary>
    public static byte[] Write(JsonObject document)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (
            var writer = new Utf8JsonWriter(
                bytes,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            document.WriteTo(writer);
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>What a container of it is started with.</summary>
    public static JsonObject Container(JsonObject document) => (JsonObject)document["config"]!;

    /// <summary>The digests of its layers as plain archives, from the lowest.</summary>
    /// <exception cref="JsonException">They are not told.</exception>
    public static IReadOnlyList<string> DiffIds(JsonObject document) =>
        document["rootfs"] is JsonObject files && files["diff_ids"] is JsonArray ids
            ? Strings(ids)
            : throw new JsonException("it has no rootfs.diff_ids");

    /// <summary>Tells other layers.</summary>
    public static void SetDiffIds(JsonObject document, IEnumerable<string> digests) =>
        document["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = Array(digests) };

    /// <summary>Sets a variable for the processes of a container; each name is there once.</summary>
    public static void SetVariable(JsonObject container, string name, string value)
    {
        var variables = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var told in container["Env"] is JsonArray env
                ? Strings(env).Append($"{name}={value}")
                : [$"{name}={value}"]
        )
        {
            variables[told.Split('=', 2)[0]] = told;
        }
        container["Env"] = Array(variables.Values);
    }

    /// <summary>Adds labels to those that are there; ours count, in ordinal order.</summary>
    public static void SetLabels(
        JsonObject container,
        IEnumerable<KeyValuePair<string, string>> ours
    )
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in (container["Labels"] as JsonObject) ?? [])
        {
            labels[key] = Text(value);
        }
        foreach (var (key, value) in ours)
        {
            labels[key] = value;
        }
        container["Labels"] = new JsonObject(
            labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)JsonValue.Create(l.Value)))
        );
    }

    /// <summary>An array of these.</summary>
    public static JsonArray Array(IEnumerable<string> texts) =>
        new([.. texts.Select(t => (JsonNode?)JsonValue.Create(t))]);

    private static List<string> Strings(JsonArray array) => [.. array.Select(Text)];

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new JsonException("a text is expected where there is none");

    private static void Keep(JsonObject document, string[] names)
    {
        var others = document
            .Where(p => p.Value is null || !names.Contains(p.Key, StringComparer.Ordinal))
            .Select(p => p.Key)
            .ToList();
        foreach (var name in others)
        {
            document.Remove(name);
        }
    }
}
