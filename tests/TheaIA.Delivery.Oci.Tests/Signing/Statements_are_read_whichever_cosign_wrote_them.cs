using System.Security.Cryptography;
using System.Text;
using FsCheck.Xunit;
using TheaIA.Delivery.Oci.Signing.Reading;
using TheaIA.Delivery.Oci.Signing.Trust;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

public sealed class Statements_are_read_whichever_cosign_wrote_them
{
    private static readonly PublicKey Key = PublicKey.FromPem(Samples.PublicKey)!;
    private static readonly PublicKey Another = PublicKey.FromPem(Samples.AnotherPublicKey)!;

    [Fact]
    public void A_signature_of_cosign_2()
    {
        var read = SimpleSigning.Read(Bytes(Samples.Document2), Samples.Signature2);

        read.Damage.ShouldBeNull();
        read.IsSignature.ShouldBeTrue();
        read.PredicateType.ShouldBe("cosign container image signature");
        read.Subjects.ShouldBe([Samples.ImageOf2]);
        Signed(read);
        Text(read.Envelope)
            .ShouldBe(
                $$"""{"payload":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Samples.Document2))}}","signature":"{{Samples.Signature2}}"}"""
            );
    }

    [Fact]
    public void An_attestation_of_cosign_2()
    {
        var read = DsseStatement.Read(Bytes(Samples.Attestation2), null, bundled: false);

        read.Damage.ShouldBeNull();
        read.Kind.ShouldBe(SignedStatement.Attestation);
        read.PredicateType.ShouldBe(PredicateTypes.Lint);
        read.Subjects.ShouldBe([Samples.ImageOf2]);
        read.Predicate!.Value.GetProperty("verdict").GetString().ShouldBe("pass");
        Text(read.Envelope).ShouldBe(Samples.Attestation2);
        Signed(read);
    }

    [Fact]
    public void A_signature_of_cosign_3()
    {
        var read = Bundle.Read(Bytes(Samples.SignBundle3), null);

        read.Damage.ShouldBeNull();
        read.IsSignature.ShouldBeTrue();
        read.Bundled.ShouldBeTrue();
        read.PredicateType.ShouldBe("https://sigstore.dev/cosign/sign/v1");
        read.Subjects.ShouldBe([Samples.ImageOf3]);
        Signed(read);
    }

    [Fact]
    public void An_attestation_of_cosign_3_is_its_envelope_without_the_bundle()
    {
        var read = Bundle.Read(Bytes(Samples.LintBundle3), null);

        read.Damage.ShouldBeNull();
        read.Kind.ShouldBe(SignedStatement.Attestation);
        read.PredicateType.ShouldBe(PredicateTypes.Lint);
        read.Subjects.ShouldBe([Samples.ImageOf3]);
        Text(read.Envelope).ShouldStartWith("{\"payload\":");
        Text(read.Envelope).ShouldNotContain("verificationMaterial");
        Signed(read);
    }

