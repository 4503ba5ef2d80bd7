using System.Security.Cryptography;
using System.Text.Json;
using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class The_components_script_makes_folders_aside : IDisposable
{
    private readonly TinyDebian _debian = new();

    private string Library => _debian.At("usr/local/lib/theaia");

    [Fact]
    public async Task Cosign_3_is_unpacked_beside_cosign_2()
    {
        _debian.Has("cosign");

        var ran = (await _debian.RunAsync("cosign3")).ShouldEndWith(0);

        ran.Lines[1].ShouldStartWith("new   cosign3          3.1.1-2, in ");
        LinkOf("cosign3").ShouldBe(Path.Combine(Library, "cosign3/usr/bin/cosign"));
        File.Exists(_debian.At("usr/local/bin/cosign")).ShouldBeFalse();
        _debian.Installed.ShouldBeEmpty();
        // unstable is read with lists of its own, and is no source of the machine
        _debian.Calls.ShouldAllBe(c => c.Contains("Dir::State::Lists=", StringComparison.Ordinal));
        Directory
            .GetFiles(_debian.At("etc/apt/sources.list.d"))
            .Select(Path.GetFileName)
            .ShouldBe(["own.sources"]);
    }

    [Fact]
    public async Task Moto_runs_in_a_root_of_its_own()
    {
        _debian.Stand("debootstrap", "mkdir -p \"$5/var/lib/dpkg\"");
        _debian.Stand("chroot", "");

        var ran = (await _debian.RunAsync("moto")).ShouldEndWith(0);

        ran.Lines[1].ShouldStartWith("      moto 1 of 2: ");
        ran.Lines[^2].ShouldStartWith("new   moto             1.2.3, in ");
        var made = _debian.Calls.Single(c => c.StartsWith("debootstrap", StringComparison.Ordinal));
        made.ShouldStartWith("debootstrap --variant=minbase ");
        made.ShouldEndWith($" trixie {Library}/moto.new http://mirror.example/debian");
        _debian.Calls[^1].ShouldBe($"chroot {Library}/moto /usr/bin/python3 -m moto.server --help");
    }

    [Fact]
    public async Task A_shim_that_leads_nowhere_is_no_moto()
    {
        _debian.Scratch.Program("root/usr/bin/moto_server", "exit 127");

        (await _debian.RunAsync("--check", "moto")).ShouldEndWith(1);
    }

    [Fact]
    public async Task What_fails_half_way_leaves_nothing()
    {
        _debian.Stand("debootstrap", "mkdir -p \"$5\"; echo 'E: Invalid Release file'; exit 1");

        var ran = (await _debian.RunAsync("moto")).ShouldEndWith(1);

        ran.Lines[^2]
            .ShouldBe("FAIL  moto             debootstrap failed: E: Invalid Release file");
        Directory.GetFileSystemEntries(Library).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_base_image_is_an_OCI_layout_whose_digests_hold()
    {
        AllowBaseImage();

        var ran = (await _debian.RunAsync("base-image")).ShouldEndWith(0);

        var layout = Path.Combine(Library, "base-image");
        var index = Read(Path.Combine(layout, "index.json")).GetProperty("manifests")[0];
        index
            .GetProperty("annotations")
            .EnumerateObject()
            .Single()
            .Value.GetString()
            .ShouldBe("base");
        var manifest = Read(Blob(layout, index));
        var config = Read(Blob(layout, manifest.GetProperty("config")));
        config.GetProperty("rootfs").GetProperty("diff_ids").GetArrayLength().ShouldBe(2);
        manifest
            .GetProperty("layers")
            .EnumerateArray()
            .Select(l => Blob(layout, l))
            .Count()
            .ShouldBe(2);
        Directory.GetFiles(Path.Combine(layout, "blobs/sha256")).Length.ShouldBe(4);
        var digest = index.GetProperty("digest").GetString();
        ran.Lines[^3].ShouldBe($"      --base-image {layout}@{digest}");
        _debian
            .Calls.Single(c => c.StartsWith("debootstrap", StringComparison.Ordinal))
            .ShouldContain(" --include=libicu72,libssl3,libstdc++6,ca-certificates bookworm ");
    }

    [Fact]
    public async Task A_release_without_what_the_runtime_wants_makes_no_base_image()
    {
        AllowBaseImage();
        _debian.Write("etc/os-release", "ID=debian\nVERSION_CODENAME=forky\n");
        _debian.Source("own.sources", "Types: deb\nURIs: http://m\nSuites: forky\n");

        var ran = (await _debian.RunAsync("base-image")).ShouldEndWith(1);

        ran.Lines[1]
            .ShouldBe("FAIL  base-image       forky has no libicu or no libssl3, which .NET wants");
    }

    [Fact]
    public async Task The_base_image_is_the_same_bytes_again()
    {
        AllowBaseImage();
        (await _debian.RunAsync("base-image")).ShouldEndWith(0);
        var index = Path.Combine(Library, "base-image/index.json");
        var first = await File.ReadAllTextAsync(index, TestContext.Current.CancellationToken);
        Directory.Delete(Path.Combine(Library, "base-image"), recursive: true);
        _debian.Variables["TZ"] = "Asia/Tokyo";

        (await _debian.RunAsync("base-image")).ShouldEndWith(0);

        (await File.ReadAllTextAsync(index, TestContext.Current.CancellationToken)).ShouldBe(first);
    }

    [Fact]
    public async Task The_base_image_is_made_anew_for_another_runtime()
    {
        AllowBaseImage();
        (await _debian.RunAsync("base-image")).ShouldEndWith(0);
        (await _debian.RunAsync("--check", "base-image")).ShouldEndWith(0);
        Directory.CreateDirectory(
            _debian.Scratch.At("bin/shared/Microsoft.AspNetCore.App/10.0.10")
        );

        (await _debian.RunAsync("--check", "base-image")).ShouldEndWith(1);
        var ran = (await _debian.RunAsync("base-image")).ShouldEndWith(0);

        ran.Output.ShouldContain("new   base-image       debian bookworm, .NET 10.0.10, in ");
    }

    public void Dispose() => _debian.Dispose();

    // a runtime beside the stand-in for dotnet, and a root that says the clock of its making
    private void AllowBaseImage()
    {
        _debian.Stand("dotnet", "");
        Directory.CreateDirectory(_debian.Scratch.At("bin/host/fxr"));
        Directory.CreateDirectory(_debian.Scratch.At("bin/shared/Microsoft.AspNetCore.App/10.0.9"));
        _debian.Stand(
            "debootstrap",
            """
            shift 4
            mkdir -p "$1"/{dev,etc,proc,run,sys,tmp,usr/bin,var/cache,var/log,var/lib/apt/lists,var/lib/dpkg}
            echo 'Date: Sat, 06 Sep 2025 09:58:33 UTC' >"$1/var/lib/apt/lists/x_Release"
            echo "root:*:$RANDOM:0:99999:7:::" >"$1/etc/shadow"
            date +%N | tee "$1/etc/machine-id" "$1/var/log/bootstrap.log" >"$1/etc/hostname"
            echo bookworm >"$1/etc/debian_version"
            """
        );
    }

    private string LinkOf(string program) =>
        File.ResolveLinkTarget(_debian.At($"usr/local/bin/{program}"), false)!.FullName;

    private static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;

    // the file of a descriptor, when it is what that says
    private static string Blob(string layout, JsonElement descriptor)
    {
        var digest = descriptor.GetProperty("digest").GetString()!;
        var file = Path.Combine(layout, "blobs/sha256", digest["sha256:".Length..]);
        var bytes = File.ReadAllBytes(file);
        digest.ShouldBe("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)));
        descriptor.GetProperty("size").GetInt64().ShouldBe(bytes.Length);
        return file;
    }
}
