using System.Diagnostics;
using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Reading;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

[Trait("Real", "cosign")]
public sealed class The_real_cosign_signs_and_is_read : IAsyncDisposable
{
    private SigningWorld world = null!;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_signed_and_attested_is_admitted(int major)
    {
        await StartAsync(major);
        await world.Signer.CheckAsync(Sandbox.Cancel);

        world.Answered.ShouldBe((true, Said.All.Length));
        (await world.Signer.SignAsync(world.What, Sandbox.Cancel)).ShouldBeFalse();
        world.Runner.Ran.Clear();
        (await world.AttestAsync(Said.All)).ShouldBe(0);

        world.Runner.Ran.ShouldNotContain(r => r.Arguments[0] == "attest");
        world.Runner.Ran.Clear();
        var attested = await world
            .Trusting(world.Keys)
            .AttestedAsync(world.Release, Sandbox.Cancel);
        attested
            .Checks.Select(c => (c.Gate, c.Verdict))
            .ShouldBe([
                ("signature", Verdict.Pass),
                ("tests", Verdict.Pass),
                ("coverage", Verdict.Pass),
                ("lint", Verdict.Pass),
                ("scan", Verdict.Pass),
                ("vulnerabilities", Verdict.Unknown),
                ("provenance", Verdict.Pass),
            ]);
        attested.MadeIn.ShouldBe(TimeSpan.FromSeconds(69));
        world.Runner.Ran.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Cosign_itself_takes_them(int major)
    {
        await StartAsync(major);

        (await world.VerifyAsync("verify")).ExitCode.ShouldBe(0);
        (
            await world.VerifyAsync("verify-attestation", "--type", "slsaprovenance1")
        ).ExitCode.ShouldBe(0);
        (
            await world.VerifyAsync("verify-attestation", "--type", PredicateTypes.Lint)
        ).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public async Task A_release_of_one_major_is_complete_for_the_other(int made, int read)
    {
        await StartAsync(made);
        var other = new RealRunner(Real.Cosign(read), world.Folder);
        var signer = Cosign.Signing.SignerWith(
            new SigningKey(world.Keys.PrivateKey, new Secret(RealCosign.Password)),
            new SigningTools(other, world.Registry, world.Folder)
        );

        (await signer.SignAsync(world.What, Sandbox.Cancel)).ShouldBeFalse();
        (
            await signer.AttestAsync(world.Release, Said.All, world.Progress, Sandbox.Cancel)
        ).ShouldBe(0);

        other.Ran.ShouldNotContain(r => r.Arguments[0] == "sign" || r.Arguments[0] == "attest");
        (await signer.AttestedAsync(world.Release, Sandbox.Cancel))
            .Checks.Count(c => c.Verdict == Verdict.Pass)
            .ShouldBe(6);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Openssl_alone_verifies_each_statement(int major)
    {
        Real.Need("openssl");
        await StartAsync(major);

        var statements = await world
            .Statements(world.Keys)
            .StatementsAsync(world.What, Sandbox.Cancel);

        statements.Count.ShouldBe(Said.All.Length + 1);
        foreach (var statement in statements)
        {
            var (signed, signature) = Parts(statement.Envelope);
            var folder = world.Folder;
            await File.WriteAllBytesAsync(Path.Combine(folder, "signed"), signed, Sandbox.Cancel);
            await File.WriteAllBytesAsync(Path.Combine(folder, "sig"), signature, Sandbox.Cancel);
            using var openssl = Process.Start(
                new ProcessStartInfo(
                    "openssl",
                    [
                        "dgst",
                        "-sha256",
                        "-verify",
                        world.Keys.PublicKey,
                        "-signature",
                        "sig",
                        "signed",
                    ]
                )
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                }
            )!;
            (await openssl.StandardOutput.ReadToEndAsync(Sandbox.Cancel)).ShouldBe("Verified OK\n");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }
    }

    private async Task StartAsync(int major) => world = await SigningWorld.ReleasedAsync(major);

    /// <summary>As <see cref="SignedStatement.Envelope"/> says it.</summary>
    private static (byte[] Signed, byte[] Signature) Parts(ReadOnlyMemory<byte> envelope)
    {
        using var json = JsonDocument.Parse(envelope);
        var payload = json.RootElement.GetProperty("payload").GetBytesFromBase64();
        return json.RootElement.TryGetProperty("payloadType", out var type)
            ? (
                DsseStatement.PreAuthenticationEncoding(type.GetString()!, payload),
                json.RootElement.GetProperty("signatures")[0]
                    .GetProperty("sig")
                    .GetBytesFromBase64()
            )
            : (payload, json.RootElement.GetProperty("signature").GetBytesFromBase64());
    }
}
