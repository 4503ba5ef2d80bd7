using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Images;

public sealed class An_engines_image_is_packed_again : IDisposable
{
    private const string Morning = "2026-11-28T06:00:00.123456789Z";
    private const string Evening = "2026-11-28T21:00:00.987654321Z";
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task As_one_image_that_says_what_it_is()
    {
        var saved = Two(Morning);

        var build = await RepackAsync(saved.End(Morning));

        string.Join(
                "\n",
                Json(build.Release.What.Digest).ToJsonString(Indented),
                Config(build).ToJsonString(Indented)
            )
            .MatchSnapshot();
        build.Release.ShouldBe(
            new Release(
                new Claim("theaia-api", build.Release.What.Digest),
                Sandbox.Commit,
                "0.1.0+3f2c1a9"
            )
        );
    }

    [Fact]
    public async Task With_the_same_digest_whatever_the_engines_clock()
    {
        var morning = await RepackAsync(Two(Morning).End(Morning, SameBase));
        var evening = await RepackAsync(Two(Evening).End(Evening, SameBase), "evening");

        evening.Release.ShouldBe(morning.Release);
        evening.Size.ShouldBe(morning.Size);
    }

    /// <summary>What a base tells of itself is not of this build's clock.</summary>
    private static void SameBase(JsonObject config) =>
        config["history"]![0]!["created"] = "2026-01-02T03:04:05Z";

    [Fact]
    public async Task And_another_file_gives_another()
    {
        var morning = await RepackAsync(Two(Morning).End(Morning));
        var other = new SavedArchive()
            .Layer(BaseFolder.Layer("etc/base", "the base").Bytes)
            .Layer(Layer("app/x.dll", "another program", Morning));

        var build = await RepackAsync(other.End(Morning), "other");

        build.Release.What.Digest.ShouldNotBe(morning.Release.What.Digest);
    }

    [Fact]
    public async Task The_bases_layers_stay_as_they_are_and_ours_have_the_commits_time()
    {
        var saved = Two(Morning);

        var build = await RepackAsync(saved.End(Morning));

        var layers = Layers(build);
        layers[0].ShouldBe(saved.DiffIds[0]);
        layers[1].ShouldNotBe(saved.DiffIds[1]);
        Times(layers[1]).ShouldBe([DateTimeOffset.Parse("2026-11-24T13:02:00Z")]);
        Config(build)["rootfs"]!["diff_ids"]!
            .AsArray()
            .Select(d => d!.GetValue<string>())
            .ShouldBe(layers);
        Config(build)["history"]!
            .AsArray()
            .Select(h => h!["created"]!.GetValue<string>())
            .ShouldBe([Morning, "2026-11-24T13:02:00Z", "2026-11-24T13:02:00Z"]);
    }

    [Fact]
    public async Task Nothing_is_left_of_the_layers_as_the_engine_had_them()
    {
        var build = await RepackAsync(Two(Morning).End(Morning));

        Directory
            .GetFiles(sandbox["layout/blobs/sha256"])
            .Select(f => "sha256:" + Path.GetFileName(f))
            .ShouldBe(
                [
                    .. Layers(build),
                    build.Release.What.Digest,
                    Json(build.Release.What.Digest)["config"]!["digest"]!.GetValue<string>(),
                ],
                ignoreOrder: true
            );
        build.Size.ShouldBe(
            Directory
                .GetFiles(sandbox["layout/blobs/sha256"])
                .Sum(file => new FileInfo(file).Length)
        );
    }

    [Fact]
    public async Task What_another_image_has_there_stays()
    {
        var ours = Layer("app/x.dll", "the program", Morning);
        var first = new SavedArchive().Layer(ours);
        // to the first image it is the base's, so it keeps its layer as it was
        await RepackAsync(first.End(Morning), baseLayers: first.DiffIds);

        await RepackAsync(new SavedArchive().Layer(ours).End(Morning), baseLayers: []);

        File.Exists(Sandbox.Blob(sandbox["layout"], first.DiffIds[0])).ShouldBeTrue();
    }

