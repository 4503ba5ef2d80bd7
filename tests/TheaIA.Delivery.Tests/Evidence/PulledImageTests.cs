using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Evidence;

public sealed class PulledImageTests : IDisposable
{
    private readonly SignedRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public async Task A_layer_that_the_registry_lies_about_is_named()
    {
        _release.Registry.Damage(_release.Layer);

        var error = await Should.ThrowAsync<OutcomeException>(() => _release.CollectAsync());

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{_release.Layer} in registry.example is damaged (its content has another digest): "
                + "./build.sh Release pushes it again."
        );
        Directory.Exists(_release["evidence"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_manifest_that_the_registry_lies_about_is_named()
    {
        _release.Registry.Damage(_release.What.Digest);

        (await Should.ThrowAsync<OutcomeException>(() => _release.CollectAsync())).Message.ShouldBe(
            $"{_release.What.Digest} in registry.example is damaged (its content has another digest): "
                + "./build.sh Release pushes it again."
        );
    }

    [Theory]
    [InlineData("""{"manifests":[]}""")]
    [InlineData("""{"config":{"digest":"sha256:short"},"layers":[]}""")]
    [InlineData("""{"config":{"digest":"../../../etc/passwd"},"layers":[]}""")]
    [InlineData("""{"config":{"digest":null},"layers":[]}""")]
    [InlineData("""{"config":{},"layers":{}}""")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public async Task What_is_no_image_is_named(string manifest)
    {
        var what = _release.What with { Digest = _release.Registry.Add(manifest) };

        var error = await Should.ThrowAsync<OutcomeException>(() =>
            _release.CollectAsync(release: _release.Release with { What = what })
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{what.Digest} in registry.example is no image manifest: "
                + "name a release that this pipeline made, ./build.sh Evidence --release DIGEST."
        );
    }

    [Fact]
    public async Task A_manifest_longer_than_registries_take_is_none()
    {
        var what = _release.What with
        {
            Digest = _release.Registry.Add(new byte[4 * 1024 * 1024 + 1]),
        };

        (
            await Should.ThrowAsync<OutcomeException>(() =>
                _release.CollectAsync(release: _release.Release with { What = what })
            )
        ).Message.ShouldStartWith($"{what.Digest} in registry.example is no image manifest: ");
    }

    [Fact]
    public async Task A_layer_that_is_gone_is_named()
    {
        _release.Registry.Lose(_release.Layer);

        (await Should.ThrowAsync<OutcomeException>(() => _release.CollectAsync())).Message.ShouldBe(
            $"{_release.Layer} is missing in registry.example: ./build.sh Release pushes it again."
        );
    }
}
