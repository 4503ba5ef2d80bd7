using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Commands;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

[Trait("Real", "cosign")]
public sealed class The_real_cosign_refuses_with_a_reason : IAsyncDisposable
{
    private SigningWorld world = null!;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_wrong_password_is_told(int major)
    {
        await StartAsync(major);

        (await WrongAsync(world.SignerWith(world.Keys, "wrong"))).ShouldBe(
            $"The password does not open the signing key {world.Keys.PrivateKey}: set COSIGN_PASSWORD to this key's and run the command again."
        );
        (await WrongAsync(world.SignerWith(world.Keys, null))).ShouldContain(
            "has a password and none was given"
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_key_that_is_none_is_told(int major)
    {
        await StartAsync(major);
        var folder = world.Folder;
        var junk = Path.Combine(folder, "junk.key");
        Sandbox.Write(junk, "junk");
        var none = Path.Combine(folder, "none.key");

        (await WrongAsync(world.SignerWith(none))).ShouldStartWith(
            $"There is no signing key {none}:"
        );
        (await WrongAsync(world.SignerWith(junk))).ShouldStartWith(
            $"{junk} is no key of cosign's (invalid pem block):"
        );
        (await WrongAsync(world.SignerWith(world.Keys.PublicKey))).ShouldStartWith(
            $"{world.Keys.PublicKey} is a public key,"
        );
        (await WrongAsync(world.SignerWith("nonsense://x"))).ShouldContain("unrecognized scheme");
    }

    /// <summary>cosign 2 would sign what is not there.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_image_that_is_not_in_the_registry_is_not_signed(int major)
    {
        await StartAsync(major);
        var none = world.What with { Digest = $"sha256:{new string('0', 64)}" };

        var error = await Should.ThrowAsync<OutcomeException>(
            world.Signer.SignAsync(none, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no sha256:000000000000 in {world.What.Repository}: ./build.sh Push brings it there."
        );
        (
            await world.Registry.LayersAsync(world.ImageName, $"sha256-{new string('0', 64)}.sig")
        ).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_registry_that_is_down_is_named(int major)
    {
        await StartAsync(major);
        using var refusing = TestPorts.Refusing(out var port);
        var cosign = new CosignProgram(world.Runner, world.Folder, new HastyTime());
        var what = new Claim($"127.0.0.1:{port}/theaia-api", world.What.Digest);

        var result = await cosign.RunPatientlyAsync(
            CosignCommands.Sign(
                await cosign.ToolAsync(Sandbox.Cancel),
                new SigningKey(world.Keys.PrivateKey, new Secret(RealCosign.Password)),
                what
            ),
            Sandbox.Cancel
        );

        result.ExitCode.ShouldNotBe(0);
        CosignErrors
            .Registry("sign", what, result)
            .Message.ShouldStartWith($"127.0.0.1:{port} does not answer, so cosign could not sign");
        world.Runner.Ran.Count(r => r.Arguments[0] == "sign").ShouldBe(2);
    }

    public async ValueTask DisposeAsync()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }
    }

    private async Task StartAsync(int major) => world = await SigningWorld.NewAsync(major);

    private static async Task<string> WrongAsync(ISigner signer)
    {
        var error = await Should.ThrowAsync<OutcomeException>(signer.CheckAsync(Sandbox.Cancel));
        error.Outcome.ShouldBe(Outcome.Wrong);
        return error.Message;
    }
}
