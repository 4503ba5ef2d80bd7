namespace TheaIA.Delivery.Oci.Tests.Signing.Given;

/// <summary>
/// What the real ones left in a registry: cosign 2.5 beside <see cref="ImageOf2"/>, cosign 3.1 beside
/// <see cref="ImageOf3"/>, both with one key.
/// </summary>
internal static class Samples
{
    public const string Repository = "127.0.0.1:15977/theaia-api";

    public const string ImageOf2 =
        "sha256:3cec54b89e8667aef3beccb9b7e02a2e2dde4c92ad65333ddf9a82b5c3abfeb9";

    public const string ImageOf3 =
        "sha256:2d6f25b77ab391a3e04f0dd23cf69f791bbb7c93aa11ad93d47d811410406959";

    public const string PublicKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEFksjH6HkxiG7U0QAkn9JAiYUjJp6
        XWa02OAJcAv/wxg/lNvzz3voUsT4UyfHa75MvGMGchhD6xJKTDM7+P9acg==
        -----END PUBLIC KEY-----
        """;

    public const string AnotherPublicKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKrUwph61uHOfqCicufEbl/BhPRlY
        W8poBSEaBKk161mVKaQ0LNcMUHWTh3hFgRWlgtsWBY0WlLkaabzmb7i1ig==
        -----END PUBLIC KEY-----
        """;

    /// <summary>The layer of sha256-HEX.sig.</summary>
    public const string Document2 = """
        {"critical":{"identity":{"docker-reference":"127.0.0.1:15977/theaia-api"},"image":{"docker-manifest-digest":"sha256:3cec54b89e8667aef3beccb9b7e02a2e2dde4c92ad65333ddf9a82b5c3abfeb9"},"type":"cosign container image signature"},"optional":null}
        """;

    /// <summary>That layer's annotation.</summary>
    public const string Signature2 =
        "MEUCIG7ZDmS5MrlaJdvgJsN8+t0zbSV1mIo5k/+8htIiBhPFAiEAvnf23UM0VypxAamV8vYAjobexlYQiRm+CspcNue6wGA=";

    /// <summary>sha256-HEX.att.</summary>
    public const string Manifest2 = """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":451,"digest":"sha256:4bbaafc145926054ea4e3f7bb43af7604b2c23f390ce9211e1bbdd9fb0e7ab77"},"layers":[{"mediaType":"application/vnd.dsse.envelope.v1+json","size":632,"digest":"sha256:ed7e53bc984dc83bcf9c648e1dd755f591de9636a1e982f119791042af415a75","annotations":{"dev.cosignproject.cosign/signature":"","predicateType":"https://cyclonedx.org/bom"}},{"mediaType":"application/vnd.dsse.envelope.v1+json","size":584,"digest":"sha256:e6ea45617ada79798cbdfdc81baa6f0a706fdeedb74e5ea83acf507792065eb8","annotations":{"dev.cosignproject.cosign/signature":"","predicateType":"https://theaia.com/attestations/lint/v1"}},{"mediaType":"application/vnd.dsse.envelope.v1+json","size":860,"digest":"sha256:526e43bc0ee12c63b619fb1033eaa406db7a8fbb7a81b95402bee6721cdc2e68","annotations":{"dev.cosignproject.cosign/signature":"","predicateType":"https://slsa.dev/provenance/v1"}}]}
        """;

