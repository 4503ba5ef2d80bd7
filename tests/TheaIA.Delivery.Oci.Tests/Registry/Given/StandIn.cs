using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace TheaIA.Delivery.Oci.Tests.Registry.Given;

/// <summary>
/// A registry in memory, which answers as docker-registry does (its answers were taken from the real one),
/// until a test tells it to do otherwise.
/// </summary>
public sealed class StandIn : IAsyncDisposable
{
    private readonly Lock guard = new();
    private readonly List<Func<Request, Reply?>> rules = [];
    private int uploads;

    public StandIn() => Server = new WebServer(Answer);

    public WebServer Server { get; }

    public string Host => Server.Host;

    public string Repository => $"{Host}/theaia-api";

    /// <summary>REPOSITORY, a space and digest.</summary>
    public Dictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>REPOSITORY, a space and digest.</summary>
    public Dictionary<string, (byte[] Bytes, string Type)> Manifests { get; } =
        new(StringComparer.Ordinal);

    /// <summary>REPOSITORY, a space and tag.</summary>
    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, MemoryStream> Uploads { get; } = new(StringComparer.Ordinal);

    /// <summary>Tags on one page.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>Locations without host, as some registries give them.</summary>
    public bool RelativeLocations { get; set; }

    /// <summary>Lines of its log: <c>PUT /v2/theaia-api/manifests/x</c>, uploads and digests made short.</summary>
    public IReadOnlyList<string> Log =>
        [
            .. Server.Requests.Select(r =>
                $"{r.Method} {System.Text.RegularExpressions.Regex.Replace(r.Path, "/v2/theaia-api/|sha256:[0-9a-f]+|(?<=uploads/)u[0-9]+", m => m.Value.StartsWith("/v2", StringComparison.Ordinal) ? "" : "X")}"
            ),
        ];

    public static string DigestOf(byte[] bytes) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Answers what fits with something else, the given number of times.</summary>
    public void Rule(Func<Request, bool> fits, Func<Request, Reply> reply, int times = int.MaxValue)
    {
        lock (guard)
        {
            rules.Add(r => fits(r) && times-- > 0 ? reply(r) : null);
        }
    }

    public void Rule(
        string method,
        string part,
        Func<Request, Reply> reply,
        int times = int.MaxValue
    ) =>
        Rule(
            r => r.Method == method && r.Path.Contains(part, StringComparison.Ordinal),
            reply,
            times
        );

    /// <summary>As <see cref="Rule(Func{Request, bool}, Func{Request, Reply}, int)"/>, before those that are there.</summary>
    public void RuleFirst(Func<Request, bool> fits, Func<Request, Reply> reply)
    {
        lock (guard)
        {
            rules.Insert(0, r => fits(r) ? reply(r) : null);
        }
    }

    public int Count(string method, string part) =>
        Server.Requests.Count(r =>
            r.Method == method && r.Path.Contains(part, StringComparison.Ordinal)
        );

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    /// <summary>What it does when no rule says otherwise.</summary>
    public Reply Usual(Request request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var kind = Array.FindLastIndex(
            parts,
            p => p is "blobs" or "manifests" or "tags" or "referrers"
        );
        if (kind < 2 || parts[0] != "v2")
        {
            return Reply.Of(404, "404 page not found");
        }
        var name = string.Join('/', parts[1..kind]);
        return (parts[kind], parts[kind + 1]) switch
        {
            ("blobs", "uploads") => Upload(request, name, parts.ElementAtOrDefault(kind + 2)),
            ("blobs", var digest) => Blob(request, name, digest),
            ("manifests", var reference) => Manifest(request, name, reference),
            ("tags", _) => TagsOf(request, name),
            _ => Reply.Of(404, "404 page not found"),
        };
    }

    private Reply Answer(Request request)
    {
        lock (guard)
        {
            return rules.Select(r => r(request)).FirstOrDefault(r => r is not null)
                ?? Usual(request);
        }
    }

