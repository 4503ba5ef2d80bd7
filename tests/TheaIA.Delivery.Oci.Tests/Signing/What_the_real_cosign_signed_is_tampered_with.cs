using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

[Trait("Real", "cosign")]
public sealed class What_the_real_cosign_signed_is_tampered_with : IAsyncDisposable
{
    private SigningWorld world = null!;

    [Theory]
    [InlineData(2, ".sig", ".att")]
    [InlineData(3, "")]
    public async Task What_was_moved_from_another_image_does_not_count(
        int major,
        params string[] suffixes
    )
    {
        await StartAsync(major);
        var other = await world.Registry.PushAsync(world.ImageName, "another layer");
        foreach (var suffix in suffixes)
        {
            await world.Registry.CopyTagAsync(
                world.ImageName,
                world.Tag + suffix,
                other.What.Digest.Replace(':', '-') + suffix
            );
        }

        var checks = (await world.Trusting(world.Keys).AttestedAsync(other, Sandbox.Cancel)).Checks;

        checks.ShouldAllBe(c => c.Verdict == Verdict.Fail || c.Verdict == Verdict.Unknown);
        checks[0].Verdict.ShouldBe(Verdict.Fail);
        checks[0].Source.ShouldBe($"signed, but for another image ({world.What.Short})");
        checks.Count.ShouldBe(7);
        checks
            .Skip(1)
            .ShouldAllBe(c => c.Source.Contains("for another image", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, ".att")]
    [InlineData(3, "")]
    public async Task Attestations_that_are_gone_are_made_again(int major, string suffix)
    {
        await StartAsync(major);
        world.LoseTag(world.Tag + suffix);

        (await world.CheckAsync("lint")).Source.ShouldBe("nothing was found");
        (await world.Signer.SignAsync(world.What, Sandbox.Cancel)).ShouldBe(major == 3);
        (await world.AttestAsync(Said.All)).ShouldBe(Said.All.Length);

        (await world.CheckAsync("lint")).Verdict.ShouldBe(Verdict.Pass);
        (await world.CheckAsync("signature")).Verdict.ShouldBe(Verdict.Pass);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Statements_that_were_changed_do_not_count_until_they_are_attested_again(
        int major
    )
    {
        await StartAsync(major);
        // our own client reads from the registry, whatever the store has
        var client = TheaIA.Delivery.Oci.Oci.RegistryAt(
            world.What.Repository,
            Path.Combine(world.Folder, "state")
        );
        var trusting = Cosign.Signing.TrustedBy(
            [new TrustedKey("cosign.pub") { Key = world.Keys.PublicKey }],
            new SigningTools(world.Runner, client, world.Folder)
        );

        (await PassedAsync()).ShouldBe(6);
        world.DamageStatements().ShouldBe(Said.All.Length + 1);

        var checks = (
            await world.Trusting(world.Keys).AttestedAsync(world.Release, Sandbox.Cancel)
        ).Checks;

        checks.Count.ShouldBe(7);
        checks[0].Verdict.ShouldBe(Verdict.Fail);
        checks.Skip(1).ShouldAllBe(c => c.Verdict == Verdict.Unknown);
        checks.ShouldAllBe(c => c.Source.Contains("has another content", StringComparison.Ordinal));
        (await PassedAsync()).ShouldBe(0);

        (await world.AttestAsync(Said.All)).ShouldBe(Said.All.Length);
        (await world.CheckAsync("lint")).Verdict.ShouldBe(Verdict.Pass);

        async Task<int> PassedAsync() =>
            (await trusting.AttestedAsync(world.Release, Sandbox.Cancel)).Checks.Count(c =>
                c.Verdict == Verdict.Pass
            );
    }

    public async ValueTask DisposeAsync()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }
    }

    private async Task StartAsync(int major) => world = await SigningWorld.CopiedAsync(major);
}
