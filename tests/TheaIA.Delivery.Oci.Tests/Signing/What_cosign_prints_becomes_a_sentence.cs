using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Commands;
using TheaIA.Delivery.Oci.Signing.Trust;

namespace TheaIA.Delivery.Oci.Tests.Signing;

public sealed class What_cosign_prints_becomes_a_sentence
{
    private static readonly Claim What = new(
        "127.0.0.1:5000/theaia-api",
        "sha256:3cec54b89e8667aef3beccb9b7e02a2e2dde4c92ad65333ddf9a82b5c3abfeb9"
    );

    [Theory]
    [InlineData("GitVersion:    devel\nGitCommit:     unknown\n", "devel", null)]
    [InlineData("GitVersion:    v2.5.0\n", "2.5.0", 2)]
    [InlineData("\n  GitVersion:    3.0.2\n", "3.0.2", 3)]
    [InlineData("GitVersion:    v1.13.1\n", "1.13.1", 1)]
    [InlineData("something else\n", null, null)]
    public void The_version(string output, string? name, int? major)
    {
        CosignVersion.Name(output).ShouldBe(name);
        CosignVersion.Major(name).ShouldBe(major);
    }

    [Theory]
    // each as cosign 2.5 and 3.1 print it
    [InlineData(
        "decrypt: encrypted: decryption failed",
        "The password does not open the signing key release.key: set COSIGN_PASSWORD to this key's and run the command again."
    )]
    [InlineData(
        "unsupported pem type: PUBLIC KEY",
        "release.key is a public key, and signing takes the private one: --cosign-key FILE names it."
    )]
    [InlineData(
        "unsupported pem type: EC PRIVATE KEY",
        "release.key is no key of cosign's: `cosign import-key-pair --key release.key` makes one of it."
    )]
    [InlineData(
        "invalid pem block",
        "release.key is no key of cosign's (invalid pem block): `cosign generate-key-pair` makes one."
    )]
    [InlineData(
        "open release.key: permission denied",
        "The signing key release.key cannot be read (open release.key: permission denied): run the command as its owner, or name another by --cosign-key."
    )]
    public void A_key_that_does_not_open(string said, string sentence)
    {
        var error = CosignErrors.Key(
            new SigningKey("release.key", new Secret("wrong")),
            Failed(said)
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(sentence);
    }

    [Fact]
    public void A_key_whose_password_nobody_gave() =>
        CosignErrors
            .Key(
                new SigningKey("release.key", null),
                Failed("decrypt: encrypted: decryption failed")
            )
            .Message.ShouldBe(
                "The signing key release.key has a password and none was given: set COSIGN_PASSWORD and run the command again."
            );

    [Fact]
    public void A_KMS_that_lets_nobody_in() =>
        CosignErrors
            .Key(
                new SigningKey("awskms:///alias/x", null),
                Failed("getting public key: operation error KMS: GetPublicKey")
            )
            .Message.ShouldBe(
                "cosign cannot use the signing key awskms:///alias/x (getting public key: operation error KMS: GetPublicKey): log in to its service, or name another by --cosign-key."
            );

    [Theory]
    [InlineData(
        "accessing image: Get \"http://127.0.0.1:5000/v2/\": dial tcp 127.0.0.1:5000: connect: connection refused",
        "127.0.0.1:5000 does not answer, so cosign could not sign sha256:3cec54b89e86 (accessing image: Get \"http://127.0.0.1:5000/v2/\": dial tcp 127.0.0.1:5000: connect: connection refused): start it, or name another by --registry."
    )]
    [InlineData(
        "POST http://127.0.0.1:5000/v2/theaia-api/blobs/uploads/: UNAUTHORIZED: authentication required",
        "127.0.0.1:5000 does not let cosign sign sha256:3cec54b89e86 (POST http://127.0.0.1:5000/v2/theaia-api/blobs/uploads/: UNAUTHORIZED: authentication required): docker login 127.0.0.1:5000, then run the command again."
    )]
    [InlineData(
        "signing digest: HEAD http://127.0.0.1:5000/v2/theaia-api/manifests/x: unexpected status code 404 Not Found",
        "cosign could not sign sha256:3cec54b89e86 in 127.0.0.1:5000 (signing digest: HEAD http://127.0.0.1:5000/v2/theaia-api/manifests/x: unexpected status code 404 Not Found): run the command again once that is mended."
    )]
    public void A_registry_that_takes_nothing(string said, string sentence)
    {
        var error = CosignErrors.Registry("sign", What, Failed(said));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(sentence);
    }

    [Theory]
    [InlineData("dial tcp 127.0.0.1:5000: connect: connection refused", true)]
    [InlineData("PUT http://x: unexpected status code 503 Service Unavailable", true)]
    [InlineData("GET http://x: TOOMANYREQUESTS: slow down", true)]
    [InlineData("PUT http://x: unexpected EOF", true)]
    [InlineData("no matching signatures: invalid signature", false)]
    [InlineData("UNAUTHORIZED: authentication required", false)]
    [InlineData("unexpected status code 404 Not Found", false)]
    public void What_may_go_better_a_moment_later(string said, bool transient)
    {
        CosignErrors.IsTransient(Failed(said)).ShouldBe(transient);
        CosignErrors.IsTransient(new CommandResult(0, "", $"Error: {said}")).ShouldBeFalse();
    }

    [Fact]
    public void A_reason_is_one_line_and_not_endless()
    {
        CosignErrors
            .Reason(
                new CommandResult(
                    1,
                    "",
                    "WARNING: a\nError: the reason\nerror during command execution: the reason\n"
                )
            )
            .ShouldBe("the reason");
        CosignErrors.Reason(new CommandResult(1, "only this\n", "")).ShouldBe("only this");
        CosignErrors.Reason(new CommandResult(137, "", "")).ShouldBe("exit code 137");
        CosignErrors.Reason(Failed(new string('x', 1000))).Length.ShouldBe(303);
    }

    [Fact]
    public void The_claims_of_verify()
    {
        const string output =
            "\n[{\"critical\":{\"image\":{\"docker-manifest-digest\":\"sha256:3cec\"}},\"optional\":null}]\n";

        Identities.Claims(output).Count.ShouldBe(1);
        Identities.Claims("").ShouldBeEmpty();
        Identities.Claims("no JSON").ShouldBeEmpty();
    }

    [Fact]
    public void The_envelopes_of_verify_attestation() =>
        Identities
            .Payloads("{\"payload\":\"eyJhIjoxfQ==\"}\nnot this\n{\"payload\":\"!\"}\n")
            .ShouldHaveSingleItem()
            .GetRawText()
            .ShouldBe("{\"a\":1}");

    [Theory]
    [InlineData("awskms:///alias/x", true)]
    [InlineData("k8s://namespace/key", true)]
    [InlineData("pkcs11:token=a", true)]
    [InlineData("/keys/cosign.key", false)]
    [InlineData("cosign.key", false)]
    public void A_reference_that_is_no_file_goes_to_cosign_as_it_is(string reference, bool uri) =>
        CosignErrors.IsUri(reference).ShouldBe(uri);

    private static CommandResult Failed(string said) =>
        new(1, "", $"WARNING: x\nError: {said}\nerror during command execution: {said}\n");
}
