using System.Globalization;
using System.Runtime.Versioning;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests;

[UnsupportedOSPlatform("windows")] // which has neither modes nor a umask
public sealed class The_same_files_give_the_same_digest : IDisposable
{
    // Pinned: another runtime, processor or system must come to the same.
    private const string Known =
        "sha256:8a945168de706aa9a34d087b6b60b38952e5233335e95c99f5c7383144488e11";

    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task On_every_machine_and_runtime() =>
        (await DigestAsync(sandbox.Application("one"))).ShouldBe(Known);

    [Fact]
    public async Task In_another_folder() =>
        (await DigestAsync(sandbox.Application("another/folder with blanks"))).ShouldBe(Known);

    [Fact]
    public async Task Whatever_the_order_in_which_they_were_made()
    {
        var reversed = Sandbox.Usual.Reverse().ToArray();

        (await DigestAsync(sandbox.Application("reversed", reversed))).ShouldBe(Known);
    }

    [Theory]
    [InlineData("077")]
    [InlineData("000")]
    public async Task Whatever_the_umask(string umask)
    {
        var one = sandbox.Application("one");
        var (exitCode, output) = await Sandbox.RunAsync(
            "sh",
            "-c",
            $"umask {umask} && mkdir '{sandbox["copy"]}' && cd '{one}' && find . -type d -exec mkdir -p '{sandbox["copy"]}/{{}}' \\; && find . -type f -exec sh -c 'cat \"$1\" >\"{sandbox["copy"]}/$1\"' - {{}} \\;"
        );
        exitCode.ShouldBe(0, output);
        File.GetUnixFileMode(sandbox["copy/appsettings.json"])
            .HasFlag(UnixFileMode.OtherWrite)
            .ShouldBe(umask == "000");

        (await DigestAsync(sandbox["copy"])).ShouldBe(Known);
    }

    [Fact]
    public async Task Whatever_the_files_modes_and_times()
    {
        var one = sandbox.Application("one");
        File.SetUnixFileMode(Path.Combine(one, "TheaIA.Api.dll"), (UnixFileMode)0b111_101_101);
        File.SetLastWriteTimeUtc(Path.Combine(one, "appsettings.json"), DateTime.UnixEpoch);
        Directory.SetLastWriteTimeUtc(Path.Combine(one, "wwwroot"), DateTime.UnixEpoch);

        (await DigestAsync(one)).ShouldBe(Known);
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
            (await DigestAsync(sandbox.Application("one"))).ShouldBe(Known);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(9)]
    public async Task Whatever_the_time_zone_of_the_commit_time(int hours)
    {
        var request = sandbox.Request(sandbox.Application("one"));
        var elsewhere = request with
        {
            Created = request.Created.ToOffset(TimeSpan.FromHours(hours)),
        };

        (await sandbox.BuildAsync(elsewhere)).Release.What.Digest.ShouldBe(Known);
    }

    [Fact]
    public async Task When_it_is_only_computed()
    {
        var request = sandbox.Request(sandbox.Application("one"));

        (await Oci.DigestAsync(request, Sandbox.Cancel)).ShouldBe(Known);
        Directory.GetFileSystemEntries(sandbox.Root).ShouldBe([sandbox["one"]]);
    }

    [Theory]
    [InlineData("TheaIA.Api.dll", "the programme")]
    [InlineData("new.txt", "")]
    public async Task And_other_files_give_another(string path, string text)
    {
        var one = sandbox.Application("one");
        Sandbox.Write(Path.Combine(one, path), text);

        (await DigestAsync(one)).ShouldNotBe(Known);
    }

    public void Dispose() => sandbox.Dispose();

    private async Task<string> DigestAsync(string application) =>
        (await sandbox.BuildAsync(sandbox.Request(application))).Release.What.Digest;
}
