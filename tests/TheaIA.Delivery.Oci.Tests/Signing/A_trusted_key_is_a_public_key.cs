using System.Security.Cryptography;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

public sealed class A_trusted_key_is_a_public_key : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly TestKey key = new();
    private readonly MemoryRegistry registry = new();

    [Fact]
    public async Task That_is_there() =>
        (await ErrorAsync(new TrustedKey("none.pub") { Key = sandbox["none.pub"] })).ShouldBe(
            "There is no trusted key none.pub: --trusted-key FILE names a public key."
        );

    [Fact]
    public async Task In_a_folder_that_is_there() =>
        (
            await ErrorAsync(new TrustedKey("none/none.pub") { Key = sandbox["none/none.pub"] })
        ).ShouldBe("There is no trusted key none/none.pub: --trusted-key FILE names a public key.");

    [Fact]
    public async Task That_can_be_read()
    {
        Directory.CreateDirectory(sandbox["keys"]);

        var message = await ErrorAsync(new TrustedKey("keys") { Key = sandbox["keys"] });

        message.ShouldStartWith("The trusted key keys cannot be read (");
        message.ShouldEndWith("): --trusted-key FILE names a public key.");
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    // Ed25519
    [InlineData(
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"
    )]
    public async Task And_not_something_else(string text)
    {
        Sandbox.Write(sandbox["junk.pub"], text);

        (await ErrorAsync(new TrustedKey("junk.pub") { Key = sandbox["junk.pub"] })).ShouldBe(
            "The trusted key junk.pub is no ECDSA or RSA public key in PEM: `cosign public-key --key COSIGN.KEY` prints one."
        );
    }

    [Theory]
    [InlineData("ENCRYPTED SIGSTORE PRIVATE KEY")]
    [InlineData("EC PRIVATE KEY")]
    [InlineData("PRIVATE KEY")]
    public async Task And_not_the_private_half(string label)
    {
        Sandbox.Write(sandbox["cosign.key"], PemEncoding.WriteString(label, [1, 2, 3]));

        (await ErrorAsync(new TrustedKey("cosign.key") { Key = sandbox["cosign.key"] })).ShouldBe(
            "The trusted key cosign.key is a private key, which only who signs may have: `cosign public-key --key cosign.key` prints the half to trust."
        );
    }

    [Fact]
    public async Task Or_an_identity_with_its_issuer() =>
        (
            await ErrorAsync(new TrustedKey("CI") { Identity = "https://github.com/theaia" })
        ).ShouldBe(
            "The trusted key CI names neither a key nor an identity with its issuer: --trusted-key FILE names one."
        );

    [Fact]
    public async Task Or_a_KMS_whose_public_half_cosign_reads_once()
    {
        registry.Sign2(key);
        var cosign = ScriptedCosign.Of2(key);
        var trusting = Trusting(cosign, new TrustedKey("release") { Key = "awskms:///alias/x" });

        for (var i = 0; i < 2; i++)
        {
            (await trusting.AttestedAsync(registry.Release, Sandbox.Cancel))
                .Checks[0]
                .Source.ShouldBe("signed by release");
        }
        cosign
            .Ran.ShouldHaveSingleItem()
            .ToString()
            .ShouldBe("cosign public-key --key awskms:///alias/x");
    }

    [Fact]
    public async Task Or_a_KMS_that_answers() =>
        (
            await ErrorAsync(
                new TrustedKey("release") { Key = "awskms:///alias/x" },
                new ScriptedCosign().On("public-key", 1, "", "Error: getting public key: x")
            )
        ).ShouldBe(
            "cosign cannot read the trusted key release (getting public key: x): log in to its service, or name another by --trusted-key."
        );

    [Fact]
    public async Task And_what_cosign_has_to_read_needs_cosign() =>
        (await ErrorAsync(new TrustedKey("release") { Key = "awskms:///alias/x" })).ShouldBe(
            "cosign is not here: eng/components.sh cosign installs it."
        );

    public void Dispose()
    {
        sandbox.Dispose();
        key.Dispose();
    }

    private async Task<string> ErrorAsync(TrustedKey trusted, IRunner? runner = null)
    {
        var error = await Should.ThrowAsync<OutcomeException>(
            Trusting(runner ?? new Nobody(), trusted)
                .AttestedAsync(registry.Release, Sandbox.Cancel)
        );
        error.Outcome.ShouldBe(Outcome.Wrong);
        return error.Message;
    }

    private IAttestations Trusting(IRunner runner, TrustedKey trusted) =>
        new CosignSigning(TimeProvider.System, _ => null).TrustedBy(
            [trusted],
            new SigningTools(runner, registry, sandbox["temporary"])
        );
}
