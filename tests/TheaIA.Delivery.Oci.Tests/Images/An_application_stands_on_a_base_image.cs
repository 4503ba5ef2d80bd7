using System.Text.Json.Nodes;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Images;

public sealed class An_application_stands_on_a_base_image : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly BaseFolder folder;

    public An_application_stands_on_a_base_image() => folder = new BaseFolder(sandbox["base"]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_layer_lies_on_those_of_the_base_which_stay_as_they_are(bool docker)
    {
        var on = folder.Tiny(docker: docker);

        var build = await BuildAsync(on);

        var below = Json(sandbox["base"], on)["layers"]!.AsArray();
        var layers = Manifest(build)["layers"]!.AsArray();
        Texts(layers, "digest")
            .ShouldBe([.. Texts(below, "digest"), layers[^1]!["digest"]!.GetValue<string>()]);
        Texts(layers, "mediaType")
            .ShouldBe([BaseFolder.Tar + "+gzip", BaseFolder.Tar, BaseFolder.Tar]);
        layers[^1]!["annotations"]!["com.theaia.layer"]!
            .GetValue<string>()
            .ShouldBe("dotnet-portable");
        foreach (var digest in Texts(layers, "digest"))
        {
            BaseFolder
                .DigestOf(File.ReadAllBytes(Sandbox.Blob(sandbox["layout"], digest)))
                .ShouldBe(digest);
        }
        build.Size.ShouldBe(
            Directory
                .GetFiles(sandbox["layout/blobs/sha256"])
                .Sum(file => new FileInfo(file).Length)
        );
    }

    [Fact]
    public async Task Its_configuration_is_the_bases_with_another_start()
    {
        var on = folder.Tiny(config =>
        {
            config["author"] = "somebody";
            config["os.version"] = "12";
            config["container_config"] = new JsonObject { ["Hostname"] = "9f1" };
            config["docker_version"] = "20.10";
            var container = config["config"]!.AsObject();
            container["Env"]!.AsArray().Add("A=again");
            container["OnBuild"] = new JsonArray("RUN nothing");
            container["Hostname"] = "";
            container["User"] = "root";
            container["Volumes"] = null;
            container["Healthcheck"] = new JsonObject { ["Interval"] = 10_000_000_000 };
        });

        var build = await BuildAsync(on);

        Config(build).ToJsonString(Indented).MatchSnapshot();
    }

    [Fact]
    public async Task Where_the_base_tells_no_history_there_is_none()
    {
        var on = folder.Tiny(config => config.Remove("history"));

        var build = await BuildAsync(on);

        Config(build)["history"].ShouldBeNull();
        Config(build)["rootfs"]!["diff_ids"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_base_without_a_start_of_its_own_gets_ours()
    {
        var on = folder.Tiny(config => config.Remove("config"));

        var build = await BuildAsync(on);

        var container = Config(build)["config"]!;
        container["Entrypoint"]!.ToJsonString().ShouldBe("[\"dotnet\",\"TheaIA.Api.dll\"]");
        container["Env"]!
            .AsArray()
            .ShouldHaveSingleItem()!
            .GetValue<string>()
            .ShouldBe("ASPNETCORE_URLS=http://+:8000");
    }

    [Fact]
    public async Task Its_manifest_tells_what_it_stands_on_and_it_may_go_anywhere()
    {
        var on = folder.Tiny();
        var under = OciBase.Parse($"127.0.0.1:5000/team/base:1@{on}", At);
        var request = sandbox.Request(sandbox.Application("one")) with
        {
            Base = under,
            Source = "https://example.org/theaia.git",
        };

        var build = await sandbox.BuildAsync(request);

        var annotations = Manifest(build)["annotations"]!;
        Text(annotations, "org.opencontainers.image.base.name")
            .ShouldBe("127.0.0.1:5000/team/base:1");
        Text(annotations, "org.opencontainers.image.base.digest").ShouldBe(on);
        Text(annotations, "org.opencontainers.image.source")
            .ShouldBe("https://example.org/theaia.git");
        Text(annotations, "org.opencontainers.image.revision").ShouldBe(Sandbox.Commit);
        Text(annotations, "org.opencontainers.image.version").ShouldBe("0.1.0+3f2c1a9");
        Text(annotations, "org.opencontainers.image.created").ShouldBe("2026-11-24T13:02:00Z");
        annotations["com.theaia.local-only"].ShouldBeNull();
        build.Release.LocalOnly.ShouldBeFalse();
        build.Note.ShouldBe($"reproducible; on {on[..19]}");
        build.Warnings.ShouldBeNull();

        IRegistry At(string repository)
        {
            repository.ShouldBe("127.0.0.1:5000/team/base");
            return FolderBase(on).From;
        }
    }

    [Fact]
    public async Task An_index_stands_for_its_linux_amd64_image()
    {
        var image = folder.Tiny();
        var index = folder.Index(("linux/arm64", "sha256:0"), ("linux/amd64", image));

        var build = await BuildAsync(index);

        Text(Manifest(build)["annotations"]!, "org.opencontainers.image.base.digest")
            .ShouldBe(index);
        Texts(Manifest(build)["layers"]!.AsArray(), "digest")
            .Take(2)
            .ShouldBe(Texts(Json(sandbox["base"], image)["layers"]!.AsArray(), "digest"));
    }

    [Fact]
    public async Task Building_again_reads_no_layer_of_the_base_again()
    {
        var on = folder.Tiny();
        var first = await BuildAsync(on);
        foreach (var layer in Texts(Json(sandbox["base"], on)["layers"]!.AsArray(), "digest"))
        {
            File.Delete(folder.PathOf(layer));
        }

        (await BuildAsync(on)).Release.ShouldBe(first.Release);
    }

    [Fact]
    public async Task A_drill_can_copy_it()
    {
        var request = Request(folder.Tiny());
        var release = await sandbox.PushedAsync(request);

        var copy = await sandbox.Store.FailingCopyAsync(release, Sandbox.Cancel);

        copy.Drill.ShouldBeTrue();
        var layers = Json(sandbox.StoreRoot, copy.What.Digest)["layers"]!.AsArray();
        Texts(layers, "digest")
            .Take(2)
            .ShouldBe(Texts(Manifest(release)["layers"]!.AsArray(), "digest").Take(2));
        layers.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_damaged_layer_of_the_base_is_not_copied()
    {
        var on = folder.Tiny();
        var layer = Json(sandbox["base"], on)["layers"]![0]!["digest"]!.GetValue<string>();
        File.AppendAllText(folder.PathOf(layer), "more");

        var error = await Should.ThrowAsync<OutcomeException>(BuildAsync(on));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{layer} in {folder.Root} is damaged (its content has another digest): fetch the base image again."
        );
        File.Exists(sandbox["layout/index.json"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_layer_of_the_base_that_is_not_there_is_named()
    {
        var on = folder.Tiny();
        var layer = Json(sandbox["base"], on)["layers"]![1]!["digest"]!.GetValue<string>();
        File.Delete(folder.PathOf(layer));

        var error = await Should.ThrowAsync<OutcomeException>(BuildAsync(on));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"The base image {folder.Root}@{on} lacks its layer {layer} in {folder.Root}: push the base image there again."
        );
    }

    [Fact]
    public async Task A_layer_of_another_size_than_told_is_named()
    {
        var on = folder.Tiny();
        var manifest = Json(sandbox["base"], on);
        manifest["layers"]![1]!["size"] = 7;
        var layer = manifest["layers"]![1]!["digest"]!.GetValue<string>();
        var size = new FileInfo(folder.PathOf(layer)).Length;
        on = folder.Add(manifest);

        var error = await Should.ThrowAsync<OutcomeException>(BuildAsync(on));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"The base image {folder.Root}@{on} tells of 7 bytes for its layer {layer}, which has {size}: push the base image there again."
        );
    }

    public void Dispose() => sandbox.Dispose();

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
    };

    private ImageRequest Request(string on) =>
        sandbox.Request(sandbox.Application("one")) with
        {
            Base = FolderBase(on),
        };

    private BaseImage FolderBase(string on) =>
        OciBase.Parse($"{folder.Root}@{on}", _ => throw new InvalidOperationException());

    private Task<ImageBuild> BuildAsync(string on) => sandbox.BuildAsync(Request(on));

    private JsonNode Manifest(ImageBuild build) => Manifest(build.Release);

    private JsonNode Manifest(Release release) => Json(sandbox["layout"], release.What.Digest);

    private JsonNode Config(ImageBuild build) =>
        Json(sandbox["layout"], Text(Manifest(build)["config"]!, "digest"));

    private static JsonNode Json(string layout, string digest) =>
        JsonNode.Parse(File.ReadAllBytes(Sandbox.Blob(layout, digest)))!;

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static IEnumerable<string> Texts(JsonArray array, string name) =>
        array.Select(e => Text(e!, name)).ToList();
}
