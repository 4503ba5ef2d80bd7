using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests;

public sealed class A_failing_copy_ends_at_start : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task Dotnet_does_not_start_it_and_all_else_is_as_it_was()
    {
        var release = await sandbox.PushedAsync(sandbox.Request(RealApplication()));
        await UnpackAsync(release, "whole");
        (await StartAsync("whole")).Output.ShouldContain("usage:");

        var copy = await sandbox.Store.FailingCopyAsync(release, Sandbox.Cancel);
        await UnpackAsync(copy, "broken");

        var (exitCode, output) = await StartAsync("broken");
        exitCode.ShouldNotBe(0);
        output.ShouldNotContain("usage:");
        new FileInfo(sandbox["broken/app/TheaIA.Api.dll"]).Length.ShouldBe(0);
        Files("broken").ShouldBe(Files("whole"));
        File.ReadAllText(sandbox["broken/app/wwwroot/index.html"]).ShouldBe("<p>hello");
    }

    [Fact]
    public async Task It_is_marked_has_no_tag_and_is_not_the_commits_release()
    {
        var release = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        await sandbox.Store.TagAsync(release, "git-1", Sandbox.Cancel);

        var copy = await sandbox.Store.FailingCopyAsync(release, Sandbox.Cancel);

        copy.ShouldBe(release with { What = copy.What, Drill = true });
        copy.What.Digest.ShouldNotBe(release.What.Digest);
        (await sandbox.Store.FindAsync("theaia-api", "3f2c1a9", Sandbox.Cancel)).ShouldBe(release);
        (await sandbox.Store.FindAsync("theaia-api", copy.What.Short, Sandbox.Cancel)).ShouldBe(
            copy
        );
        (await sandbox.Store.FailingCopyAsync(release, Sandbox.Cancel)).ShouldBe(copy);
        var index = JsonNode.Parse(File.ReadAllText(sandbox["state/store/index.json"]))!;
        index["manifests"]!.AsArray().Count.ShouldBe(2);
        index["manifests"]![1]!["annotations"]!
            .ToJsonString()
            .ShouldBe("{\"com.theaia.repository\":\"theaia-api\"}");
    }

    [Fact]
    public async Task A_damaged_layer_is_not_copied()
    {
        var release = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        var manifest = await ManifestAsync(release);
        var layer = manifest["layers"]![0]!["digest"]!.GetValue<string>();
        File.AppendAllText(Sandbox.Blob(sandbox.StoreRoot, layer), "more");

        var error = await Should.ThrowAsync<OutcomeException>(
            sandbox.Store.FailingCopyAsync(release, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{layer} in this machine's store is damaged (its content has another digest): push it again."
        );
    }

    [Theory]
    [InlineData(
        "{\"schemaVersion\":2,\"mediaType\":\"m\",\"config\":{\"mediaType\":\"c\",\"digest\":\"d\",\"size\":1},\"layers\":[]}",
        " has no layer that this pipeline wrote, so a drill cannot copy it: drill with a release that ./build.sh Release made."
    )]
    [InlineData(
        "[]",
        " in this machine's store is not an image that this pipeline wrote: push it again."
    )]
    [InlineData(
        "null",
        " in this machine's store is not an image that this pipeline wrote: push it again."
    )]
    public async Task An_image_of_somebody_else_is_not_copied(string manifest, string expected)
    {
        var layout = new Layout.ImageLayout(sandbox.StoreRoot, TimeProvider.System);
        await using (var writer = await layout.WriteAsync(Sandbox.Cancel))
        {
            var added = await writer.AddAsync(
                "m",
                Encoding.UTF8.GetBytes(manifest),
                Sandbox.Cancel
            );
            await writer.ListAsync("theaia-api", added, Sandbox.Cancel);
        }
        var claim = new Claim("theaia-api", layout.Index().Manifests[0].Digest);

        var error = await Should.ThrowAsync<OutcomeException>(
            sandbox.Store.FailingCopyAsync(new Release(claim, "", ""), Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(claim.Short + expected);
    }

    public void Dispose() => sandbox.Dispose();

    /// <summary>This test program itself, under the service's name: dotnet runs it for its usage.</summary>
    private string RealApplication()
    {
        var folder = sandbox.Application("real");
        var own = Path.ChangeExtension(
            typeof(A_failing_copy_ends_at_start).Assembly.Location,
            null
        );
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(own)!, "*.dll"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
        File.Copy(own + ".dll", Path.Combine(folder, "TheaIA.Api.dll"), overwrite: true);
        File.Copy(
            own + ".runtimeconfig.json",
            Path.Combine(folder, "TheaIA.Api.runtimeconfig.json"),
            overwrite: true
        );
        return folder;
    }

    private Task<(int ExitCode, string Output)> StartAsync(string folder) =>
        Sandbox.RunAsync("dotnet", sandbox[$"{folder}/app/TheaIA.Api.dll"], "-?");

    private async Task UnpackAsync(Release release, string folder)
    {
        var manifest = await ManifestAsync(release);
        await using var layer = await sandbox.Store.ReadAsync(
            "theaia-api",
            manifest["layers"]![0]!["digest"]!.GetValue<string>(),
            Sandbox.Cancel
        );
        Directory.CreateDirectory(sandbox[folder]);
        await TarFile.ExtractToDirectoryAsync(layer, sandbox[folder], false, Sandbox.Cancel);
    }

    private async Task<JsonNode> ManifestAsync(Release release)
    {
        await using var blob = await sandbox.Store.ReadAsync(
            "theaia-api",
            release.What.Digest,
            Sandbox.Cancel
        );
        return (await JsonNode.ParseAsync(blob, cancellationToken: Sandbox.Cancel))!;
    }

    private IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(sandbox[folder], "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(sandbox[folder], file))
            .Order(StringComparer.Ordinal);
}
