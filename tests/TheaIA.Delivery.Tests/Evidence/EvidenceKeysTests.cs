using System.Security.Cryptography;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Evidence;

public sealed class EvidenceKeysTests : IDisposable
{
    private readonly SignedRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public async Task Without_a_key_there_is_nothing_to_check_with()
    {
        _release.Keys = [];

        (await RefusedAsync()).ShouldBe(
            "Evidence needs the public key that the release was signed by: --trusted-key cosign.pub."
        );
    }

    [Fact]
    public async Task A_key_that_only_its_service_has_cannot_be_used_offline()
    {
        _release.Keys = [new TrustedKey("awskms:///alias/x") { Key = "awskms:///alias/x" }];

        (await RefusedAsync()).ShouldBe(
            "awskms:///alias/x is no key file, and only that can be checked offline: "
                + "`cosign public-key --key KMS-URI > cosign.pub` writes one for --trusted-key."
        );
    }

    [Fact]
    public async Task Beside_a_key_file_other_keys_are_noted()
    {
        _release.Keys.Add(
            new TrustedKey("identity in production.json") { Identity = "https://.+", Issuer = "x" }
        );

        var result = await _release.CollectAsync();

        result.Outcome.ShouldBe(Outcome.Done);
        result.Notes.ShouldBe([
            "identity in production.json is no key file: what it signed is not counted here, nobody could check it offline",
        ]);
    }

    [Fact]
    public async Task A_key_file_that_is_not_there_is_named()
    {
        _release.Keys = [new TrustedKey("none.pub") { Key = _release["none.pub"] }];

        (await RefusedAsync()).ShouldBe(
            "There is no key file none.pub: --trusted-key names the public key that the release was signed by."
        );
    }

    [Fact]
    public async Task A_private_key_never_gets_into_the_folder()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        await IsNoPublicKeyAsync(pair.ExportPkcs8PrivateKeyPem());
        await IsNoPublicKeyAsync(pair.ExportECPrivateKeyPem());
    }

    [Fact]
    public async Task Other_kinds_of_keys_are_named()
    {
        using var longer = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);

        await IsNoPublicKeyAsync(longer.ExportSubjectPublicKeyInfoPem());
        await IsNoPublicKeyAsync(rsa.ExportSubjectPublicKeyInfoPem());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nbm8=\n-----END PUBLIC KEY-----\n")]
    public Task What_is_no_key_is_named(string content) => IsNoPublicKeyAsync(content);

    [Fact]
    public async Task A_key_that_is_named_twice_is_kept_once()
    {
        _release.Keys.Add(_release.Key.Trusted with { Name = "again.pub" });

        await _release.CollectAsync();

        Directory.GetFiles(_release["evidence/keys"]).Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_folder_holds_the_public_key_as_it_is()
    {
        await _release.CollectAsync();

        File.ReadAllText(_release["evidence/keys/cosign.pub"])
            .ShouldBe(File.ReadAllText(_release.Key.PublicFile));
    }

    private async Task IsNoPublicKeyAsync(string content)
    {
        File.WriteAllText(_release["some.pub"], content);
        _release.Keys = [new TrustedKey("some.pub") { Key = _release["some.pub"] }];

        (await RefusedAsync()).ShouldBe(
            "some.pub is no public key of cosign (ECDSA P-256 in PEM): --trusted-key names cosign.pub, never cosign.key."
        );
    }

    private async Task<string> RefusedAsync()
    {
        var error = await Should.ThrowAsync<OutcomeException>(() => _release.CollectAsync());
        error.Outcome.ShouldBe(Outcome.Wrong);
        Directory.Exists(_release["evidence"]).ShouldBeFalse();
        return error.Message;
    }
}
