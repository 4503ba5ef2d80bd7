using System.Globalization;
using System.Runtime.Versioning;
using TheaIA.Delivery.Oci.Images;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Images;

[UnsupportedOSPlatform("windows")] // which has neither modes nor a umask
public sealed class The_same_base_and_files_give_the_same_digest : IDisposable
{
    // Pinned: another runtime, processor or system must come to the same.
    private const string Known =
        "sha256:f395eb0aab9a63a4aba56baa169a2cb12e45221152aba7f74b8218b5dd9f50ed";

    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task On_every_machine_and_runtime() =>
        (await DigestAsync(sandbox.Application("one"), "base")).ShouldBe(Known);

    [Fact]
    public async Task With_base_application_and_image_in_other_folders()
    {
        var request = Request(sandbox.Application("another/folder with blanks"), "else/where");

        (await sandbox.BuildAsync(request, "another layout")).Release.What.Digest.ShouldBe(Known);
    }

    [Theory]
    [InlineData("077")]
    [InlineData("000")]
    public async Task Whatever_the_umask(string umask)
    {
        var one = sandbox.Application("one");
        Request(one, "base");
        var copy = sandbox["copy"];
        var (exitCode, output) = await Sandbox.RunAsync(
            "sh",
            "-c",
            $"umask {umask} && cp -r --no-preserve=all '{one}' '{copy}' && cp -r --no-preserve=all '{sandbox["base"]}' '{copy}-base'"
        );
        exitCode.ShouldBe(0, output);
        File.GetUnixFileMode(Path.Combine(copy, "appsettings.json"))
            .HasFlag(UnixFileMode.OtherWrite)
            .ShouldBe(umask == "000");

        (await DigestAsync(copy, "copy-base")).ShouldBe(Known);
    }

    [Theory]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    [InlineData("tr-TR")]
    public async Task Whatever_the_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            (await DigestAsync(sandbox.Application("one"), "base")).ShouldBe(Known);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(9)]
    public async Task Whatever_the_time_zone(int hours)
    {
        var request = Request(sandbox.Application("one"), "base");
        var elsewhere = request with
        {
            Created = request.Created.ToOffset(TimeSpan.FromHours(hours)),
        };

        (await sandbox.BuildAsync(elsewhere)).Release.What.Digest.ShouldBe(Known);
    }

    [Fact]
    public async Task Whatever_the_clock()
    {
        var builder = new OciImageBuilder(new Later());
        var request = Request(sandbox.Application("one"), "base");

        var build = await builder.BuildAsync(request, sandbox["layout"], Sandbox.Cancel);

        build.Release.What.Digest.ShouldBe(Known);
    }

    [Fact]
    public async Task When_it_is_only_computed()
    {
        var request = Request(sandbox.Application("one"), "base");

        (await Oci.DigestAsync(request, Sandbox.Cancel)).ShouldBe(Known);
        Directory.Exists(sandbox["layout"]).ShouldBeFalse();
    }

    [Fact]
    public async Task And_another_base_gives_another()
    {
        var one = sandbox.Application("one");
        var other = new BaseFolder(sandbox["other"]);
        var request = sandbox.Request(one) with
        {
            Base = OciBase.Parse($"{other.Root}@{other.Tiny()}", NoRegistry),
        };

        (await sandbox.BuildAsync(request)).Release.What.Digest.ShouldNotBe(Known);
    }

    public void Dispose() => sandbox.Dispose();

    private async Task<string> DigestAsync(string application, string folder) =>
        (await sandbox.BuildAsync(Request(application, folder))).Release.What.Digest;

    private ImageRequest Request(string application, string folder)
    {
        var under = new BaseFolder(sandbox[folder]);
        // not compressed: what gzip gives is not the same on every machine
        var lower = BaseFolder.Layer("etc/base", "the base");
        var upper = BaseFolder.Layer("etc/more", "more of it");
        var digest = under.Image(
            under.TinyConfig(lower.DiffId, upper.DiffId),
            [(BaseFolder.Tar, lower.Bytes), (BaseFolder.Tar, upper.Bytes)]
        );
        return sandbox.Request(application) with
        {
            Base = OciBase.Parse($"{under.Root}@{digest}", NoRegistry),
        };
    }

    private static IRegistry NoRegistry(string repository) =>
        throw new InvalidOperationException(repository);

    /// <summary>It is long past the commit.</summary>
    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(150);
    }
}
