using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class A_release_is_found_in_a_registry : IAsyncDisposable
{
    private const string Index = "application/vnd.oci.image.index.v1+json";
    private static readonly string Other = new('b', 40);
    private readonly Registered given = new();

    private StandIn Registry => given.Registry;

    [Fact]
    public async Task By_digest_commit_version_and_tag()
    {
        var release = await TaggedAsync(Sandbox.Commit);
        await TaggedAsync(Other);
        var digest = release.What.Digest;
        string[] references =
        [
            digest,
            digest[7..],
            release.What.Short,
            digest[7..14],
            digest[7..].ToUpperInvariant(),
            Sandbox.Commit,
            "3f2c1a9",
            "3F2C1A9D",
            "0.1.0+3f2c1a9",
            $"git-{Sandbox.Commit}",
        ];

        foreach (var reference in references)
        {
            (await FindAsync(reference)).ShouldBe(release, reference);
        }
        release.What.Repository.ShouldBe(Registry.Repository);
        release.Commit.ShouldBe(Sandbox.Commit);
    }

    [Theory]
    [InlineData("sha256:00000000")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:")]
    [InlineData("3f2c1a")]
    [InlineData("ccccccc")]
    [InlineData("0.1.0")]
    [InlineData("0.2.0+3f2c1a9")]
    [InlineData("3f2c1a9+changes")]
    [InlineData("git-3f2c1a9")]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    public async Task What_names_nothing_finds_nothing(string reference)
    {
        await TaggedAsync(Sandbox.Commit);

        (await FindAsync(reference)).ShouldBeNull();
    }

    [Fact]
    public async Task A_whole_commit_needs_no_list_of_tags()
    {
        var release = await TaggedAsync(Sandbox.Commit);

        (await FindAsync(Sandbox.Commit)).ShouldBe(release);

        Registry.Count("GET", "tags/list").ShouldBe(0);
    }

    [Fact]
    public async Task On_whatever_page_its_tag_is_listed()
    {
        Registry.PageSize = 2;
        foreach (var i in Enumerable.Range(0, 5))
        {
            await TaggedAsync(new string((char)('0' + i), 40));
        }
        var release = await TaggedAsync(Other);

        (await FindAsync("bbbbbbb")).ShouldBe(release);

        Registry.Count("GET", "tags/list").ShouldBe(3);
    }

    [Fact]
    public async Task Pages_that_lead_back_to_each_other_end()
    {
        await TaggedAsync(Sandbox.Commit);
        Registry.Rule(
            "GET",
            "tags/list",
            r =>
                Reply.Json(
                    200,
                    new { tags = new[] { "x" } },
                    ("Link", $"<{r.Target}>; rel=\"next\"")
                )
        );

        var error = await Should.ThrowAsync<OutcomeException>(FindAsync("bbbbbbb"));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{Registry.Host} answers strangely about the tags of theaia-api (its pages lead back to each other): see that --registry names an OCI registry."
        );
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("null")]
    public async Task A_list_that_is_none_is_told(string text)
    {
        Registry.Rule("GET", "tags/list", _ => Reply.Of(200, text));

        var error = await Should.ThrowAsync<OutcomeException>(FindAsync("bbbbbbb"));

        error.Message.ShouldBe(
            $"{Registry.Host} answers strangely about the tags of theaia-api (it is not what was asked for): see that --registry names an OCI registry."
        );
    }

    [Fact]
    public async Task No_tags_at_all_may_be_null()
    {
        Registry.Rule(
            "GET",
            "tags/list",
            _ => Reply.Of(200, "{\"name\":\"theaia-api\",\"tags\":null}")
        );

        (await FindAsync("bbbbbbb")).ShouldBeNull();
    }

    [Fact]
    public async Task A_repository_that_is_not_there_has_none()
    {
        Registry.Rule(_ => true, _ => Reply.Error(404, "NAME_UNKNOWN", "not known"));

        foreach (var reference in (string[])["bbbbbbb", "git-1", $"sha256:{new string('0', 64)}"])
        {
            (await FindAsync(reference)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Several_that_are_meant_are_named()
    {
        var one = await TaggedAsync("bbbbbbb1" + new string('0', 32));
        var two = await TaggedAsync("bbbbbbb2" + new string('0', 32));

        var error = await Should.ThrowAsync<OutcomeException>(FindAsync("bbbbbbb"));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"'bbbbbbb' names 2 releases of {Registry.Repository}: {one.What.Short} (bbbbbbb), {two.What.Short} (bbbbbbb). Name one by its digest."
        );
    }

    [Fact]
    public async Task A_tag_that_names_another_commit_than_its_image_is_not_believed()
    {
        var release = await TaggedAsync(Sandbox.Commit);
        Registry.Tags[$"theaia-api git-{Other}"] = release.What.Digest;

        (await FindAsync("bbbbbbb")).ShouldBeNull();
        (await FindAsync("3f2c1a9")).ShouldBe(release);
    }

    [Fact]
    public async Task An_index_is_no_release()
    {
        Put("latest", "{\"schemaVersion\":2,\"manifests\":[]}", Index);

        var error = await Should.ThrowAsync<OutcomeException>(FindAsync("latest"));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"latest of {Registry.Repository} is an index of images for several platforms, and a release is one image: name one of them by its digest."
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("no JSON")]
    public async Task What_is_no_image_is_no_release(string text)
    {
        Put("latest", text, "application/json");

        var error = await Should.ThrowAsync<OutcomeException>(FindAsync("latest"));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"latest of {Registry.Repository} is no image: name a release by its digest, commit or version."
        );
    }

    [Fact]
    public async Task A_foreign_image_has_no_commit()
    {
        var digest = Put(
            "latest",
            "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"sha256:1\",\"size\":1},\"layers\":[]}",
            "application/vnd.docker.distribution.manifest.v2+json"
        );

        (await FindAsync("latest")).ShouldBe(
            new Release(new Claim(Registry.Repository, digest), "", "")
        );
    }

    [Fact]
    public async Task A_registry_that_lies_about_a_digest_is_told()
    {
        var release = await TaggedAsync(Sandbox.Commit);
        var other = $"sha256:{new string('0', 64)}";
        Registry.Rule(
            "GET",
            "manifests/git-",
            r =>
            {
                var usual = Registry.Usual(r);
                usual.Headers["Docker-Content-Digest"] = other;
                return usual;
            }
        );

        var error = await Should.ThrowAsync<OutcomeException>(FindAsync(Sandbox.Commit));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{Registry.Host} says that the tag git-{Sandbox.Commit} of theaia-api is {other}, and it is {release.What.Digest}: do not deploy from it before somebody knows why."
        );
    }

    [Fact]
    public async Task It_asks_the_registry_even_for_what_this_machine_keeps()
    {
        var release = await TaggedAsync(Sandbox.Commit);
        await using (
            var kept = await given
                .Client()
                .ReadAsync(Registry.Repository, release.What.Digest, Sandbox.Cancel)
        )
        {
            await kept.CopyToAsync(Stream.Null, Sandbox.Cancel);
        }
        Registry.Manifests.Clear();

        (await FindAsync(release.What.Digest)).ShouldBeNull();
    }

    public ValueTask DisposeAsync() => given.DisposeAsync();

    private Task<Release?> FindAsync(string reference) =>
        given.Client().FindAsync(Registry.Repository, reference, Sandbox.Cancel);

    private async Task<Release> TaggedAsync(string commit)
    {
        var release = await given.PushedAsync(commit: commit);
        await given.Client().TagAsync(release, $"git-{commit}", Sandbox.Cancel);
        return release;
    }

    private string Put(string tag, string text, string type)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var digest = StandIn.DigestOf(bytes);
        Registry.Manifests[$"theaia-api {digest}"] = (bytes, type);
        Registry.Tags[$"theaia-api {tag}"] = digest;
        return digest;
    }
}
