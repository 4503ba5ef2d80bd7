using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Commands;

namespace TheaIA.Delivery.Oci.Tests.Signing;

public sealed class Command_lines_of_cosign_are_built_and_not_run
{
    private static readonly Claim What = new("127.0.0.1:5000/theaia-api", "sha256:4be1");
    private static readonly SigningKey Key = new("/keys/cosign.key", new Secret("correct-horse"));
    private static readonly SigningKey Keyless = new(null, null);
    private static readonly CosignTool Two = new(2, null, null);
    private static readonly CosignTool Three = new(3, "/t/config.json", "/t/root.json");

    private static readonly TrustedKey Identity = new("CI")
    {
        Identity = "https://github.com/theaia/.+",
        Issuer = "https://token.actions.githubusercontent.com",
    };

    [Fact]
    public void Cosign_2_signs_without_a_log_by_a_flag() =>
        CosignCommands
            .Sign(Two, Key, What)
            .ToString()
            .ShouldBe(
                "cosign sign --yes --key /keys/cosign.key --tlog-upload=false 127.0.0.1:5000/theaia-api@sha256:4be1"
            );

    [Fact]
    public void Cosign_3_signs_without_a_log_by_a_config_and_asks_no_server_for_roots() =>
        CosignCommands
            .Sign(Three, Key, What)
            .ToString()
            .ShouldBe(
                "cosign sign --yes --key /keys/cosign.key --signing-config /t/config.json --trusted-root /t/root.json 127.0.0.1:5000/theaia-api@sha256:4be1"
            );

    [Fact]
    public void A_cosign_3_that_makes_no_empty_root_signs_without_it() =>
        CosignCommands
            .Sign(Three with { TrustedRoot = null }, Key, What)
            .ToString()
            .ShouldBe(
                "cosign sign --yes --key /keys/cosign.key --signing-config /t/config.json 127.0.0.1:5000/theaia-api@sha256:4be1"
            );

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Keyless_signing_takes_the_log_and_roots_of_sigstore(int major) =>
        CosignCommands
            .Sign(major == 2 ? Two : Three, Keyless, What)
            .ToString()
            .ShouldBe("cosign sign --yes 127.0.0.1:5000/theaia-api@sha256:4be1");

    [Fact]
    public void Attesting_names_the_type_by_its_URI_and_replaces_when_told()
    {
        CosignCommands
            .Attest(Two, Key, What, PredicateTypes.Provenance, "/t/p.json", replace: true)
            .ToString()
            .ShouldBe(
                "cosign attest --yes --key /keys/cosign.key --tlog-upload=false --type https://slsa.dev/provenance/v1 --predicate /t/p.json --replace 127.0.0.1:5000/theaia-api@sha256:4be1"
            );
        CosignCommands
            .Attest(Three, Key, What, PredicateTypes.Lint, "/t/p.json", replace: false)
            .ToString()
            .ShouldBe(
                "cosign attest --yes --key /keys/cosign.key --signing-config /t/config.json --trusted-root /t/root.json --type https://theaia.com/attestations/lint/v1 --predicate /t/p.json 127.0.0.1:5000/theaia-api@sha256:4be1"
            );
    }

    [Fact]
    public void Verifying_by_a_key_expects_no_log() =>
        CosignCommands
            .Verify("/t/cosign.pub", What)
            .ToString()
            .ShouldBe(
                "cosign verify --key /t/cosign.pub --insecure-ignore-tlog=true 127.0.0.1:5000/theaia-api@sha256:4be1"
            );

    [Fact]
    public void Verifying_an_identity_wants_it_whole()
    {
        const string who =
            "--certificate-identity-regexp ^(?:https://github.com/theaia/.+)$ --certificate-oidc-issuer https://token.actions.githubusercontent.com";
        CosignCommands
            .Verify(Identity, What)
            .ToString()
            .ShouldBe($"cosign verify {who} 127.0.0.1:5000/theaia-api@sha256:4be1");
        CosignCommands
            .VerifyAttestation(Three, Identity, What, PredicateTypes.Lint, bundled: true)
            .ToString()
            .ShouldBe(
                $"cosign verify-attestation {who} --type https://theaia.com/attestations/lint/v1 127.0.0.1:5000/theaia-api@sha256:4be1"
            );
        CosignCommands
            .VerifyAttestation(Two, Identity, What, PredicateTypes.Lint, bundled: true)
            .ToString()
            .ShouldBe(
                $"cosign verify-attestation {who} --new-bundle-format --type https://theaia.com/attestations/lint/v1 127.0.0.1:5000/theaia-api@sha256:4be1"
            );
        CosignCommands
            .VerifyAttestation(Two, Identity, What, PredicateTypes.Lint, bundled: false)
            .ToString()
            .ShouldNotContain("--new-bundle-format");
    }

    [Fact]
    public void The_password_goes_by_the_environment_to_what_opens_the_key_and_to_nothing_else()
    {
        Command[] opening =
        [
            CosignCommands.PublicKey("/keys/cosign.key", Key.Password),
            CosignCommands.Sign(Two, Key, What),
            CosignCommands.Attest(Three, Key, What, PredicateTypes.Lint, "/t/p.json", false),
        ];
        foreach (var command in opening)
        {
            command.Environment["COSIGN_PASSWORD"].ShouldBe("correct-horse");
            command.ToString().ShouldNotContain("correct-horse");
        }
        Command[] others =
        [
            CosignCommands.Version(),
            CosignCommands.SigningConfig(),
            CosignCommands.TrustedRoot(),
            CosignCommands.Verify("/t/cosign.pub", What),
            CosignCommands.Verify(Identity, What),
            CosignCommands.VerifyAttestation(Two, Identity, What, PredicateTypes.Lint, false),
        ];
        foreach (var command in others)
        {
            command.Environment["COSIGN_PASSWORD"].ShouldBeNull();
        }
    }

    [Fact]
    public void Without_a_password_it_is_empty_so_that_nobody_is_asked() =>
        CosignCommands
            .PublicKey("/keys/cosign.key", null)
            .Environment["COSIGN_PASSWORD"]
            .ShouldBe("");

    [Fact]
    public void Signatures_go_nowhere_else_whatever_the_environment_says()
    {
        var environment = CosignCommands.Sign(Two, Key, What).Environment;

        environment.ContainsKey("COSIGN_REPOSITORY").ShouldBeTrue();
        environment["COSIGN_REPOSITORY"].ShouldBeNull();
    }
}
