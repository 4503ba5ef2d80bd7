using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Evidence;

/// <summary>A release in a registry with all that a pipeline signs about one, in a folder of its own.</summary>
internal sealed class SignedRelease : IStatements, IDisposable
{
    public const string InToto = "application/vnd.in-toto+json";

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<TestKey> _keys = [];

    public SignedRelease()
    {
        Key = NewKey("cosign.pub");
        Keys = [Key.Trusted];
        Config = Registry.Add("""{"architecture":"amd64","os":"linux"}""");
        Layer = Registry.Add(new byte[4096]);
        What = new Claim(
            "registry.example/theaia-api",
            Registry.Add(
                $$$"""
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{{Config}}}","size":37},
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{{Layer}}}","size":4096}],
                "annotations":{"org.opencontainers.image.base.digest":"sha256:{{{new string(
                    '0',
                    64
                )}}}"}}
                """
            )
        );
        Statements =
        [
            Signature(Key),
            Attested(PredicateTypes.TestResult, Says("tests", "pass", "612 of 612")),
            Attested(PredicateTypes.Coverage, Says("coverage", "pass", "98.7 % [>= 98 %]")),
            Attested(PredicateTypes.CycloneDx, """{"components":[{"name":"a < b & \"c\""}]}"""),
            Attested(PredicateTypes.Provenance, Says("provenance", "pass", "")),
        ];
        Statements.Add(Index());
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("theaia-evidence-").FullName;

    public string this[string path] => Path.Combine(Root, path);

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 24, 14, 2, 0, TimeSpan.Zero));

    public MemoryRegistry Registry { get; } = new();

    public TestKey Key { get; }

    public string Config { get; }

    public string Layer { get; }

    public Claim What { get; }

    public Release Release => new(What, new string('a', 40), "0.1.0+aaaaaaa");

    public List<TrustedKey> Keys { get; set; }

    public List<SignedStatement> Statements { get; }

    public Policy Policy { get; set; } =
        new(["signature", "tests", "coverage", "provenance"], Forgiving: false);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TestKey NewKey(string name)
    {
        var key = new TestKey(this[$"keys/{_keys.Count}"], name);
        _keys.Add(key);
        return key;
    }

    public static string Says(string gate, string verdict, string value) =>
        $$"""{"gate":"{{gate}}","verdict":"{{verdict}}","value":"{{value}}"}""";

    /// <summary>What cosign 2 signs: the simple signing document.</summary>
    public SignedStatement Signature(TestKey by, string? about = null)
    {
        var payload = Encoding.UTF8.GetBytes(
            $$$"""{"critical":{"identity":{"docker-reference":"registry.example/theaia-api"},"image":{"docker-manifest-digest":"{{{about ?? What.Digest}}}"},"type":"cosign container image signature"},"optional":null}"""
        );
        var envelope = new JsonObject
        {
            ["payload"] = Convert.ToBase64String(payload),
            ["signature"] = Convert.ToBase64String(by.Sign(payload)),
        };
        return new SignedStatement(
            "cosign container image signature",
            "signature",
            Encoding.UTF8.GetBytes(envelope.ToJsonString(Plain)),
            by.Name,
            null
        );
    }

    /// <summary>An in-toto statement in a DSSE envelope.</summary>
    public SignedStatement Attested(
        string type,
        string predicate,
        TestKey? by = null,
        string? about = null
    ) =>
        Sealed(
            type,
            $$$"""{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"{{{type}}}","subject":[{"name":"{{{What.Repository}}}","digest":{"sha256":"{{{(about ?? What.Digest)[7..]}}}"}}],"predicate":{{{predicate}}}}""",
            by ?? Key
        );

    /// <summary>Any text, signed as DSSE wants it.</summary>
    public static SignedStatement Sealed(string type, string statement, TestKey by)
    {
        var payload = Encoding.UTF8.GetBytes(statement);
        byte[] signed =
        [
            .. Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"DSSEv1 {InToto.Length} {InToto} {payload.Length} "
                )
            ),
            .. payload,
        ];
        var envelope = new JsonObject
        {
            ["payloadType"] = InToto,
            ["payload"] = Convert.ToBase64String(payload),
            ["signatures"] = new JsonArray(
                new JsonObject { ["sig"] = Convert.ToBase64String(by.Sign(signed)) }
            ),
        };
        return new SignedStatement(
            type,
            "attestation",
            Encoding.UTF8.GetBytes(envelope.ToJsonString()),
            by.Name,
            null
        );
    }

    /// <summary>The list of what there is now, signed.</summary>
    public SignedStatement Index(TestKey? by = null)
    {
        var index = EvidenceIndex.Write(Release, Statements, Time.GetUtcNow());
        return Attested(index.PredicateType, index.Predicate, by);
    }

    public Task<EvidenceResult> CollectAsync(
        string directory = "evidence",
        Release? release = null,
        CancellationToken? cancel = null
    ) =>
        new EvidenceFolder(
            new EvidenceSources(Registry, this, Keys, Policy),
            Read,
            Time
        ).CollectAsync(release ?? Release, this[directory], cancel ?? Cancel);

    public Task<IReadOnlyList<SignedStatement>> StatementsAsync(
        Claim what,
        CancellationToken cancel
    ) => Task.FromResult<IReadOnlyList<SignedStatement>>([.. Statements]);

    public void Dispose()
    {
        _keys.ForEach(k => k.Dispose());
        Directory.Delete(Root, recursive: true);
    }

    /// <summary>Reads the words that these tests write.</summary>
    private static Check? Read(Release release, string type, JsonElement predicate) =>
        predicate.TryGetProperty("gate", out var gate)
            ? new Check(
                gate.GetString()!,
                release.What.Digest,
                Enum.Parse<Verdict>(
                    predicate.GetProperty("verdict").GetString()!,
                    ignoreCase: true
                ),
                $"attested for {release.What.Short}"
            )
            {
                Value = predicate.GetProperty("value").GetString()!,
            }
            : null;
}
