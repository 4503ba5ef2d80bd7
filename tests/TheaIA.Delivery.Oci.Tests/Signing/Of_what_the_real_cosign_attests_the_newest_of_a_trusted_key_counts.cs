using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

[Trait("Real", "cosign")]
public sealed class Of_what_the_real_cosign_attests_the_newest_of_a_trusted_key_counts
    : IAsyncDisposable
{
    private SigningWorld world = null!;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_strangers_signature_and_attestations_do_not_count(int major)
    {
        await StartAsync(major);
        var stranger = await RealCosign.OfAsync(major, "another");
        await world.SignerWith(stranger).SignAsync(world.What, Sandbox.Cancel);
        await world
            .SignerWith(stranger)
            .AttestAsync(world.Release, [Said.Lint()], world.Progress, Sandbox.Cancel);

        var signature = await world.CheckAsync("signature");
        signature.Verdict.ShouldBe(Verdict.Fail);
        signature.Source.ShouldBe("signed, but by none of the trusted keys (cosign.pub)");
        (await world.CheckAsync("lint")).Source.ShouldBe(
            "no signed attestation by a trusted key (attested, but by none of the trusted keys (cosign.pub))"
        );
        (await world.CheckAsync("signature", world.Keys, stranger)).Verdict.ShouldBe(Verdict.Pass);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_unsigned_image_and_one_that_is_only_attested_are_not_signed(int major)
    {
        await StartAsync(major);

        (await world.CheckAsync("signature")).Source.ShouldBe("not signed");
        await world.AttestAsync(Said.Lint());

        var signature = await world.CheckAsync("signature");
        signature.Verdict.ShouldBe(Verdict.Unknown);
        signature.Source.ShouldBe("not signed");
        (await world.CheckAsync("lint")).Verdict.ShouldBe(Verdict.Pass);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_later_verdict_counts_and_in_cosign_2_takes_the_place(int major)
    {
        await StartAsync(major);
        string[] verdicts = ["pass", "fail", "pass"];
        for (var hour = 0; hour < verdicts.Length; hour++)
        {
            var said = Said.Lint(verdicts[hour], $"2026-11-28T1{hour}:00:00.000Z");
            (await world.AttestAsync(said)).ShouldBe(1);

            (await world.CheckAsync("lint")).Verdict.ShouldBe(
                verdicts[hour] == "pass" ? Verdict.Pass : Verdict.Fail
            );
        }
        var layers = await world.Registry.LayersAsync(world.ImageName, world.Tag + ".att");
        layers.Count.ShouldBe(major == 2 ? 1 : 0);
        var statements = await world
            .Statements(world.Keys)
            .StatementsAsync(world.What, Sandbox.Cancel);
        statements.Count.ShouldBe(major == 2 ? 1 : 3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Another_keys_fail_stays_when_this_key_attests(int major)
    {
        await StartAsync(major);
        var auditor = await RealCosign.OfAsync(major, "another");
        await world
            .SignerWith(auditor)
            .AttestAsync(
                world.Release,
                [Said.Lint("fail", "2026-11-28T12:00:00.000Z")],
                world.Progress,
                Sandbox.Cancel
            );

        await world.AttestAsync(Said.Lint("pass", "2026-11-28T10:00:00.000Z"));

        (await world.CheckAsync("lint", world.Keys)).Verdict.ShouldBe(Verdict.Pass);
        (await world.CheckAsync("lint", world.Keys, auditor)).Verdict.ShouldBe(Verdict.Fail);
    }

    public async ValueTask DisposeAsync()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }
    }

    private async Task StartAsync(int major) => world = await SigningWorld.NewAsync(major);
}
