using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TheaIA.Delivery;

/// <summary>
/// A signed statement, opened: a DSSE v1 envelope with an in-toto statement, or cosign 2's simple signing
/// document with its signature. What it says is proven only after <see cref="SignedBy"/>.
/// </summary>
internal sealed class Envelope
{
    /// <summary>The predicate type of a signature (cosign 3; given to cosign 2's ones too).</summary>
    public const string SignatureType = "https://sigstore.dev/cosign/sign/v1";

    private const string InToto = "application/vnd.in-toto+json";
    private static readonly JsonWriterOptions OneLine = new()
    {
        // base64's `+` stays a `+`: the file is read by sed and awk as well
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private Envelope(byte[] payload, IReadOnlyList<byte[]> signatures, bool isDsse)
    {
        Payload = payload;
        Signatures = signatures;
        IsDsse = isDsse;
    }

    /// <summary>What was signed, without its encoding.</summary>
    public byte[] Payload { get; }

    public IReadOnlyList<byte[]> Signatures { get; }

    /// <summary>False: cosign 2's simple signing document.</summary>
    public bool IsDsse { get; }

    public required string PredicateType { get; init; }

    /// <summary>What it says; undefined for a signature, which says nothing but the digest.</summary>
    public JsonElement Predicate { get; private init; }

    /// <summary>The digests that it is about.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    public string PayloadHash => Convert.ToHexStringLower(SHA256.HashData(Payload));

    /// <summary>The bytes under the signature: of DSSE the pre-authentication encoding (DSSE v1, protocol.md).</summary>
    private byte[] Signed =>
        IsDsse
            ?
            [
                .. Encoding.UTF8.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"DSSEv1 {InToto.Length} {InToto} {Payload.Length} "
                    )
                ),
                .. Payload,
            ]
            : Payload;

    /// <summary>Opens an envelope; null when it is none that can be read.</summary>
    public static Envelope? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var envelope = JsonDocument.Parse(bytes);
            var root = envelope.RootElement;
            return root.TryGetProperty("payloadType", out var type)
                ? Statement(root, type.GetString())
                : SimpleSigning(root);
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or FormatException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            // whoever can write to the registry can put anything there
            return null;
        }
    }

    /// <summary>One of its signatures is this key's.</summary>
    public bool SignedBy(ECDsa key)
    {
        var signed = Signed;
        return Signatures.Any(s =>
            key.VerifyData(
                signed,
                s,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            )
        );
    }

    /// <summary>The envelope again, on one line, in plain base64 and without what nobody signed.</summary>
    public byte[] Write()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, OneLine))
        {
            json.WriteStartObject();
            if (IsDsse)
            {
                json.WriteString("payloadType", InToto);
            }
            json.WriteString("payload", Convert.ToBase64String(Payload));
            if (IsDsse)
            {
                json.WriteStartArray("signatures");
                foreach (var signature in Signatures)
                {
                    json.WriteStartObject();
                    json.WriteString("keyid", "");
                    json.WriteString("sig", Convert.ToBase64String(signature));
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            else
            {
                json.WriteString("signature", Convert.ToBase64String(Signatures[0]));
            }
            json.WriteEndObject();
        }
        return [.. text.ToArray(), (byte)'\n'];
    }

    private static Envelope Statement(JsonElement envelope, string? type)
    {
        if (type != InToto)
        {
            throw new FormatException("no in-toto statement");
        }
        var payload = Bytes(envelope.GetProperty("payload"));
        var signatures = envelope
            .GetProperty("signatures")
            .EnumerateArray()
            .Select(s => Bytes(s.GetProperty("sig")))
            .ToList();
        using var statement = JsonDocument.Parse(payload);
        var root = statement.RootElement;
        var about = Text(root.GetProperty("predicateType"));
        return new Envelope(payload, signatures, isDsse: true)
        {
            PredicateType = about,
            Predicate = about == SignatureType ? default : root.GetProperty("predicate").Clone(),
            Subjects =
            [
                .. root.GetProperty("subject")
                    .EnumerateArray()
                    .Select(s => s.GetProperty("digest"))
                    .Where(d => d.TryGetProperty("sha256", out _))
                    .Select(d => "sha256:" + Text(d.GetProperty("sha256"))),
            ],
        };
    }

    private static Envelope SimpleSigning(JsonElement envelope)
    {
        var payload = Bytes(envelope.GetProperty("payload"));
        var signature = Bytes(envelope.GetProperty("signature"));
        using var document = JsonDocument.Parse(payload);
        return new Envelope(payload, [signature], isDsse: false)
        {
            PredicateType = SignatureType,
            Subjects =
            [
                Text(
                    document
                        .RootElement.GetProperty("critical")
                        .GetProperty("image")
                        .GetProperty("docker-manifest-digest")
                ),
            ],
        };
    }

    private static string Text(JsonElement element) =>
        element.GetString() ?? throw new FormatException("null where text belongs");

    /// <summary>Base64, plain or for URLs: DSSE allows both.</summary>
    private static byte[] Bytes(JsonElement element)
    {
        var text = Text(element).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        return Convert.FromBase64String(text + new string('=', (4 - text.Length % 4) % 4));
    }
}