    /// <summary>Its layer about lint.</summary>
    public const string Attestation2 = """
        {"payloadType":"application/vnd.in-toto+json","payload":"eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjAuMSIsInByZWRpY2F0ZVR5cGUiOiJodHRwczovL3RoZWFpYS5jb20vYXR0ZXN0YXRpb25zL2xpbnQvdjEiLCJzdWJqZWN0IjpbeyJuYW1lIjoiMTI3LjAuMC4xOjE1OTc3L3RoZWFpYS1hcGkiLCJkaWdlc3QiOnsic2hhMjU2IjoiM2NlYzU0Yjg5ZTg2NjdhZWYzYmVjY2I5YjdlMDJhMmUyZGRlNGM5MmFkNjUzMzNkZGY5YTgyYjVjM2FiZmViOSJ9fV0sInByZWRpY2F0ZSI6eyJjb21taXQiOiJhYWEiLCJuIjoxLCJ2ZXJkaWN0IjoicGFzcyJ9fQ==","signatures":[{"keyid":"","sig":"MEQCIGIZSF/TY26AyVz8LbG1sOo6+L4S/oBe71agfXF1OKpFAiAHSF6l9nBGJniQQ086UVLv3DNi1w0A2OnT026wmFF9FQ=="}]}
        """;

    /// <summary>A signature: what refers to the image, and its layer.</summary>
    public const string SignManifest3 = """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.empty.v1+json","size":2,"digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json"},"layers":[{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","size":659,"digest":"sha256:d327842cac5f191f244b72ca8deb4476120d798a6828451f5f2c78d55823ba3e"}],"annotations":{"dev.sigstore.bundle.content":"dsse-envelope","dev.sigstore.bundle.predicateType":"https://sigstore.dev/cosign/sign/v1","org.opencontainers.image.created":"2026-11-28T21:39:45Z"},"subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":535,"digest":"sha256:2d6f25b77ab391a3e04f0dd23cf69f791bbb7c93aa11ad93d47d811410406959"},"artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json"}
        """;

    public const string SignBundle3 = """
        {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":"TsFB8Hmh+tPLnJl3krBrNiTnEN9+CWv7mHJufgRn2hE="}},"dsseEnvelope":{"payload":"eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJzdWJqZWN0IjpbeyJkaWdlc3QiOnsic2hhMjU2IjoiMmQ2ZjI1Yjc3YWIzOTFhM2UwNGYwZGQyM2NmNjlmNzkxYmJiN2M5M2FhMTFhZDkzZDQ3ZDgxMTQxMDQwNjk1OSJ9LCJhbm5vdGF0aW9ucyI6e319XSwicHJlZGljYXRlVHlwZSI6Imh0dHBzOi8vc2lnc3RvcmUuZGV2L2Nvc2lnbi9zaWduL3YxIiwicHJlZGljYXRlIjp7fX0=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"MEYCIQC4dmAL3LHPiOYCXRuT5toDhpDtHwGJddq4ixnPjqEEFAIhAJsuj1g+F+Sy8+viax1z33+k9LVGUwOD/n3NNwdnH4dA"}]}}
        """;

    /// <summary>An attestation about lint.</summary>
    public const string LintBundle3 = """
        {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":"TsFB8Hmh+tPLnJl3krBrNiTnEN9+CWv7mHJufgRn2hE="}},"dsseEnvelope":{"payload":"eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjAuMSIsInN1YmplY3QiOlt7Im5hbWUiOiIxMjcuMC4wLjE6MTU5NzcvdGhlYWlhLWFwaSIsImRpZ2VzdCI6eyJzaGEyNTYiOiIyZDZmMjViNzdhYjM5MWEzZTA0ZjBkZDIzY2Y2OWY3OTFiYmI3YzkzYWExMWFkOTNkNDdkODExNDEwNDA2OTU5In19XSwicHJlZGljYXRlVHlwZSI6Imh0dHBzOi8vdGhlYWlhLmNvbS9hdHRlc3RhdGlvbnMvbGludC92MSIsInByZWRpY2F0ZSI6eyJjb21taXQiOiJhYWEiLCJuIjoxLCJ2ZXJkaWN0IjoicGFzcyJ9fQ==","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"MEUCIQDo6O1aEmMCUls+ULURv/H8VKWErYazVwq7dGLLmu7HrAIgQ9LxGsyINL5p314UNJAooqvjQ2hvbG4tDn3NPKlylF4="}]}}
        """;
}
