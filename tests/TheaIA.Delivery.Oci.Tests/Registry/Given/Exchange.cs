using System.Text;
using System.Text.Json;

namespace TheaIA.Delivery.Oci.Tests.Registry.Given;

/// <summary>A request that came to a server of a test.</summary>
public sealed record Request(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers
)
{
    public byte[] Body { get; set; } = [];

    /// <summary>Only a part of the body came; the line is cut after it.</summary>
    public bool Cut { get; set; }

    public string Path => Target.Split('?')[0];

    public IReadOnlyDictionary<string, string> Query =>
        Target
            .Split('?')
            .Skip(1)
            .SelectMany(q => q.Split('&'))
            .Select(p => p.Split('=', 2))
            .ToDictionary(
                p => Uri.UnescapeDataString(p[0]),
                p => p.Length > 1 ? Uri.UnescapeDataString(p[1]) : "",
                StringComparer.Ordinal
            );

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public override string ToString() => $"{Method} {Target}";
}

/// <summary>What a server of a test answers.</summary>
public sealed record Reply(int Status, byte[] Body)
{
    public Dictionary<string, string> Headers { get; init; } =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>So many bytes of the body go out, then the line is cut. Null: all.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Nothing is answered, and the line stays open.</summary>
    public bool Silent { get; init; }

    /// <summary>The line is cut instead of an answer.</summary>
    public bool Gone { get; init; }

    /// <summary>Bytes that go out at once, with a pause after them; 0: all.</summary>
    public int Trickle { get; init; }

    public static Reply Of(int status, string text = "", params (string, string)[] headers) =>
        Bytes(status, Encoding.UTF8.GetBytes(text), headers);

    public static Reply Bytes(int status, byte[] body, params (string, string)[] headers) =>
        new(status, body)
        {
            Headers = headers.ToDictionary(
                h => h.Item1,
                h => h.Item2,
                StringComparer.OrdinalIgnoreCase
            ),
        };

    public static Reply Json(int status, object value, params (string, string)[] headers) =>
        Of(
            status,
            JsonSerializer.Serialize(value),
            [.. headers, ("Content-Type", "application/json")]
        );

    /// <summary>A refusal as the distribution specification has it.</summary>
    public static Reply Error(int status, string code, string message = "") =>
        Json(status, new { errors = new[] { new { code, message } } });
}