    [Fact]
    public void The_layers_of_what_lies_beside_an_image()
    {
        var layers = ManifestParts.Layers(Bytes(Samples.Manifest2));

        layers
            .Select(l => l.Annotation("predicateType"))
            .ShouldContain("https://theaia.com/attestations/lint/v1");
        layers.ShouldAllBe(l => l.Size > 0);
        ManifestParts
            .Annotation(Bytes(Samples.SignManifest3), Bundle.PredicateTypeAnnotation)
            .ShouldBe("https://sigstore.dev/cosign/sign/v1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"payloadType\":\"text/plain\",\"payload\":\"e30=\"}")]
    [InlineData("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"%\"}")]
    public void What_is_no_envelope_is_damaged(string envelope) =>
        DsseStatement
            .Read(Bytes(envelope), "a", bundled: false)
            .Damage.ShouldBe("it is no DSSE envelope of an in-toto statement");

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("{\"_type\":\"https://in-toto.io/Link/v1\",\"predicateType\":\"a\"}")]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\"}")]
    public void What_is_no_statement_is_damaged(string payload) =>
        DsseStatement
            .Read(
                Bytes(
                    $$"""{"payloadType":"application/vnd.in-toto+json","payload":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(payload))}}"}"""
                ),
                "a",
                bundled: false
            )
            .Damage.ShouldBe("its payload is no in-toto statement");

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{\"critical\":{}}")]
    [InlineData("{\"critical\":{\"type\":\"cosign container image signature\"}}")]
    [InlineData(
        "{\"critical\":{\"type\":\"atomic container signature\",\"image\":{\"docker-manifest-digest\":\"sha256:3cec\"}}}"
    )]
    public void What_else_a_key_signed_is_no_signature_of_an_image(string document) =>
        SimpleSigning
            .Read(Bytes(document), Samples.Signature2)
            .Damage.ShouldBe("it is no simple signing document");

    [Fact]
    public void A_bundle_of_something_else_is_damaged() =>
        Bundle
            .Read(Bytes("{\"messageSignature\":{}}"), null)
            .Damage.ShouldBe("it is no bundle with a DSSE envelope");

    [Theory]
    [InlineData(null)]
    [InlineData("%%")]
    [InlineData("AAAA")]
    public void A_signature_that_is_none_verifies_by_nobody(string? signature) =>
        Key.Signed(SimpleSigning.Read(Bytes(Samples.Document2), signature)).ShouldBeFalse();

    [Fact]
    public void A_changed_document_is_not_what_was_signed()
    {
        var changed = Samples.Document2.Replace(
            Samples.ImageOf2,
            Samples.ImageOf3,
            StringComparison.Ordinal
        );

        Key.Signed(SimpleSigning.Read(Bytes(changed), Samples.Signature2)).ShouldBeFalse();
    }

    /// <summary>cosign 2 hashes by SHA-256 whatever the curve, 3 by its size.</summary>
    [Theory]
    [InlineData(384)]
    [InlineData(521)]
    public void Larger_curves_verify_as_either_major_hashes(int bits)
    {
        using var key = new TestKey(
            bits == 384 ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP521
        );
        var own = bits == 384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA512;

        foreach (var hash in (HashAlgorithmName[])[HashAlgorithmName.SHA256, own])
        {
            key.Party().Key!.Signed(Envelope(key, hash)).ShouldBeTrue(hash.Name);
        }
        key.Party().Key!.Signed(Envelope(key, HashAlgorithmName.SHA1)).ShouldBeFalse();
    }

    [Fact]
    public void RSA_keys_verify_too()
    {
        using var rsa = RSA.Create(2048);
        var document = TestKey.Document(Samples.ImageOf2);
        var signature = rsa.SignData(
            Encoding.UTF8.GetBytes(document),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        var key = PublicKey.FromPem(rsa.ExportSubjectPublicKeyInfoPem())!;

        key.Signed(SimpleSigning.Read(Bytes(document), Convert.ToBase64String(signature)))
            .ShouldBeTrue();
        key.Signed(SimpleSigning.Read(Bytes(document), Samples.Signature2)).ShouldBeFalse();
    }

    [Property(MaxTest = 300)]
    public bool No_bytes_stop_a_reader(byte[] bytes, string text)
    {
        ReadOnlyMemory<byte>[] all =
        [
            bytes,
            Bytes(text ?? ""),
            Bytes($$"""{"layers":{{text}},"dsseEnvelope":{{text}},"critical":{{text}}}"""),
        ];
        foreach (var content in all)
        {
            _ = DsseStatement.Read(content, text, bundled: true);
            _ = SimpleSigning.Read(content, text);
            _ = Bundle.Read(content, text);
            _ = ManifestParts.Layers(content);
        }
        return true;
    }

    [Theory]
    [InlineData("{\"layers\":[1,null,{},{\"digest\":\"../../etc\"},{\"digest\":7}]}")]
    [InlineData("{\"layers\":{}}")]
    [InlineData("{\"layers\":\"a\",\"annotations\":[]}")]
    public void A_manifest_of_nonsense_has_no_layers(string manifest)
    {
        ManifestParts.Layers(Bytes(manifest)).ShouldBeEmpty();
        ManifestParts.Annotation(Bytes(manifest), "a").ShouldBeNull();
    }

    private static StoredStatement Envelope(TestKey key, HashAlgorithmName hash) =>
        DsseStatement.Read(
            Bytes(key.Envelope(Samples.ImageOf2, PredicateTypes.Lint, "{}", hash)),
            null,
            bundled: false
        );

    private static void Signed(StoredStatement read)
    {
        Key.Signed(read).ShouldBeTrue();
        Another.Signed(read).ShouldBeFalse();
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
