using System.Formats.Tar;
using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class ImageTests
{
    private static readonly Dictionary<string, string> Nobodys = [];

    [Fact]
    public async Task What_is_unpacked_cannot_be_written_to()
    {
        await using var place = new TestPlace();
        var release = await place.DeployNewAsync("one");
        var mode = Path.Combine(place.Folder.Roots, release.What.Digest[7..], "app", "mode");
        File.GetUnixFileMode(mode)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    [Fact]
    public async Task On_a_base_image_only_the_layer_on_top_is_unpacked()
    {
        await using var place = new TestPlace();
        object below = new { mediaType = TestImage.Tar + "+gzip", digest = "sha256:base" };
        var digest = TestImage.Write(place.Registry, TestImage.Layer([]), layersBelow: [below]);
        await place.DeployAsync(place.Release(digest));
        (await place.GetAsync("/version")).ShouldContain(digest);
    }

    [Fact]
    public async Task A_base_image_that_is_ours_too_is_not_taken_for_the_application()
    {
        await using var place = new TestPlace();
        object below = new
        {
            mediaType = TestImage.Tar,
            digest = place.Registry.Add(TestImage.Layer([("app/of-the-base", "x")])),
            annotations = new Dictionary<string, string>
            {
                ["com.theaia.layer"] = "dotnet-portable",
            },
        };
        var release = place.Release(
            TestImage.Write(place.Registry, TestImage.Layer([]), layersBelow: [below])
        );
        await place.DeployAsync(release);
        var app = Path.Combine(place.Folder.Roots, release.What.Digest[7..], "app");
        File.Exists(Path.Combine(app, "of-the-base")).ShouldBeFalse();
        (await place.GetAsync("/version")).ShouldContain(release.What.Digest);
    }

    [Fact]
    public async Task A_drills_copy_on_a_base_image_finds_its_application()
    {
        await using var place = new TestPlace();
        object below = new { mediaType = TestImage.Tar + "+gzip", digest = "sha256:base" };
        // a copy's layer is a new one, which only the manifest speaks for
        var digest = TestImage.Write(
            place.Registry,
            TestImage.Layer([]),
            layersBelow: [below],
            topSaysSo: false
        );
        await place.DeployAsync(place.Release(digest));
        (await place.GetAsync("/version")).ShouldContain(digest);
    }

    [Fact]
    public async Task Arguments_of_the_entry_point_are_passed_on()
    {
        await using var place = new TestPlace();
        // a drill's copy has an entry that is not there
        var config = new { config = new { Entrypoint = new[] { "dotnet", "gone.dll", "--more" } } };
        var digest = TestImage.Write(place.Registry, TestImage.Layer([]), config);
        var error = await Should.ThrowAsync<NotUpException>(() =>
            place.DeployAsync(place.Release(digest))
        );
        error.Message.ShouldStartWith("ended at start with exit code ");
        string.Join('\n', error.Log).ShouldContain("gone.dll");
    }

    [Fact]
    public async Task An_image_of_another_builder_is_refused_by_name()
    {
        await using var place = new TestPlace();
        var layer = TestImage.Layer([]);
        object below = new { mediaType = TestImage.Tar, digest = "sha256:base" };
        string[] foreign =
        [
            TestImage.Write(place.Registry, layer, annotations: Nobodys),
            TestImage.Write(place.Registry, layer, mediaType: TestImage.Tar + "+gzip"),
            TestImage.Write(
                place.Registry,
                layer,
                annotations: new Dictionary<string, string> { ["com.theaia.layer"] = "python" }
            ),
            TestImage.Write(
                place.Registry,
                layer,
                new { config = new { Entrypoint = new[] { "python3", "-m", "app" } } }
            ),
            TestImage.Write(
                place.Registry,
                layer,
                new { config = new { Env = Array.Empty<string>() } }
            ),
        ];
        foreach (var digest in foreign)
        {
            var release = place.Release(digest);
            var error = await Should.ThrowAsync<OutcomeException>(() => place.DeployAsync(release));
            error.Outcome.ShouldBe(Outcome.Wrong);
            error.Message.ShouldBe(
                $"tiny-api {release.What.Short} was not made by this pipeline's builder, so it cannot run as a local process: ./build.sh DockerBuild makes an image that can."
            );
        }
        place.Folder.Numbers().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("app/../../../outside")]
    [InlineData("/app/outside")]
    [InlineData("etc/passwd")]
    public async Task An_entry_outside_the_application_is_refused(string name)
    {
        await using var place = new TestPlace();
        var release = place.Release(
            TestImage.Write(place.Registry, TestImage.Layer([(name, "x")]))
        );
        var error = await Should.ThrowAsync<OutcomeException>(() => place.DeployAsync(release));
        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"tiny-api {release.What.Short} holds {name}, which lies outside app/: it is not unpacked."
        );
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public async Task A_link_is_refused(TarEntryType type)
    {
        await using var place = new TestPlace();
        var link = new UstarTarEntry(type, "app/link") { LinkName = "/etc/passwd" };
        var release = place.Release(TestImage.Write(place.Registry, TestImage.Layer([], link)));
        var error = await Should.ThrowAsync<OutcomeException>(() => place.DeployAsync(release));
        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"tiny-api {release.What.Short} holds app/link, which is neither a file nor a folder ({type}): it is not unpacked."
        );
    }

    [Fact]
    public async Task An_empty_file_is_unpacked_too()
    {
        await using var place = new TestPlace();
        var release = place.Release(
            TestImage.Write(place.Registry, TestImage.Layer([("app/sub/empty", "")]))
        );
        await place.DeployAsync(release);
        var root = Path.Combine(place.Folder.Roots, release.What.Digest[7..]);
        new FileInfo(Path.Combine(root, "app/sub/empty")).Length.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_in_the_registry_cannot_be_started()
    {
        await using var place = new TestPlace();
        var release = place.Release("one");
        place.Registry.Remove(release.What.Digest);
        (
            await place.Platform.CanStartAsync(release.What, TestPlace.Where, Run.Cancel)
        ).ShouldBeFalse();
        var error = await Should.ThrowAsync<OutcomeException>(() => place.DeployAsync(release));
        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldStartWith(
            $"tiny-api {release.What.Short} cannot be read from the test's store (Could not find file "
        );
        error.Message.ShouldEndWith("): ./build.sh Release makes it again.");
    }

    [Fact]
    public async Task What_is_not_what_its_digest_says_is_not_started()
    {
        await using var place = new TestPlace();
        var release = place.Release("one");
        place.Registry.Spoil(release.What.Digest);
        var error = await Should.ThrowAsync<OutcomeException>(() => place.DeployAsync(release));
        error.Message.ShouldBe(
            $"tiny-api {release.What.Short} cannot be read from the test's store ({release.What.Digest} is not what its digest says): ./build.sh Release makes it again."
        );
    }

    [Fact]
    public async Task What_is_no_digest_is_refused()
    {
        await using var place = new TestPlace();
        foreach (
            var digest in new[]
            {
                "sha256:00",
                "md5:" + new string('0', 67),
                "sha256:" + new string('X', 64),
            }
        )
        {
            var error = await Should.ThrowAsync<OutcomeException>(() =>
                place.Platform.CanStartAsync(
                    new Claim("tiny-api", digest),
                    TestPlace.Where,
                    Run.Cancel
                )
            );
            error.Outcome.ShouldBe(Outcome.Wrong);
            error.Message.ShouldBe($"'{digest}' is no digest: sha256: and 64 hexadecimal digits.");
        }
    }

    [Fact]
    public async Task Tidying_keeps_what_runs_and_what_is_named()
    {
        await using var place = new TestPlace();
        await place.Platform.TidyAsync(TestPlace.Where, [], Run.Cancel);
        var first = await place.DeployNewAsync("one");
        var second = await place.DeployNewAsync("two");
        var third = await place.DeployNewAsync("three");
        await place.Platform.TidyAsync(TestPlace.Where, [first.What.Digest], Run.Cancel);
        Directory
            .GetDirectories(place.Folder.Roots)
            .Select(d => "sha256:" + Path.GetFileName(d))
            .ShouldBe([first.What.Digest, third.What.Digest], ignoreOrder: true);
        (
            await place.Platform.CanStartAsync(second.What, TestPlace.Where, Run.Cancel)
        ).ShouldBeTrue();
    }
}