    private Reply Upload(Request request, string name, string? id)
    {
        if (id is null)
        {
            if (
                request.Query.GetValueOrDefault("mount") is { } mount
                && Blobs.TryGetValue($"{request.Query["from"]} {mount}", out var other)
            )
            {
                Blobs[$"{name} {mount}"] = other;
                return Reply.Of(201, "", ("Docker-Content-Digest", mount));
            }
            id = $"u{++uploads}";
            Uploads[id] = new MemoryStream();
            return Reply.Of(202, "", ("Location", Location(name, id)), ("Range", "0-0"));
        }
        if (!Uploads.TryGetValue(id, out var upload))
        {
            return Reply.Error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
        }
        if (
            request.Header("Content-Range")?.Split('-')[0] is { } start
            && start != upload.Length.ToString(CultureInfo.InvariantCulture)
        )
        {
            return Reply.Of(416, "", ("Location", Location(name, id)), ("Range", Range(upload)));
        }
        upload.Write(request.Body);
        return request.Method switch
        {
            "PUT" => Close(name, id, request.Query["digest"]),
            "PATCH" => Reply.Of(
                202,
                "",
                ("Location", Location(name, id)),
                ("Range", Range(upload))
            ),
            _ => Reply.Of(204, "", ("Location", Location(name, id)), ("Range", Range(upload))),
        };
    }

    private Reply Close(string name, string id, string digest)
    {
        var bytes = Uploads[id].ToArray();
        if (DigestOf(bytes) != digest)
        {
            return Reply.Error(
                400,
                "DIGEST_INVALID",
                "provided digest did not match uploaded content"
            );
        }
        Uploads.Remove(id);
        Blobs[$"{name} {digest}"] = bytes;
        return Reply.Of(201, "", ("Docker-Content-Digest", digest));
    }

    private Reply Blob(Request request, string name, string digest)
    {
        if (!Blobs.TryGetValue($"{name} {digest}", out var bytes))
        {
            return Reply.Error(404, "BLOB_UNKNOWN", "blob unknown to registry");
        }
        if (request.Header("Range")?["bytes=".Length..].TrimEnd('-') is { } text)
        {
            var from = int.Parse(text, CultureInfo.InvariantCulture);
            return from < bytes.Length
                ? Reply.Bytes(
                    206,
                    bytes[from..],
                    ("Content-Range", $"bytes {from}-{bytes.Length - 1}/{bytes.Length}")
                )
                : Reply.Of(416, "", ("Content-Range", $"bytes */{bytes.Length}"));
        }
        return Reply.Bytes(200, bytes, ("Docker-Content-Digest", digest));
    }

    private Reply Manifest(Request request, string name, string reference)
    {
        if (request.Method == "PUT")
        {
            return Put(request, name, reference);
        }
        var digest = Tags.GetValueOrDefault($"{name} {reference}", reference);
        return Manifests.TryGetValue($"{name} {digest}", out var found)
            ? Reply.Bytes(
                200,
                found.Bytes,
                ("Content-Type", found.Type),
                ("Docker-Content-Digest", digest)
            )
            : Reply.Error(404, "MANIFEST_UNKNOWN", "manifest unknown");
    }

    private Reply Put(Request request, string name, string reference)
    {
        var digest = DigestOf(request.Body);
        using var document = JsonDocument.Parse(request.Body);
        if (
            document.RootElement.TryGetProperty("config", out var config)
            && !Blobs.ContainsKey($"{name} {config.GetProperty("digest").GetString()}")
        )
        {
            return Reply.Error(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry");
        }
        Manifests[$"{name} {digest}"] = (request.Body, request.Header("Content-Type")!);
        if (reference != digest)
        {
            Tags[$"{name} {reference}"] = digest;
        }
        return Reply.Of(201, "", ("Docker-Content-Digest", digest));
    }

    private Reply TagsOf(Request request, string name)
    {
        var last = request.Query.GetValueOrDefault("last", "");
        var tags = Tags
            .Keys.Where(t => t.StartsWith($"{name} ", StringComparison.Ordinal))
            .Select(t => t[(name.Length + 1)..])
            .Order(StringComparer.Ordinal)
            .Where(t => string.CompareOrdinal(t, last) > 0)
            .ToList();
        var page = tags.Take(PageSize).ToArray();
        return page.Length < tags.Count
            ? Reply.Json(
                200,
                new { name, tags = page },
                ("Link", $"</v2/{name}/tags/list?n={PageSize}&last={page[^1]}>; rel=\"next\"")
            )
            : Reply.Json(200, new { name, tags = page });
    }

    private string Location(string name, string id) =>
        (RelativeLocations ? "" : $"http://{Host}")
        + $"/v2/{name}/blobs/uploads/{id}?_state=s%3D{id}";

    private static string Range(MemoryStream upload) =>
        $"0-{Math.Max(upload.Length - 1, 0).ToString(CultureInfo.InvariantCulture)}";
}
