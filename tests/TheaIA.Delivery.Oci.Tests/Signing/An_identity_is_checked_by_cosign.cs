using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

public sealed class An_identity_is_checked_by_cosign : IDisposable
{
    private static readonly TrustedKey Workflow = new("CI")
    {
        Identity = "https://github.com/theaia/.+",
        Issuer = "https://token.actions.githubusercontent.com",
    };

    private readonly Sandbox sandbox = new();

    // what a certificate would vouch for, signed by some key or other
    private readonly TestKey key = new();
    private readonly MemoryRegistry registry = new();

    private string Claims => $"\n[{TestKey.Document(registry.What.Digest)}]\n";

    [Fact]
    public async Task What_it_finds_to_be_of_the_identity_counts()
    {
        registry.Sign2(key);
        registry.Attest2(key, PredicateTypes.Lint, Said.Lint().Predicate);
        registry.Attest3(key, PredicateTypes.TestResult, Said.Tests.Predicate);
        var cosign = ScriptedCosign.Of2(key).On("verify ", 0, Claims);
        Verifies(cosign, PredicateTypes.Lint, Said.Lint());
        Verifies(cosign, PredicateTypes.TestResult, Said.Tests);

        var attested = await Trusting(cosign).AttestedAsync(registry.Release, Sandbox.Cancel);

        attested
            .Checks.Select(c => (c.Gate, c.Verdict))
            .ShouldBe([
                ("signature", Verdict.Pass),
                ("tests", Verdict.Pass),
                ("lint", Verdict.Pass),
            ]);
        attested.Checks[0].Source.ShouldBe("signed by CI");
        cosign.Words.Count(w => w == "verify").ShouldBe(1);
        cosign.Words.Count(w => w == "verify-attestation").ShouldBe(2);
    }

    [Fact]
    public async Task What_it_does_not_print_does_not_count()
    {
        registry.Attest2(key, PredicateTypes.Lint, Said.Lint().Predicate);
        registry.Attest2(key, PredicateTypes.Lint, Said.Lint("fail").Predicate);
        var cosign = ScriptedCosign.Of2(key);
        Verifies(cosign, PredicateTypes.Lint, Said.Lint());

        var attested = await Trusting(cosign).AttestedAsync(registry.Release, Sandbox.Cancel);

        // the fail came later, but the identity did not sign it
        attested.Checks.Single(c => c.Gate == "lint").Verdict.ShouldBe(Verdict.Pass);
    }

    [Theory]
    [InlineData(10, "no signatures found")]
    [InlineData(12, "no matching signatures: x")]
    [InlineData(1, "no matching attestations: none of the expected identities matched")]
    public async Task Another_identitys_does_not_count(int exitCode, string reason)
    {
        registry.Sign2(key);
        var cosign = ScriptedCosign.Of2(key).On("verify ", exitCode, "", $"Error: {reason}");

        var attested = await Trusting(cosign).AttestedAsync(registry.Release, Sandbox.Cancel);

        attested
            .Checks.ShouldHaveSingleItem()
            .Source.ShouldBe("signed, but by none of the trusted keys (CI)");
    }

    [Fact]
    public async Task A_check_that_could_not_be_made_is_told()
    {
        registry.Sign2(key);
        var cosign = ScriptedCosign
            .Of2(key)
            .On("verify ", 1, "", "Error: tuf refresh failed: no such host");

        var error = await Should.ThrowAsync<OutcomeException>(
            Trusting(cosign).AttestedAsync(registry.Release, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            "cosign could not check what CI signed (tuf refresh failed: no such host): run the command again once that is mended."
        );
    }

    [Fact]
    public async Task Without_cosign_it_is_said_what_installs_it()
    {
        registry.Sign2(key);

        var error = await Should.ThrowAsync<OutcomeException>(
            Trusting(new Nobody()).AttestedAsync(registry.Release, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe("cosign is not here: eng/components.sh cosign installs it.");
    }

    [Fact]
    public async Task Keyless_signing_is_read_back_by_the_identity()
    {
        var cosign = ScriptedCosign
            .Of2(key)
            .On("verify ", 0, Claims)
            .On(
                "sign ",
                () =>
                {
                    registry.Sign2(key);
                    return new CommandResult(0, "", "");
                }
            );
        var signer = new CosignSigning(new HastyTime(), Actions).SignerWith(
            new SigningKey(null, null),
            Tools(cosign)
        );

        (await signer.SignAsync(registry.What, Sandbox.Cancel)).ShouldBeTrue();

        cosign.Words.ShouldBe(["version", "signing-config", "sign", "verify"]);
        cosign
            .Ran[^1]
            .Arguments[2]
            .ShouldBe(
                @"^(?:https://github\.com/theaia/theaia/\.github/workflows/w\.yml@refs/heads/main)$"
            );
    }

    public void Dispose()
    {
        sandbox.Dispose();
        key.Dispose();
    }

    private static string? Actions(string variable) =>
        variable switch
        {
            "ACTIONS_ID_TOKEN_REQUEST_URL" => "https://pipelines.example.com/token",
            "GITHUB_WORKFLOW_REF" => "theaia/theaia/.github/workflows/w.yml@refs/heads/main",
            "GITHUB_SERVER_URL" => "https://github.com",
            _ => null,
        };

    private void Verifies(ScriptedCosign cosign, string type, Attestation said)
    {
        const string start =
            "verify-attestation --certificate-identity-regexp ^(?:https://github.com/theaia/.+)$ --certificate-oidc-issuer https://token.actions.githubusercontent.com";
        var bundled = type == PredicateTypes.TestResult ? " --new-bundle-format" : "";
        cosign.On(
            $"{start}{bundled} --type {type}",
            0,
            key.Envelope(registry.What.Digest, type, said.Predicate) + "\n"
        );
    }

    private IAttestations Trusting(IRunner runner) =>
        new CosignSigning(new HastyTime(), _ => null).TrustedBy([Workflow], Tools(runner));

    private SigningTools Tools(IRunner runner) => new(runner, registry, sandbox["temporary"]);
}
