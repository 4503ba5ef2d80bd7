using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class An_image_is_pulled_whole : IAsyncDisposable
{
    private readonly Registered given = new();

    private StandIn Registry => given.Registry;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Into_a_layout_that_can_be_pushed_again(bool fromRegistry)
    {
        var (registry, release) = await FromAsync(fromRegistry);

        await registry.PullAsync(release, given.Sandbox["pulled"], Sandbox.Cancel);

        var other = Oci.Store(given.Sandbox["other"]);
        (await other.PushAsync(given.Sandbox["pulled"], release, Sandbox.Cancel)).ShouldBe(
            new PushResult(2, 0)
        );
        (
            await other.FindAsync(release.What.Repository, release.What.Digest, Sandbox.Cancel)
        ).ShouldBe(release);
    }

    [Fact]
    public async Task Every_layer_is_read_again_whatever_this_machine_keeps()
    {
        var release = await given.PushedAsync();
        var layer = given.LayerOf(release);
        await using (
            var kept = await given.Client().ReadAsync(Registry.Repository, layer, Sandbox.Cancel)
        )
        {
            await kept.CopyToAsync(Stream.Null, Sandbox.Cancel);
        }
        Registry.Blobs[$"theaia-api {layer}"][5] ^= 1;

        var error = await Should.ThrowAsync<OutcomeException>(PullAsync(release));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{layer} in {Registry.Host} is damaged (its content has another digest): delete it there, then push it again."
        );
        File.Exists(given.Sandbox["pulled/index.json"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_layer_that_is_gone_is_named()
    {
        var release = await given.PushedAsync();
        var layer = given.LayerOf(release);
        Registry.Blobs.Remove($"theaia-api {layer}");

        var error = await Should.ThrowAsync<OutcomeException>(PullAsync(release));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no {layer} of theaia-api in {Registry.Host}: push it again."
        );
    }

    [Fact]
    public async Task An_image_that_is_gone_is_named()
    {
        var release = await given.BuiltAsync();

        var error = await Should.ThrowAsync<OutcomeException>(PullAsync(release));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no {release.What.Digest} of theaia-api in {Registry.Host}: push it again."
        );
    }

    [Fact]
    public async Task What_is_no_image_is_told()
    {
        byte[] bytes = [.. "{\"schemaVersion\":2,\"manifests\":[]}"u8];
        var digest = StandIn.DigestOf(bytes);
        Registry.Manifests[$"theaia-api {digest}"] = (
            bytes,
            "application/vnd.oci.image.index.v1+json"
        );

        var error = await Should.ThrowAsync<OutcomeException>(
            PullAsync(new Release(new Claim(Registry.Repository, digest), "", ""))
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"{digest[..19]} of {Registry.Repository} is no image: name a release by its digest, commit or version."
        );
    }

    [Fact]
    public async Task A_damaged_layer_of_this_machines_store_is_named()
    {
        var (store, release) = await FromAsync(registry: false);
        var layer = given.LayerOf(release);
        await File.WriteAllTextAsync(
            Sandbox.Blob(given.Sandbox.StoreRoot, layer),
            "x",
            Sandbox.Cancel
        );

        var error = await Should.ThrowAsync<OutcomeException>(
            store.PullAsync(release, given.Sandbox["pulled"], Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{layer} in this machine's store is damaged (its content has another digest): push it again."
        );
        File.Exists(given.Sandbox["pulled/index.json"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_drills_copy_is_made_here_and_starts_from_here()
    {
        var release = await given.PushedAsync();
        var client = given.Client();

        var copy = await client.FailingCopyAsync(release, Sandbox.Cancel);

        copy.Drill.ShouldBeTrue();
        copy.What.Repository.ShouldBe(Registry.Repository);
        copy.What.Digest.ShouldNotBe(release.What.Digest);
        Registry.Manifests.Count.ShouldBe(1);
        await Registry.Server.DisposeAsync();
        await using var manifest = await client.ReadAsync(
            copy.What.Repository,
            copy.What.Digest,
            Sandbox.Cancel
        );
        (await new StreamReader(manifest).ReadToEndAsync(Sandbox.Cancel)).ShouldContain(
            "\"com.theaia.drill\":\"true\""
        );
    }

    [Fact]
    public async Task A_drill_of_what_is_gone_is_told()
    {
        var release = await given.PushedAsync();
        Registry.Blobs.Remove($"theaia-api {given.LayerOf(release)}");

        var error = await Should.ThrowAsync<OutcomeException>(
            given.Client().FailingCopyAsync(release, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldStartWith($"There is no {given.LayerOf(release)} of theaia-api in ");
    }

    public ValueTask DisposeAsync() => given.DisposeAsync();

    private Task PullAsync(Release release) =>
        given.Client().PullAsync(release, given.Sandbox["pulled"], Sandbox.Cancel);

    private async Task<(IRegistry, Release)> FromAsync(bool registry)
    {
        var release = await given.BuiltAsync();
        IRegistry from = registry ? given.Client() : given.Sandbox.Store;
        await from.PushAsync(given.Layout, release, Sandbox.Cancel);
        return (from, release);
    }
}
