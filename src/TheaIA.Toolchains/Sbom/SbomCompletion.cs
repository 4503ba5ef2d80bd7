using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>
/// Makes the tool's document one of the image: every package that is in it is listed with licence and
/// hash, what is not in it is marked so, and the same image gives the same bytes.
/// </summary>
internal static class SbomCompletion
{
    private const string Hash = "SHA-512";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="json">What the tool wrote.</param>
    /// <param name="request">What it is made of.</param>
    /// <param name="application">What is in the image.</param>
    /// <param name="folder">Where its packages lie.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: a package of the image is not listed, or has no licence file or hash.
    /// </exception>
    public static SbomResult Complete(
        string json,
        SbomRequest request,
        PublishedApplication application,
        PackagesFolder folder
    )
    {
        var bill = Parse(json);
        var components = Objects(bill["components"]).ToList();
        var byKey = components.ToLookup(Key, StringComparer.Ordinal);
        var missing = application.Packages.Where(p => !byKey.Contains(p.Key)).ToList();
        if (missing.Count > 0)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{missing[0].Name} {missing[0].Version} is in the image and not in the bill of materials"
                    + (missing.Count > 1 ? $", nor are {missing.Count - 1} more" : "")
                    + ": run ./build.sh Restore, then Release again."
            )
            {
                Details = [.. missing.Select(m => $"{m.Name} {m.Version}")],
            };
        }
        foreach (var component in components)
        {
            component["scope"] = "excluded";
        }
        var unlicensed = new List<string>();
        foreach (var package in application.Packages)
        {
            var license = folder.License(package);
            if (!license.Stated)
            {
                unlicensed.Add($"{package.Name} {package.Version}");
            }
            foreach (var component in byKey[package.Key])
            {
                component["scope"] = "required";
                component["licenses"] = license.ToCycloneDx();
                if (!HasHash(component))
                {
                    component["hashes"] = new JsonArray(
                        new JsonObject { ["alg"] = Hash, ["content"] = folder.Hash(package) }
                    );
                }
            }
        }
        bill["serialNumber"] = Serial(request.Digest);
        bill["version"] = 1;
        bill["components"] = Sorted(components, c => $"{Key(c)} {Text(c, "bom-ref")}");
        Describe(bill, request, application);
        Order(bill);
        return new SbomResult(bill.ToJsonString(Readable) + "\n", application.Packages.Count)
        {
            Unlicensed = unlicensed,
        };
    }

    private static void Describe(
        JsonObject bill,
        SbomRequest request,
        PublishedApplication application
    )
    {
        if (bill["metadata"] is not JsonObject metadata)
        {
            bill["metadata"] = metadata = [];
        }
        metadata["timestamp"] = request.Created.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture
        );
        var runtime = request.BaseImage is { } image
            ? $"in the base image {image}"
            : "not in the image: the dotnet of the machine that runs it";
        metadata["properties"] = new JsonArray([
            Property("theaia:digest", request.Digest),
            // read again at admission: an empty list of components is no evidence where there are packages
            Property("theaia:packages", $"{application.Packages.Count}"),
            .. application.Frameworks.Select(f => Property("theaia:runtime", $"{f}, {runtime}")),
        ]);
    }

    private static void Order(JsonObject bill)
    {
        var dependencies = Objects(bill["dependencies"]).ToList();
        foreach (var dependency in dependencies)
        {
            if (dependency["dependsOn"] is JsonArray on)
            {
                dependency["dependsOn"] = new JsonArray([
                    .. on.Select(o => o?.DeepClone()).OrderBy(o => $"{o}", StringComparer.Ordinal),
                ]);
            }
        }
        bill["dependencies"] = Sorted(dependencies, d => Text(d, "ref"));
    }

    private static JsonObject Parse(string json)
    {
        JsonException? cause = null;
        try
        {
            if (JsonNode.Parse(json) is JsonObject bill && Text(bill, "bomFormat") == "CycloneDX")
            {
                return bill;
            }
        }
        catch (JsonException broken)
        {
            cause = broken;
        }
        throw new OutcomeException(
            Outcome.Failed,
            "The CycloneDX tool wrote no CycloneDX JSON: run dotnet tool restore, then this again.",
            cause
        );
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) =>
        (list as JsonArray ?? []).OfType<JsonObject>();

    private static JsonArray Sorted(IEnumerable<JsonObject> objects, Func<JsonObject, string> by) =>
        new([.. objects.OrderBy(by, StringComparer.Ordinal).Select(o => o.DeepClone())]);

    private static string Key(JsonObject component) =>
        $"{Text(component, "name")} {Text(component, "version")}".ToLowerInvariant();

    private static bool HasHash(JsonObject component) =>
        Objects(component["hashes"]).Any(h => Text(h, "alg") == Hash);

    private static string Text(JsonObject parent, string name) =>
        parent[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static JsonNode Property(string name, string value) =>
        new JsonObject { ["name"] = name, ["value"] = value };

    /// <summary>A UUID of version 8 (RFC 9562), which leaves its bits to whoever makes it.</summary>
    private static string Serial(string digest)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(digest)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }
}
