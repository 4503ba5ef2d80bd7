using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class A_push_goes_on_where_it_broke : IAsyncDisposable
{
    private const int Chunk = 4000;
    private readonly Registered given = new();

    private StandIn Registry => given.Registry;

    [Fact]
    public async Task A_line_that_is_cut_in_a_chunk_costs_only_what_had_not_come()
    {
        var release = await given.BuiltAsync(20_000);
        var cuts = 1;
        Registry.Server.CutBody = r =>
            r.Method == "PATCH" && r.Header("Content-Range") == "4000-7999" && cuts-- > 0
                ? 1500
                : null;

        await PushAsync(release);

        IsWhole(release);
        Registry.Server.Requests.ShouldContain(r =>
            r.Method == "GET" && r.Path.Contains("uploads", StringComparison.Ordinal)
        );
        // bytes 4000 to 5499 came before the cut
        Registry.Server.Requests.ShouldContain(r => r.Header("Content-Range") == "5500-9499");
        Registry.Count("POST", "uploads").ShouldBe(2);
    }

    [Fact]
    public async Task An_upload_that_the_registry_forgot_begins_anew()
    {
        var release = await given.BuiltAsync(20_000);
        Registry.Rule(
            r => r.Method == "PATCH" && r.Header("Content-Range") == "8000-11999",
            _ =>
            {
                Registry.Uploads.Clear();
                return Reply.Of(500) with { Gone = true };
            },
            times: 1
        );

        await PushAsync(release);

        IsWhole(release);
        Registry.Server.Requests.Count(r => r.Header("Content-Range") == "0-3999").ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_no_blob_that_was_lost()
    {
        var release = await given.BuiltAsync();
        Registry.Rule("PUT", "uploads", r => Registry.Usual(r) with { Gone = true }, times: 2);

        await PushAsync(release);

        IsWhole(release);
        Registry.Count("PUT", "uploads").ShouldBe(2);
    }

    [Fact]
    public async Task A_chunk_whose_answer_was_lost_is_not_sent_twice()
    {
        var release = await given.BuiltAsync(20_000);
        Registry.Rule("PATCH", "uploads", r => Registry.Usual(r) with { Gone = true }, times: 1);

        await PushAsync(release);

        IsWhole(release);
        Registry.Server.Requests.Count(r => r.Header("Content-Range") == "0-3999").ShouldBe(1);
    }

    [Fact]
    public async Task A_registry_that_says_it_stands_elsewhere_is_believed()
    {
        var release = await given.BuiltAsync(20_000);
        var dropped = false;
        Registry.Rule(
            r => r.Method == "PATCH" && r.Header("Content-Range") == "8000-11999" && !dropped,
            r =>
            {
                // it lost the end of what it had taken
                Registry.Uploads[r.Path.Split('/')[^1]].SetLength(6000);
                dropped = true;
                return Registry.Usual(r);
            }
        );

        await PushAsync(release);

        IsWhole(release);
        Registry.Server.Requests.ShouldContain(r => r.Header("Content-Range") == "6000-9999");
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_fails_in_passing_is_tried_again(int status)
    {
        var release = await given.BuiltAsync(20_000);
        foreach (var method in (string[])["HEAD", "POST", "PATCH", "PUT", "GET"])
        {
            Registry.Rule(
                r => r.Method == method,
                _ => Reply.Error(status, "UNAVAILABLE", "soon"),
                times: 2
            );
        }

        (await PushAsync(release)).ShouldBe(new PushResult(2, 0));

        IsWhole(release);
        given.Time.Waits.Count.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task A_registry_that_loses_each_upload_is_given_up()
    {
        var release = await given.BuiltAsync(20_000);
        Registry.Rule(
            "PATCH",
            "uploads",
            _ => Reply.Error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry")
        );

        var error = await Should.ThrowAsync<OutcomeException>(PushAsync(release));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{Registry.Host} answers strangely about the upload of {given.LayerOf(release)[..19]} to theaia-api (it lost it 5 times before it was whole): see that --registry names an OCI registry."
        );
        Registry.Manifests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_registry_that_names_no_place_for_an_upload_is_told()
    {
        var release = await given.BuiltAsync();
        Registry.Rule("POST", "uploads", _ => Reply.Of(202));

        var error = await Should.ThrowAsync<OutcomeException>(PushAsync(release));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldContain(
            "(it names no location for it): see that --registry names an OCI registry."
        );
    }

    [Fact]
    public async Task A_push_that_is_cancelled_leaves_no_manifest()
    {
        var release = await given.BuiltAsync(20_000);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Sandbox.Cancel);
        Registry.Rule(
            "PATCH",
            "uploads",
            r =>
            {
                cancel.Cancel();
                return Registry.Usual(r);
            }
        );

        await Should.ThrowAsync<OperationCanceledException>(
            given
                .Client(a => a with { Chunk = Chunk })
                .PushAsync(given.Layout, release, cancel.Token)
        );

        Registry.Manifests.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => given.DisposeAsync();

    private void IsWhole(Release release)
    {
        var layer = given.LayerOf(release);
        Registry
            .Blobs[$"theaia-api {layer}"]
            .ShouldBe(File.ReadAllBytes(Sandbox.Blob(given.Layout, layer)));
        Registry.Manifests.Keys.ShouldBe([$"theaia-api {release.What.Digest}"]);
    }

    private Task<PushResult> PushAsync(Release release) =>
        given
            .Client(a => a with { Chunk = Chunk })
            .PushAsync(given.Layout, release, Sandbox.Cancel);
}
