using System.Text.Json;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class What_refers_to_a_digest_is_found : IAsyncDisposable
{
    private const string Index = "application/vnd.oci.image.index.v1+json";
    private static readonly string Subject = $"sha256:{new string('5', 64)}";
    private readonly Registered given = new();

    private StandIn Registry => given.Registry;

    [Theory]
    [InlineData(null, "a", "b", "c")]
    [InlineData("type/b", "b")]
    public async Task By_the_API_page_by_page(string? type, params string[] expected)
    {
        Registry.Rule(
            "GET",
            "referrers",
            r =>
                r.Query.ContainsKey("page")
                    ? Reply.Of(200, Listing("c"), ("Content-Type", Index))
                    : Reply.Of(
                        200,
                        Listing("a", "b"),
                        ("Content-Type", Index),
                        ("Link", $"<{r.Path}?page=2>; rel=\"next\"")
                    )
        );

        (await FindAsync(type)).ShouldBe(expected);
        Registry.Server.Requests.First().Query.GetValueOrDefault("artifactType").ShouldBe(type);
    }

    [Theory]
    [InlineData(null, "a", "b")]
    [InlineData("type/b", "b")]
    public async Task By_the_tag_where_there_is_no_API(string? type, params string[] expected)
    {
        Tag(Listing("a", "b"));

        (await FindAsync(type)).ShouldBe(expected);
    }

    [Fact]
    public async Task By_the_tag_where_any_address_gets_a_page_for_browsers()
    {
        Tag(Listing("a"));
        Registry.Rule(
            "GET",
            "referrers",
            _ => Reply.Of(200, "<html>", ("Content-Type", "text/html"))
        );

        (await FindAsync(null)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Nothing_refers_to_it() => (await FindAsync(null)).ShouldBeEmpty();

    [Fact]
    public async Task An_image_under_that_tag_lists_nothing()
    {
        Tag("{\"config\":{\"mediaType\":\"x\",\"digest\":\"sha256:1\",\"size\":1},\"layers\":[]}");

        (await FindAsync(null)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_and_manifests_are_had_as_they_are()
    {
        Tag(Listing("a"));
        var client = given.Client();

        (await client.TagsAsync(Registry.Repository, Sandbox.Cancel)).ShouldBe([
            Subject.Replace(':', '-'),
        ]);
        var manifest = await client.ManifestAsync(
            Registry.Repository,
            Subject.Replace(':', '-'),
            Sandbox.Cancel
        );
        manifest!.MediaType.ShouldBe(Index);
        manifest.Digest.ShouldBe(StandIn.DigestOf(manifest.Bytes));
        (await client.ManifestAsync(Registry.Repository, "none", Sandbox.Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_small_blob_is_had_whole_and_never_from_the_store()
    {
        byte[] bytes = [1, 2, 3];
        var digest = StandIn.DigestOf(bytes);
        Registry.Blobs[$"theaia-api {digest}"] = bytes;
        var client = given.Client();

        (await client.BytesAsync(Registry.Repository, digest, Sandbox.Cancel)).ShouldBe(bytes);

        Registry.Blobs.Clear();
        await Should.ThrowAsync<FileNotFoundException>(
            client.BytesAsync(Registry.Repository, digest, Sandbox.Cancel)
        );
        Directory.Exists(given.Sandbox["state/store"]).ShouldBeFalse();
    }

    public ValueTask DisposeAsync() => given.DisposeAsync();

    private async Task<IEnumerable<string>> FindAsync(string? type) =>
        (
            await given.Client().ReferrersAsync(Registry.Repository, Subject, type, Sandbox.Cancel)
        ).Select(r => r.Annotations!["name"]);

    private static string Listing(params string[] names) =>
        JsonSerializer.Serialize(
            new
            {
                schemaVersion = 2,
                mediaType = Index,
                manifests = names.Select(name => new
                {
                    mediaType = "application/vnd.oci.image.manifest.v1+json",
                    digest = $"sha256:{name}",
                    size = 1,
                    artifactType = $"type/{name}",
                    annotations = new { name },
                }),
            }
        );

    private void Tag(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var digest = StandIn.DigestOf(bytes);
        Registry.Manifests[$"theaia-api {digest}"] = (bytes, Index);
        Registry.Tags[$"theaia-api {Subject.Replace(':', '-')}"] = digest;
    }
}
