using System.Text.Json.Nodes;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests;

public sealed class An_image_is_a_layout_that_others_read : IDisposable
{
    private const string Reader = """
        import hashlib, io, json, sys, tarfile
        root = sys.argv[1]
        def blob(d):
            data = open(f"{root}/blobs/sha256/{d['digest'][7:]}", "rb").read()
            assert len(data) == d["size"], "size"
            assert "sha256:" + hashlib.sha256(data).hexdigest() == d["digest"], "digest"
            return data
        assert json.load(open(f"{root}/oci-layout")) == {"imageLayoutVersion": "1.0.0"}
        index = json.load(open(f"{root}/index.json"))
        manifest = json.loads(blob(index["manifests"][0]))
        config = json.loads(blob(manifest["config"]))
        assert config["rootfs"]["diff_ids"] == [manifest["layers"][0]["digest"]], "diff_ids"
        for m in tarfile.open(fileobj=io.BytesIO(blob(manifest["layers"][0]))):
            print(m.name, oct(m.mode), m.uid, m.gid, m.mtime, m.size, "d" if m.isdir() else "-")
        """;

    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task Python_reads_its_layer_and_checks_every_digest()
    {
        await sandbox.BuildAsync(sandbox.Request(sandbox.Application("one")));

        var (exitCode, output) = await Sandbox.RunAsync("python3", "-c", Reader, sandbox["layout"]);

        exitCode.ShouldBe(0, output);
        output.ShouldBe(
            """
            app 0o755 0 0 0 0 d
            app/TheaIA.Api.dll 0o644 0 0 0 11 -
            app/TheaIA.Api.runtimeconfig.json 0o644 0 0 0 2 -
            app/appsettings.json 0o644 0 0 0 10 -
            app/de 0o755 0 0 0 0 d
            app/de/TheaIA.Api.resources.dll 0o644 0 0 0 5 -
            app/wwwroot-more 0o755 0 0 0 0 d
            app/wwwroot-more/a.txt 0o644 0 0 0 0 -
            app/wwwroot 0o755 0 0 0 0 d
            app/wwwroot/index.html 0o644 0 0 0 8 -

            """
        );
    }

    [Fact]
    public async Task Its_documents_say_what_it_is()
    {
        var build = await sandbox.BuildAsync(sandbox.Request(sandbox.Application("one")));

        Documents(build).MatchSnapshot();
    }

    [Fact]
    public async Task A_dirty_tree_is_said()
    {
        var request = sandbox.Request(sandbox.Application("one")) with { Dirty = true };

        var build = await sandbox.BuildAsync(request);

        build.Release.Dirty.ShouldBeTrue();
        build.Release.Name.ShouldBe("3f2c1a9+changes");
        Json(build.Release.What.Digest)["annotations"]!["com.theaia.dirty"]!
            .GetValue<string>()
            .ShouldBe("true");
    }

    [Fact]
    public async Task The_build_tells_its_release_size_and_what_to_know()
    {
        var build = await Oci.Builder.BuildAsync(
            sandbox.Request(sandbox.Application("one")) with
            {
                Repository = "team/theaia-api",
            },
            sandbox["layout"],
            Sandbox.Cancel
        );

        build.Release.ShouldBe(
            new Release(
                new Claim("team/theaia-api", build.Release.What.Digest),
                Sandbox.Commit,
                "0.1.0+3f2c1a9"
            )
            {
                LocalOnly = true,
            }
        );
        build.Note.ShouldBe("reproducible; no base: this machine only");
        build.Size.ShouldBe(
            Directory
                .GetFiles(sandbox["layout/blobs/sha256"])
                .Sum(file => new FileInfo(file).Length)
        );
        Json(build.Release.What.Digest)["annotations"]!["org.opencontainers.image.title"]!
            .GetValue<string>()
            .ShouldBe("theaia-api");
    }

    [Fact]
    public async Task Building_again_adds_nothing()
    {
        var request = sandbox.Request(sandbox.Application("one"));
        await sandbox.BuildAsync(request);
        var before = Files();

        await sandbox.BuildAsync(request);

        Files().ShouldBe(before);

        string[] Files() =>
            [
                .. Directory
                    .GetFiles(sandbox["layout"], "*", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal),
                File.ReadAllText(sandbox["layout/index.json"]),
            ];
    }

    [Fact]
    public async Task A_build_that_was_cut_off_leaves_no_index_entry()
    {
        var request = sandbox.Request(sandbox.Application("one"));

        await Should.ThrowAsync<OperationCanceledException>(
            sandbox.Builder.BuildAsync(request, sandbox["layout"], new CancellationToken(true))
        );

        File.Exists(sandbox["layout/index.json"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_its_entry_assembly_there_is_no_image()
    {
        var request = sandbox.Request(sandbox.Application("one", ("Other.dll", "")));

        var error = await Should.ThrowAsync<OutcomeException>(sandbox.BuildAsync(request));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"There is no TheaIA.Api.dll in {sandbox["one"]}: publish the service there first."
        );
        Directory.Exists(sandbox["layout"]).ShouldBeFalse();
    }

    public void Dispose() => sandbox.Dispose();

    private string Documents(ImageBuild build)
    {
        var manifest = Json(build.Release.What.Digest);
        var config = Text(manifest["config"]!["digest"]!.GetValue<string>());
        return string.Join(
            "\n",
            File.ReadAllText(sandbox["layout/oci-layout"]),
            File.ReadAllText(sandbox["layout/index.json"]),
            Text(build.Release.What.Digest),
            config
        );
    }

    private JsonNode Json(string digest) => JsonNode.Parse(Text(digest))!;

    private string Text(string digest) => File.ReadAllText(Sandbox.Blob(sandbox["layout"], digest));
}
