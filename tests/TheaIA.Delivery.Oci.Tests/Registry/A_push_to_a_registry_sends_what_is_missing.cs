using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class A_push_to_a_registry_sends_what_is_missing : IAsyncDisposable
{
    private readonly Registered given = new();

    private StandIn Registry => given.Registry;

    [Fact]
    public async Task The_manifest_comes_last_and_is_read_back()
    {
        var release = await given.BuiltAsync();

        var pushed = await PushAsync(release);

        pushed.ShouldBe(new PushResult(2, 0));
        Registry
            .Log.TakeLast(3)
            .ShouldBe(["GET manifests/X", "PUT manifests/X", "GET manifests/X"]);
        Registry.Blobs.Count.ShouldBe(2);
        Registry.Manifests.Keys.ShouldBe([$"theaia-api {release.What.Digest}"]);
        Registry.Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_push_sends_nothing()
    {
        var release = await given.PushedAsync();
        var before = Registry.Log.Count;

        (await PushAsync(release)).ShouldBe(new PushResult(2, 2));

        Registry
            .Log.Skip(before)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["GET manifests/X", "HEAD blobs/X", "HEAD blobs/X"]);
    }

    [Fact]
    public async Task Another_commit_with_the_same_files_shares_the_layer()
    {
        await given.PushedAsync();
        var application = given.Sandbox[$"app-{Sandbox.Commit[..4]}-3000"];
        var build = await given.Sandbox.BuildAsync(
            given.Sandbox.Request(application) with
            {
                Commit = new string('b', 40),
            }
        );

        (await PushAsync(build.Release)).ShouldBe(new PushResult(2, 1));
        Registry.Manifests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_small_blob_goes_in_one_piece()
    {
        await PushAsync(await given.BuiltAsync());

        Registry.Count("PATCH", "uploads").ShouldBe(0);
        Registry.Count("POST", "uploads").ShouldBe(2);
        Registry.Count("PUT", "uploads").ShouldBe(2);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(4096)]
    public async Task A_large_one_goes_in_chunks(int chunk)
    {
        var release = await given.BuiltAsync(9_500);
        var layer = Layer(release);

        await PushAsync(release, chunk);

        Registry.Blobs[$"theaia-api {given.LayerOf(release)}"].ShouldBe(layer);
        var chunks = Registry.Server.Requests.Where(r => r.Method == "PATCH").ToList();
        var ofLayer = chunks.Where(c => c.Target == chunks[^1].Target).ToList();
        ofLayer.Count.ShouldBe((layer.Length + chunk - 1) / chunk);
        ofLayer[0].Header("Content-Range").ShouldBe($"0-{chunk - 1}");
        ofLayer[1].Header("Content-Range").ShouldBe($"{chunk}-{2 * chunk - 1}");
        ofLayer[^1].Header("Content-Range").ShouldEndWith($"-{layer.Length - 1}");
        ofLayer.ShouldAllBe(c => c.Header("Content-Type") == "application/octet-stream");
    }

    [Fact]
    public async Task Chunks_are_as_large_as_the_registry_wants_them()
    {
        Registry.Rule(
            "POST",
            "uploads",
            r =>
            {
                var usual = Registry.Usual(r);
                usual.Headers["OCI-Chunk-Min-Length"] = "3000";
                return usual;
            }
        );
        var release = await given.BuiltAsync(9_500);

        await PushAsync(release, chunk: 1000);

        Registry
            .Server.Requests.First(r => r.Method == "PATCH")
            .Header("Content-Range")
            .ShouldBe("0-2999");
        Registry.Blobs[$"theaia-api {given.LayerOf(release)}"].ShouldBe(Layer(release));
    }

    [Fact]
    public async Task Where_only_a_part_of_a_chunk_was_taken_it_goes_on_behind_that()
    {
        Registry.Rule(
            r => r.Method == "PATCH" && r.Body.Length == 1000,
            r =>
            {
                r.Body = r.Body[..600];
                return Registry.Usual(r);
            },
            times: 2
        );
        var release = await given.BuiltAsync(5_000);

        await PushAsync(release, chunk: 1000);

        Registry.Blobs[$"theaia-api {given.LayerOf(release)}"].ShouldBe(Layer(release));
    }

    [Fact]
    public async Task Locations_without_a_host_and_with_a_query_are_followed()
    {
        Registry.RelativeLocations = true;
        var release = await given.BuiltAsync(5_000);

        await PushAsync(release, chunk: 1000);

        Registry.Blobs[$"theaia-api {given.LayerOf(release)}"].ShouldBe(Layer(release));
        Registry
            .Server.Requests.Where(r =>
                r.Method is "PUT" or "PATCH" && r.Path.Contains("uploads", StringComparison.Ordinal)
            )
            .ShouldAllBe(r => r.Query["_state"].StartsWith("s=u", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Layers_of_a_base_image_of_the_same_registry_are_mounted()
    {
        var release = await given.BuiltAsync();
        var based = given.Based(release, $"{Registry.Host}/base:1@sha256:{new string('0', 64)}");
        var layer = given.LayerOf(release);
        Registry.Blobs[$"base {layer}"] = Layer(release);

        (await PushAsync(based)).ShouldBe(new PushResult(2, 1));

        Registry.Blobs.Keys.ShouldContain($"theaia-api {layer}");
        Registry
            .Server.Requests.Where(r => r.Method == "POST")
            .ShouldAllBe(r => r.Query["from"] == "base");
        // a mount that was not had left an upload open, and that is used
        Registry.Count("POST", "uploads").ShouldBe(2);
    }

    [Fact]
    public async Task Where_it_may_not_be_mounted_it_is_sent()
    {
        Registry.Rule(
            r => r.Query.ContainsKey("mount"),
            _ => Reply.Error(403, "DENIED", "not yours")
        );
        var based = given.Based(await given.BuiltAsync(), $"{Registry.Host}/base");

        (await PushAsync(based)).ShouldBe(new PushResult(2, 0));
    }

    [Fact]
    public async Task Of_a_base_image_elsewhere_nothing_is_mounted()
    {
        var based = given.Based(await given.BuiltAsync(), "elsewhere.example/base:1");

        (await PushAsync(based)).ShouldBe(new PushResult(2, 0));

        Registry.Server.Requests.ShouldAllBe(r => !r.Query.ContainsKey("mount"));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public async Task A_damaged_source_is_refused_before_its_blob_is_closed(int chunk)
    {
        var release = await given.BuiltAsync();
        var layer = given.LayerOf(release);
        var path = Sandbox.Blob(given.Layout, layer);
        var bytes = await File.ReadAllBytesAsync(path, Sandbox.Cancel);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Sandbox.Cancel);

        var error = await Should.ThrowAsync<OutcomeException>(PushAsync(release, chunk));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{layer} in {given.Layout} is damaged (its content has another digest): ./build.sh DockerBuild makes it again."
        );
        Registry.Blobs.Keys.ShouldNotContain($"theaia-api {layer}");
        Registry.Manifests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_that_became_shorter_too()
    {
        var release = await given.BuiltAsync();
        var layer = given.LayerOf(release);
        await File.WriteAllTextAsync(Sandbox.Blob(given.Layout, layer), "x", Sandbox.Cancel);

        var error = await Should.ThrowAsync<OutcomeException>(PushAsync(release));

        error.Message.ShouldBe(
            $"{layer} in {given.Layout} is damaged (its content has another digest): ./build.sh DockerBuild makes it again."
        );
    }

    [Fact]
    public async Task A_source_without_its_layer_is_told()
    {
        var release = await given.BuiltAsync();
        var layer = given.LayerOf(release);
        File.Delete(Sandbox.Blob(given.Layout, layer));

        var error = await Should.ThrowAsync<OutcomeException>(PushAsync(release));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no {layer} in {given.Layout}: ./build.sh DockerBuild makes it again."
        );
    }

    [Fact]
    public async Task An_image_that_was_not_built_is_not_pushed()
    {
        var release = await given.BuiltAsync();

        var error = await Should.ThrowAsync<OutcomeException>(
            given.Client().PushAsync(given.Sandbox["nowhere"], release, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no image {release.What.Short} in {given.Sandbox["nowhere"]}: ./build.sh DockerBuild makes it."
        );
    }

    [Fact]
    public async Task Two_pushes_at_once_do_not_disturb_each_other()
    {
        var release = await given.BuiltAsync(9_000);

        var results = await Task.WhenAll(PushAsync(release, 1000), PushAsync(release, 1000));

        results.ShouldAllBe(r => r.Blobs == 2);
        Registry.Blobs[$"theaia-api {given.LayerOf(release)}"].ShouldBe(Layer(release));
        (await PushAsync(release)).ShouldBe(new PushResult(2, 2));
    }

    [Fact]
    public async Task What_was_built_for_this_machines_store_goes_under_the_registrys_name()
    {
        var release = await given.BuiltAsync();

        await PushAsync(release with { What = release.What with { Repository = "theaia-api" } });

        Registry.Manifests.Keys.ShouldBe([$"theaia-api {release.What.Digest}"]);
    }

    [Fact]
    public async Task A_provider_makes_the_repository_first_and_that_is_told()
    {
        var release = await given.BuiltAsync();
        var provider = new Provider(Registry.Host) { Made = "theaia-api was made." };
        var told = new List<string>();

        await given
            .Client(a => a with { Hosts = [new Provider("elsewhere"), provider], Told = told.Add })
            .PushAsync(given.Layout, release, Sandbox.Cancel);

        told.ShouldBe(["theaia-api was made."]);
        provider.Asked.ShouldBe([$"{Registry.Host} theaia-api"]);
    }

    public ValueTask DisposeAsync() => given.DisposeAsync();

    private byte[] Layer(Release release) =>
        File.ReadAllBytes(Sandbox.Blob(given.Layout, given.LayerOf(release)));

    private Task<PushResult> PushAsync(Release release, int chunk = 8 * 1024 * 1024) =>
        given
            .Client(a => a with { Chunk = chunk })
            .PushAsync(given.Layout, release, Sandbox.Cancel);
}
