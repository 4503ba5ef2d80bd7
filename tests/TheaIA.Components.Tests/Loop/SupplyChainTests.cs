using System.Text.RegularExpressions;

namespace TheaIA.Components.Tests.Loop;

/// <summary>A release in a real registry, signed and attested by the real cosign, and what a place makes of it.</summary>
[Collection(nameof(Checkout))]
[Trait("Real", "cosign")]
[Trait("Real", "docker-registry")]
[Trait("Real", "gitleaks")]
public sealed partial class SupplyChainTests : IAsyncLifetime
{
    private readonly Checkout _here = new();
    private RealRegistry? _registry;
    private RealCosign? _keys;

    public async ValueTask InitializeAsync()
    {
        Real.Need("gitleaks");
        Real.Need("openssl");
        _registry = await RealRegistry.NewAsync();
        _keys = await RealCosign.NewAsync();
        _here.Variables["COSIGN_PASSWORD"] = RealCosign.Password;
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        _here.Write("README.md", "x\n");
        _here.Commit("readme");
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        _keys?.Dispose();
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }
    }

    private string Repository => $"{_registry!.Host}/tiny";

    private string[] Signing => ["--registry", Repository, "--cosign-key", _keys!.PrivateKey];

    private string[] Trusting => ["--registry", Repository, "--trusted-key", _keys!.PublicKey];

    [Fact]
    public async Task A_release_is_admitted_by_its_statements_and_collected_as_evidence()
    {
        var made = (await _here.RunAsync(["Release", .. Signing])).ShouldEndWith(0);
        var digest = Reference().Match(made.Output).Groups[1].Value;
        made.ShouldSay($"Released {_here.Head[..7]}: {Repository}@{digest}");
        made.ShouldSay("signed by cosign.key and verified");
        made.ShouldSay("vulnerabilities: not known");
        made.Output.ShouldNotContain(RealCosign.Password);
        Reference().Count(made.Output).ShouldBe(1);

        // in another state, as in another clone: nothing of the release is there but the registry's
        var gates = (
            await _here.RunAsync([
                "Gates",
                "--environment",
                "rehearsal",
                "--release",
                digest,
                .. Trusting,
            ])
        ).ShouldEndWith(0);
        gates.ShouldSay("7 of 7 gates passed.");
        (
            await _here.RunAsync([
                "Deploy",
                "--environment",
                "rehearsal",
                "--release",
                digest,
                .. Trusting,
            ])
        )
            .ShouldEndWith(0)
            .ShouldSay($"Deployed {_here.Head[..7]} to rehearsal");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        using var tagged = await http.GetAsync(
            new Uri($"http://{_registry!.Host}/v2/tiny/manifests/rehearsal"),
            TestContext.Current.CancellationToken
        );
        tagged.Headers.GetValues("Docker-Content-Digest").ShouldBe([digest]);

        var again = (await _here.RunAsync(["Release", .. Signing])).ShouldEndWith(0);
        again.ShouldSay(digest);
        again.ShouldSay("signed by cosign.key already, verified again");
        again.ShouldSay("7 attestations, 7 were there");

        (await _here.RunAsync(["Evidence", "--release", _here.Head[..7], .. Trusting]))
            .ShouldEndWith(0)
            .ShouldSay("verify.sh checks it offline");
        File.Exists(Path.Combine(_here.Root, "artifacts/evidence", digest[7..19], "verify.sh"))
            .ShouldBeTrue();

        // who is not trusted does not count, and --skip opens no way around
        using var stranger = await RealCosign.NewAsync();
        (
            await _here.RunAsync([
                "Deploy",
                "--skip",
                "--environment",
                "rehearsal",
                "--release",
                digest,
                "--registry",
                Repository,
                "--trusted-key",
                stranger.PublicKey,
            ])
        )
            .ShouldEndWith(3)
            .ShouldSay("none of the trusted keys")
            .ShouldSay($"--registry {Repository} --trusted-key {stranger.PublicKey}");
        (
            await _here.RunAsync([
                "Evidence",
                "--release",
                digest,
                "--registry",
                Repository,
                "--trusted-key",
                stranger.PublicKey,
            ])
        )
            .ShouldEndWith(1)
            .ShouldSay("-refused");
        File.Exists(Path.Combine(_here.Root, "artifacts/evidence", digest[7..19], "verify.sh"))
            .ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_left_out_or_found_is_not_attested_as_a_pass()
    {
        (await _here.RunAsync(["Release", "--skip", "Test", "Coverage", .. Signing])).ShouldEndWith(
            0
        );
        (await _here.RunAsync(["Gates", "--environment", "rehearsal", .. Trusting]))
            .ShouldEndWith(0)
            .ShouldSay("unknown tests")
            .ShouldSay("unknown coverage")
            .ShouldSay("Deploy would stop here");

        // put together here, so that no scan of this repository finds it
        _here.Write("leak.txt", $"aws_key = \"{"AKIA" + "QYLPMN5HFIQR7XYA"}\"\n");
        _here.Commit("leak");
        (await _here.RunAsync("Scan")).ShouldEndWith(3).ShouldSay("leak.txt");
        (await _here.RunAsync(["Release", .. Signing])).ShouldEndWith(3).ShouldSay("leak.txt");
        (await _here.RunAsync(["Gates", "--environment", "rehearsal", .. Trusting]))
            .ShouldEndWith(2)
            .ShouldSay("There is no release of");
    }

    [Fact]
    public async Task What_cannot_be_signed_is_refused_before_anything_is_built()
    {
        _here.Variables["COSIGN_PASSWORD"] = "wrong";
        _here.Knob("calls", "");
        (await _here.RunAsync(["Sign", .. Signing])).ShouldEndWith(2).ShouldSay("password");
        (
            await _here.RunAsync(
                "Sign",
                "--registry",
                Repository,
                "--cosign-key",
                "/nowhere/none.key"
            )
        )
            .ShouldEndWith(2)
            .ShouldSay("none.key");
        _here.Variables["COSIGN_PASSWORD"] = RealCosign.Password;
        _here.Write("README.md", "changed\n");
        (await _here.RunAsync(["Release", .. Signing]))
            .ShouldEndWith(2)
            .ShouldSay("Only committed sources are signed, and this tree has changes");
        (await _here.RunAsync("Push", "--registry", "127.0.0.1:1/UPPER")).ShouldEndWith(2);
        (await _here.RunAsync("Release", "--registry", Repository))
            .ShouldEndWith(2)
            .ShouldSay("A release in a registry needs a key: --cosign-key FILE");
        _here.Calls.ShouldNotContain("publish");
        (await _here.RunAsync("Evidence")).ShouldEndWith(2).ShouldSay("--registry HOST/REPOSITORY");
        (
            await _here.RunAsync(
                "Gates",
                "--environment",
                "rehearsal",
                "--release",
                "abcdef1",
                "--registry",
                Repository,
                "--trusted-key",
                "/nowhere/none.pub"
            )
        ).ShouldEndWith(2);
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+/tiny@(sha256:[0-9a-f]{64})")]
    private static partial Regex Reference();
}
