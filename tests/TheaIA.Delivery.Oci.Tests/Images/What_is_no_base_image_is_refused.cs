using System.Text.Json.Nodes;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Images;

public sealed class What_is_no_base_image_is_refused : IDisposable
{
    private const string Foreign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

    private readonly Sandbox sandbox = new();
    private readonly BaseFolder folder;

    public What_is_no_base_image_is_refused() => folder = new BaseFolder(sandbox["base"]);

    public static TheoryData<string, string> Documents =>
        new()
        {
            { "not JSON", "its manifest cannot be read" },
            { "null", "its manifest cannot be read" },
            {
                "{\"schemaVersion\":1,\"fsLayers\":[]}",
                "its manifest names no configuration and layers"
            },
            {
                "{\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\"sha256:1\",\"size\":2},\"layers\":[]}",
                "its configuration is of type application/vnd.oci.empty.v1+json"
            },
            {
                $"{{\"config\":{{\"mediaType\":\"{BaseFolder.Config}\",\"digest\":\"sha256:../../../etc/passwd\",\"size\":2}},\"layers\":[]}}",
                "'sha256:../../../etc/passwd' is no digest"
            },
        };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task By_what_its_manifest_is(string document, string why) =>
        await RefusedAsync(folder.Add(System.Text.Encoding.UTF8.GetBytes(document)), why);

    public static TheoryData<string, Action<JsonObject>> Configs =>
        new()
        {
            { "it is for windows, not for linux", config => config["os"] = "windows" },
            { "it is for no system, not for linux", config => config.Remove("os") },
            {
                "it does not say for which processor it is",
                config => config.Remove("architecture")
            },
            {
                "it has 2 layers and tells of 1",
                config => config["rootfs"]!["diff_ids"]!.AsArray().RemoveAt(0)
            },
            { "its configuration cannot be read", config => config.Remove("rootfs") },
            { "its configuration cannot be read", config => config["os"] = 7 },
            { "its configuration cannot be read", config => config["rootfs"]!["diff_ids"]![0] = 7 },
        };

    [Theory]
    [MemberData(nameof(Configs), DisableDiscoveryEnumeration = true)]
    public async Task By_what_its_configuration_says(string why, Action<JsonObject> change) =>
        await RefusedAsync(folder.Tiny(change), why);

    [Theory]
    [InlineData(Foreign)]
    [InlineData("application/vnd.in-toto+json")]
    public async Task By_a_layer_that_may_not_be_copied(string type)
    {
        var (diffId, bytes) = BaseFolder.Layer("a", "b");

        await RefusedAsync(
            folder.Image(folder.TinyConfig(diffId), [(type, bytes)]),
            $"a layer of it is of type {type}"
        );
    }

    [Fact]
    public async Task By_a_name_that_is_told_twice() =>
        await RefusedAsync(
            folder.Add("{\"layers\":[],\"layers\":[]}"u8.ToArray()),
            "its manifest cannot be read"
        );

    [Fact]
    public async Task By_its_size()
    {
        var on = folder.Add(new byte[(4 << 20) + 1]);

        await RefusedAsync(on, $"{on[..19]} is larger than a manifest may be");
    }

    [Fact]
    public async Task Where_an_index_has_no_image_for_us()
    {
        var on = folder.Index(("linux/arm64", "sha256:0"), ("windows/amd64", "sha256:0"));

        var error = await ThrowsAsync(on);

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"The base image {folder.Root}@{on} is there for linux/arm64, windows/amd64, and not for linux/amd64: name another one."
        );
    }

    [Fact]
    public async Task Where_it_is_not()
    {
        var on = "sha256:" + new string('0', 64);

        var error = await ThrowsAsync(on);

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"There is no {on} in {folder.Root}: --base-image {folder.Root}@{on} names no image there."
        );
    }

    [Fact]
    public async Task Where_it_is_damaged()
    {
        var on = folder.Tiny();
        File.AppendAllText(folder.PathOf(on), " ");

        var error = await ThrowsAsync(on);

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{on} in {folder.Root} is damaged (its content has another digest): fetch the base image again."
        );
    }

    public void Dispose() => sandbox.Dispose();

    private async Task RefusedAsync(string on, string why)
    {
        var error = await ThrowsAsync(on);

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"{folder.Root}@{on} cannot be a base image ({why}): name another one after --base-image."
        );
        Directory.Exists(sandbox["layout"]).ShouldBeFalse();
    }

    private Task<OutcomeException> ThrowsAsync(string on) =>
        Should.ThrowAsync<OutcomeException>(
            sandbox.BuildAsync(
                sandbox.Request(sandbox.Application("one")) with
                {
                    Base = OciBase.Parse(
                        $"{folder.Root}@{on}",
                        _ => throw new InvalidOperationException()
                    ),
                }
            )
        );
}