    [Fact]
    public async Task Layers_that_an_engine_saves_in_gzip_are_stored_plain()
    {
        var plain = Two(Morning);
        var packed = new SavedArchive()
            .Layer(BaseFolder.Layer("etc/base", "the base").Bytes, gzip: true)
            .Layer(Layer("app/x.dll", "the program", Morning), gzip: true);

        var first = await RepackAsync(plain.End(Morning));

        (await RepackAsync(packed.End(Morning), "other")).Release.ShouldBe(first.Release);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Large_layers_and_one_that_is_used_twice(bool gzip)
    {
        var large = Layer("app/x.dll", new string('x', 3 << 20), Morning);
        var saved = new SavedArchive()
            .Layer(large, gzip)
            .Layer(BaseFolder.Layer("etc/between", "").Bytes)
            .LayerAgain(0);

        var build = await RepackAsync(saved.End(Morning), baseLayers: []);

        var layers = Layers(build);
        layers.Count.ShouldBe(3);
        layers[2].ShouldBe(layers[0]);
        Times(layers[0]).ShouldBe([DateTimeOffset.Parse("2026-11-24T13:02:00Z")]);
    }

    [Fact]
    public async Task It_tells_the_base_that_was_asked_for_and_a_dirty_tree()
    {
        var folder = new BaseFolder(sandbox["base"]);
        var on = folder.Tiny();
        var request = Request() with
        {
            Base = OciBase.Parse($"{folder.Root}@{on}", _ => sandbox.Store),
            Dirty = true,
        };

        var build = await SavedImage.RepackAsync(
            Two(Morning).End(Morning),
            request,
            [],
            sandbox["layout"],
            Sandbox.Cancel
        );

        var annotations = Json(build.Release.What.Digest)["annotations"]!;
        annotations["org.opencontainers.image.base.digest"]!.GetValue<string>().ShouldBe(on);
        annotations["org.opencontainers.image.base.name"].ShouldBeNull();
        build.Release.Dirty.ShouldBeTrue();
    }

    public static TheoryData<string, Func<Stream>> Broken =>
        new()
        {
            {
                "a layer is not what the configuration tells of it",
                () =>
                    Two(Morning).End(Morning, c => c["rootfs"]!["diff_ids"]![1] = "sha256:another")
            },
            {
                "there is no manifest.json in it",
                () => new SavedArchive { Manifest = _ => null }.End(Morning)
            },
            {
                "its manifest.json does not name one image",
                () => new SavedArchive { Manifest = _ => [] }.End(Morning)
            },
            {
                "there is no gone/layer.tar in it",
                () =>
                    new SavedArchive
                    {
                        Manifest = m =>
                        {
                            m[0]!["Layers"] = new JsonArray("gone/layer.tar");
                            return m;
                        },
                    }.End(Morning)
            },
            {
                "it has no rootfs.diff_ids",
                () => new SavedArchive().End(Morning, c => c.Remove("rootfs"))
            },
            {
                "it ends within a block",
                () => new SavedArchive().Layer(new byte[] { 1, 2, 3 }).End(Morning)
            },
        };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public async Task A_broken_archive_is_no_image(string why, Func<Stream> archive)
    {
        var error = await Should.ThrowAsync<OutcomeException>(
            RepackAsync(archive(), baseLayers: [])
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"What the Docker engine saved of theaia-api is no whole image ({why}): build it again."
        );
        File.Exists(sandbox["layout/index.json"]).ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_was_cut_off_is_no_image()
    {
        var whole = new MemoryStream();
        await Two(Morning).End(Morning).CopyToAsync(whole, Sandbox.Cancel);

        var error = await Should.ThrowAsync<OutcomeException>(
            RepackAsync(new MemoryStream(whole.ToArray()[..1000]))
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldStartWith(
            "What the Docker engine saved of theaia-api is no whole image ("
        );
    }

    public void Dispose() => sandbox.Dispose();

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
    };

    private static SavedArchive Two(string clock) =>
        new SavedArchive()
            .File("repositories", "{}"u8.ToArray())
            .Layer(BaseFolder.Layer("etc/base", "the base").Bytes)
            .Layer(Layer("app/x.dll", "the program", clock));

    private static byte[] Layer(string name, string text, string clock)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    ModificationTime = DateTimeOffset.Parse(clock),
                }
            );
        }
        return bytes.ToArray();
    }

    private ImageRequest Request() => sandbox.Request(sandbox["nowhere"]);

    private Task<ImageBuild> RepackAsync(
        Stream archive,
        string layout = "layout",
        IReadOnlyCollection<string>? baseLayers = null
    ) =>
        SavedImage.RepackAsync(
            archive,
            Request(),
            baseLayers ?? [BaseFolder.Layer("etc/base", "the base").DiffId],
            sandbox[layout],
            Sandbox.Cancel
        );

    private List<string> Layers(ImageBuild build) =>
        [
            .. Json(build.Release.What.Digest)["layers"]!
                .AsArray()
                .Select(l => l!["digest"]!.GetValue<string>()),
        ];

    private JsonNode Config(ImageBuild build) =>
        Json(Json(build.Release.What.Digest)["config"]!["digest"]!.GetValue<string>());

    private JsonNode Json(string digest) =>
        JsonNode.Parse(File.ReadAllBytes(Sandbox.Blob(sandbox["layout"], digest)))!;

    private List<DateTimeOffset> Times(string layer)
    {
        using var tar = new TarReader(File.OpenRead(Sandbox.Blob(sandbox["layout"], layer)));
        var times = new List<DateTimeOffset>();
        while (tar.GetNextEntry() is { } entry)
        {
            times.Add(entry.ModificationTime);
        }
        return times;
    }
}
