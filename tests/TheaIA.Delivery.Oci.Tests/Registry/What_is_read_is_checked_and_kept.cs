using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class What_is_read_is_checked_and_kept : IAsyncDisposable
{
    private readonly Registered given = new();

    private StandIn Registry => given.Registry;

    private string Kept => given.Sandbox["state/store/blobs/sha256"];

    [Fact]
    public async Task A_blob_is_read_from_the_registry_once()
    {
        var release = await given.PushedAsync();
        var layer = given.LayerOf(release);

        (await ReadAsync(layer)).ShouldBe(Original(layer));
        await Registry.Server.DisposeAsync();

        (await ReadAsync(layer)).ShouldBe(Original(layer));
        (await File.ReadAllBytesAsync(Path.Combine(Kept, layer[7..]), Sandbox.Cancel)).ShouldBe(
            Original(layer)
        );
        Directory.GetFiles(given.Sandbox["state/store/.reading"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_manifest_is_too_and_this_machines_store_reads_both()
    {
        var release = await given.PushedAsync();
        await ReadAsync(release.What.Digest);
        await ReadAsync(given.LayerOf(release));

        var store = Oci.Store(given.Sandbox["state"]);
        foreach (var digest in (string[])[release.What.Digest, given.LayerOf(release)])
        {
            await using var blob = await store.ReadAsync("theaia-api", digest, Sandbox.Cancel);
            (await BytesAsync(blob)).ShouldBe(Original(digest));
        }
    }

    [Fact]
    public async Task What_is_damaged_in_the_store_is_read_from_the_registry_and_mended()
    {
        var release = await given.PushedAsync();
        var layer = given.LayerOf(release);
        await ReadAsync(layer);
        await File.WriteAllTextAsync(Path.Combine(Kept, layer[7..]), "damaged", Sandbox.Cancel);

        (await ReadAsync(layer)).ShouldBe(Original(layer));

        (await File.ReadAllBytesAsync(Path.Combine(Kept, layer[7..]), Sandbox.Cancel)).ShouldBe(
            Original(layer)
        );
    }

    [Fact]
    public async Task What_is_damaged_in_the_registry_is_told_at_its_end_and_not_kept()
    {
        var release = await given.PushedAsync();
        var layer = given.LayerOf(release);
        Registry.Blobs[$"theaia-api {layer}"][100] ^= 1;

        var error = await Should.ThrowAsync<InvalidDataException>(ReadAsync(layer));

        error.Message.ShouldBe(
            $"{layer} in {Registry.Host} is damaged (its content has another digest): delete it there, then push it again."
        );
        Directory.GetFiles(Kept).ShouldBeEmpty();
        Directory.GetFiles(given.Sandbox["state/store/.reading"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_manifest_that_is_damaged_is_told()
    {
        var release = await given.PushedAsync();
        var key = $"theaia-api {release.What.Digest}";
        Registry.Manifests[key] = (
            [.. Registry.Manifests[key].Bytes, 32],
            Registry.Manifests[key].Type
        );

        var error = await Should.ThrowAsync<OutcomeException>(ReadAsync(release.What.Digest));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{release.What.Digest} in {Registry.Host} is damaged (its content has another digest): delete it there, then push it again."
        );
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:../../../etc/passwd")]
    [InlineData("3f2c1a9")]
    public async Task What_is_nowhere_is_told_when_it_is_opened(string digest)
    {
        await given.PushedAsync();

        var error = await Should.ThrowAsync<FileNotFoundException>(
            given.Client().ReadAsync(Registry.Repository, digest, Sandbox.Cancel)
        );

        error.Message.ShouldBe(
            $"There is no {digest} of theaia-api in {Registry.Host}: push it again."
        );
    }

    [Fact]
    public async Task What_is_opened_only_or_half_read_is_not_kept()
    {
        var release = await given.PushedAsync(9_000);
        var layer = given.LayerOf(release);

        await using (await given.Client().ReadAsync(Registry.Repository, layer, Sandbox.Cancel)) { }
        Directory.Exists(given.Sandbox["state/store"]).ShouldBeFalse();
        await using (
            var half = await given.Client().ReadAsync(Registry.Repository, layer, Sandbox.Cancel)
        )
        {
            await half.ReadExactlyAsync(new byte[10], Sandbox.Cancel);
        }

        Directory.GetFiles(given.Sandbox["state/store/.reading"]).ShouldBeEmpty();
        Directory.GetFiles(Kept).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_killed_run_left_goes_after_half_a_day()
    {
        var release = await given.PushedAsync();
        var folder = Directory.CreateDirectory(given.Sandbox["state/store/.reading"]).FullName;
        var now = given.Time.GetUtcNow().UtcDateTime;
        foreach (var (name, age) in ((string, int)[])[("old", 13), ("new", 11)])
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), "half", Sandbox.Cancel);
            File.SetLastWriteTimeUtc(Path.Combine(folder, name), now.AddHours(-age));
        }

        await ReadAsync(given.LayerOf(release));

        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["new"]);
    }

    [Fact]
    public async Task A_store_that_cannot_keep_it_is_told()
    {
        var release = await given.PushedAsync();
        var layer = given.LayerOf(release);
        Directory.CreateDirectory(given.Sandbox["state/store"]);
        await File.WriteAllTextAsync(given.Sandbox["state/store/.reading"], "", Sandbox.Cancel);

        var error = await Should.ThrowAsync<OutcomeException>(ReadAsync(layer));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldStartWith($"{layer} cannot be kept in this machine's store (");
        error.Message.ShouldEndWith(
            $"): see that {given.Sandbox["state/store"]} can be written and has space, then try again."
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_line_that_breaks_is_taken_up_where_it_broke(bool ranges)
    {
        var release = await given.PushedAsync(30_000);
        var layer = given.LayerOf(release);
        if (!ranges)
        {
            Registry.Rule(
                r => r.Method == "GET" && r.Header("Range") is not null,
                _ => Reply.Bytes(200, Registry.Blobs[$"theaia-api {layer}"])
            );
        }
        var cut = 9_000;
        Registry.RuleFirst(
            r =>
                r.Method == "GET"
                && r.Path.EndsWith($"blobs/{layer}", StringComparison.Ordinal)
                && cut > 0,
            r =>
            {
                var usual = ranges
                    ? Registry.Usual(r)
                    : Reply.Bytes(200, Registry.Blobs[$"theaia-api {layer}"]);
                var reply = usual with { CutAfter = Math.Min(cut, usual.Body.Length) };
                cut -= 3_000;
                return reply;
            }
        );

        (await ReadAsync(layer)).ShouldBe(Original(layer));

        var wanted = Registry
            .Server.Requests.Select(r => r.Header("Range"))
            .OfType<string>()
            .ToList();
        wanted.Count.ShouldBe(3);
        wanted[0].ShouldBe("bytes=9000-");
    }

    [Fact]
    public async Task A_line_that_always_breaks_is_given_up()
    {
        var release = await given.PushedAsync(9_000);
        var layer = given.LayerOf(release);
        Registry.Rule("GET", $"blobs/{layer}", r => Registry.Usual(r) with { CutAfter = 0 });

        var error = await Should.ThrowAsync<OutcomeException>(ReadAsync(layer));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldMatch(
            $"^{Registry.Host} does not answer \\(.+\\), asked \\d+ times for {layer} of theaia-api: see that it runs and that --registry names it, then try again\\.$"
        );
    }

    [Fact]
    public async Task Its_storage_elsewhere_is_not_shown_the_login()
    {
        var release = await given.PushedAsync();
        var layer = given.LayerOf(release);
        await using var storage = new WebServer(_ => Reply.Bytes(200, Original(layer)));
        Registry.Rule(
            r => r.Header("Authorization") is null,
            _ => Reply.Of(401, "", ("WWW-Authenticate", "Basic realm=\"r\""))
        );
        Registry.Rule(
            "GET",
            $"blobs/{layer}",
            _ =>
                Reply.Of(307, "", ("Location", $"http://{storage.Host}/bucket/{layer}?signature=x"))
        );
        given.LoggedIn("user", "correct-horse");

        (await ReadAsync(layer)).ShouldBe(Original(layer));

        storage.Requests.Single().Header("Authorization").ShouldBeNull();
        storage.Requests.Single().Target.ShouldBe($"/bucket/{layer}?signature=x");
    }

    public ValueTask DisposeAsync() => given.DisposeAsync();

    private byte[] Original(string digest) => File.ReadAllBytes(Sandbox.Blob(given.Layout, digest));

    private async Task<byte[]> ReadAsync(string digest)
    {
        await using var blob = await given
            .Client()
            .ReadAsync(Registry.Repository, digest, Sandbox.Cancel);
        return await BytesAsync(blob);
    }

    private static async Task<byte[]> BytesAsync(Stream blob)
    {
        var bytes = new MemoryStream();
        await blob.CopyToAsync(bytes, Sandbox.Cancel);
        return bytes.ToArray();
    }
}
