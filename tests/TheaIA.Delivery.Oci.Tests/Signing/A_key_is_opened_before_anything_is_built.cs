using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

public sealed class A_key_is_opened_before_anything_is_built : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly TestKey key = new();
    private readonly MemoryRegistry registry = new();

    public A_key_is_opened_before_anything_is_built() =>
        Sandbox.Write(sandbox["cosign.key"], "its content is cosign's business");

    [Fact]
    public async Task Without_cosign_it_is_said_what_installs_it() =>
        (await ErrorAsync(new Nobody())).ShouldBe(
            "cosign is not here: eng/components.sh cosign installs it."
        );

    [Fact]
    public async Task A_cosign_that_does_not_run_is_told() =>
        (
            await ErrorAsync(new ScriptedCosign().On("version", 139, "", "Segmentation fault"))
        ).ShouldBe(
            "The cosign on PATH does not run (Segmentation fault): eng/components.sh cosign installs one that does."
        );

    [Fact]
    public async Task A_cosign_that_is_too_old_is_told() =>
        (
            await ErrorAsync(new ScriptedCosign().On("version", 0, "GitVersion:    v1.13.1"))
        ).ShouldBe(
            "cosign 1.13.1 is too old, 2 or 3 is wanted: eng/components.sh cosign installs one."
        );

    [Fact]
    public async Task A_cosign_3_without_a_signing_config_is_told()
    {
        var error = await Should.ThrowAsync<OutcomeException>(
            Signer(
                    new ScriptedCosign()
                        .On("version", 0, "GitVersion:    v3.9.0")
                        .On("signing-config", 1, "", "Error: no space left on device")
                )
                .CheckAsync(Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            "cosign 3.9.0 makes no signing config (no space left on device): eng/components.sh cosign installs one that does."
        );
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_named() =>
        (await ErrorAsync(ScriptedCosign.Of2(key), new SigningKey("none.key", null))).ShouldBe(
            "There is no signing key none.key: --cosign-key FILE names one, `cosign generate-key-pair` makes one."
        );

    [Fact]
    public async Task A_password_that_does_not_open_it_is_told() =>
        (
            await ErrorAsync(
                ScriptedCosign
                    .Of2(key)
                    .On("public-key", 1, "", "Error: decrypt: encrypted: decryption failed"),
                new SigningKey(sandbox["cosign.key"], new Secret("wrong"))
            )
        ).ShouldBe(
            $"The password does not open the signing key {sandbox["cosign.key"]}: set COSIGN_PASSWORD to this key's and run the command again."
        );

    [Fact]
    public async Task A_key_whose_signatures_could_not_be_verified_is_told() =>
        (
            await ErrorAsync(
                ScriptedCosign
                    .Of2(key)
                    .On(
                        "public-key",
                        0,
                        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEADkfoiaO3T1tQyQWK1QhFuMkgxDy3z445DTyeKrgJO7w=\n-----END PUBLIC KEY-----\n"
                    )
            )
        ).ShouldBe(
            $"The signing key {sandbox["cosign.key"]} is of a kind that is not verified here (ECDSA and RSA are): `cosign generate-key-pair` makes one."
        );

    [Fact]
    public async Task A_place_that_keeps_no_signatures_is_told()
    {
        var error = await Should.ThrowAsync<OutcomeException>(
            new CosignSigning(TimeProvider.System, _ => null)
                .SignerWith(
                    new SigningKey(sandbox["cosign.key"], null),
                    new SigningTools(new Nobody(), sandbox.Store, sandbox["temporary"])
                )
                .CheckAsync(Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            "this machine's store keeps no signatures: --registry HOST/REPOSITORY names a registry, which does."
        );
    }

    [Fact]
    public async Task A_good_one_is_opened_once_whatever_it_signs()
    {
        registry.Sign2(key);
        var cosign = ScriptedCosign.Of2(key);
        var signer = Signer(cosign);

        await signer.CheckAsync(Sandbox.Cancel);
        await signer.CheckAsync(Sandbox.Cancel);
        (await signer.SignAsync(registry.What, Sandbox.Cancel)).ShouldBeFalse();

        cosign.Words.ShouldBe(["version", "signing-config", "public-key"]);
        cosign.Ran[2].ToString().ShouldBe($"cosign public-key --key {sandbox["cosign.key"]}");
    }

    [Fact]
    public async Task It_is_opened_also_when_the_digest_is_signed_already()
    {
        registry.Sign2(key);
        var cosign = ScriptedCosign
            .Of2(key)
            .On("public-key", 1, "", "Error: decrypt: encrypted: decryption failed");

        var error = await Should.ThrowAsync<OutcomeException>(
            Signer(cosign).SignAsync(registry.What, Sandbox.Cancel)
        );

        error.Message.ShouldContain("has a password and none was given");
    }

    [Theory]
    [InlineData("v2.6.1")]
    [InlineData("v3.0.2")]
    public async Task A_version_that_says_its_major_is_believed(string version)
    {
        var cosign = ScriptedCosign.Of3(key).On("version", 0, $"GitVersion:    {version}");

        await Signer(cosign).CheckAsync(Sandbox.Cancel);

        cosign
            .Words.Contains("signing-config")
            .ShouldBe(version.StartsWith("v3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_KMS_key_goes_to_cosign_as_it_is()
    {
        var cosign = ScriptedCosign.Of3(key);

        await Signer(cosign, new SigningKey("awskms:///alias/x", null)).CheckAsync(Sandbox.Cancel);

        cosign.Ran[^1].ToString().ShouldBe("cosign public-key --key awskms:///alias/x");
    }

    [Fact]
    public async Task Keyless_wants_an_identity() =>
        (await ErrorAsync(ScriptedCosign.Of2(key), new SigningKey(null, null))).ShouldBe(
            "No key signs, and there is no OIDC identity here: --cosign-key FILE names a key; in GitHub Actions `permissions: id-token: write` gives an identity."
        );

    [Fact]
    public async Task In_Actions_it_is_the_workflow()
    {
        var cosign = ScriptedCosign.Of2(key);

        await Signer(cosign, new SigningKey(null, null), Actions).CheckAsync(Sandbox.Cancel);

        cosign.Words.ShouldBe(["version", "signing-config"]);
        var identity = CiIdentity.Find(Actions)!;
        identity.Name.ShouldBe(
            "https://github.com/theaia/theaia/.github/workflows/thea_ci.yml@refs/heads/main"
        );
        identity.Identity.ShouldBe(
            @"https://github\.com/theaia/theaia/\.github/workflows/thea_ci\.yml@refs/heads/main"
        );
        identity.Issuer.ShouldBe("https://token.actions.githubusercontent.com");
    }

    [Theory]
    [InlineData(
        """{"iss":"https://accounts.example.com","email":"a@example.com","sub":"1"}""",
        "a@example.com"
    )]
    [InlineData(
        """{"iss":"https://gitlab.example.com","sub":"project_path:a/b"}""",
        "project_path:a/b"
    )]
    [InlineData(
        """{"iss":"https://token.actions.githubusercontent.com","job_workflow_ref":"o/r/.github/workflows/w.yml@refs/heads/main","sub":"x"}""",
        "https://github.com/o/r/.github/workflows/w.yml@refs/heads/main"
    )]
    [InlineData("""{"iss":"https://token.actions.githubusercontent.com","sub":"x"}""", null)]
    [InlineData("""{"sub":"x"}""", null)]
    [InlineData("""[]""", null)]
    public void Elsewhere_it_is_whom_the_token_names(string claims, string? name)
    {
        var token =
            $"e30.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims))}.c2ln";

        CiIdentity.Find(v => v == CiIdentity.TokenVariable ? token : null)?.Name.ShouldBe(name);
        (CiIdentity.Find(v => v == CiIdentity.TokenVariable ? token : null) is null).ShouldBe(
            name is null
        );
    }

    [Theory]
    [InlineData("no token")]
    [InlineData("a.%%.c")]
    [InlineData("a.b")]
    public void A_token_that_is_none_names_nobody(string token) =>
        CiIdentity.Find(v => v == CiIdentity.TokenVariable ? token : null).ShouldBeNull();

    public void Dispose()
    {
        sandbox.Dispose();
        key.Dispose();
    }

    private static string? Actions(string variable) =>
        variable switch
        {
            "ACTIONS_ID_TOKEN_REQUEST_URL" => "https://pipelines.example.com/token",
            "GITHUB_WORKFLOW_REF" => "theaia/theaia/.github/workflows/thea_ci.yml@refs/heads/main",
            _ => null,
        };

    private async Task<string> ErrorAsync(IRunner runner, SigningKey? signing = null)
    {
        var error = await Should.ThrowAsync<OutcomeException>(
            Signer(runner, signing).CheckAsync(Sandbox.Cancel)
        );
        error.Outcome.ShouldBe(Outcome.Wrong);
        return error.Message;
    }

    private ISigner Signer(
        IRunner runner,
        SigningKey? signing = null,
        Func<string, string?>? environment = null
    ) =>
        new CosignSigning(TimeProvider.System, environment ?? (_ => null)).SignerWith(
            signing ?? new SigningKey(sandbox["cosign.key"], null),
            new SigningTools(runner, registry, sandbox["temporary"])
        );
}
