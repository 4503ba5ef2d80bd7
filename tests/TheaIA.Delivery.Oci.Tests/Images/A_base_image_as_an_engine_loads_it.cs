using System.Formats.Tar;
using System.Text.Json.Nodes;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Images;

public sealed class A_base_image_as_an_engine_loads_it : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly BaseFolder folder;

    public A_base_image_as_an_engine_loads_it() => folder = new BaseFolder(sandbox["base"]);

    [Fact]
    public async Task It_holds_the_configuration_and_the_layers_as_they_are_stored()
    {
        var on = folder.Tiny();
        var manifest = JsonNode.Parse(File.ReadAllBytes(folder.PathOf(on)))!;

        var files = await SaveAsync(on);

        files.Keys.ShouldBe(["config.json", "0.tar", "1.tar", "manifest.json"]);
        JsonNode
            .Parse(files["manifest.json"])!
            .ToJsonString()
            .ShouldBe("[{\"Config\":\"config.json\",\"Layers\":[\"0.tar\",\"1.tar\"]}]");
        var config = manifest["config"]!["digest"]!.GetValue<string>();
        BaseFolder.DigestOf(files["config.json"]).ShouldBe(config);
        (await OciBase.ImageIdAsync(Base(on), Sandbox.Cancel)).ShouldBe(config);
        BaseFolder
            .DigestOf(files["0.tar"])
            .ShouldBe(manifest["layers"]![0]!["digest"]!.GetValue<string>());
        BaseFolder
            .DigestOf(files["1.tar"])
            .ShouldBe(manifest["layers"]![1]!["digest"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_damaged_layer_ends_it()
    {
        var on = folder.Tiny();
        var manifest = JsonNode.Parse(File.ReadAllBytes(folder.PathOf(on)))!;
        var layer = manifest["layers"]![0]!["digest"]!.GetValue<string>();
        var bytes = File.ReadAllBytes(folder.PathOf(layer));
        bytes[^1] ^= 1;
        File.WriteAllBytes(folder.PathOf(layer), bytes);

        var error = await Should.ThrowAsync<OutcomeException>(SaveAsync(on));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{layer} in {folder.Root} is damaged (its content has another digest): fetch the base image again."
        );
    }

    public void Dispose() => sandbox.Dispose();

    private BaseImage Base(string on) => OciBase.Parse($"{folder.Root}@{on}", _ => sandbox.Store);

    private async Task<Dictionary<string, byte[]>> SaveAsync(string on)
    {
        var archive = new MemoryStream();
        await OciBase.SaveAsync(Base(on), archive, Sandbox.Cancel);
        archive.Position = 0;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await using var tar = new TarReader(archive);
        while (await tar.GetNextEntryAsync(cancellationToken: Sandbox.Cancel) is { } entry)
        {
            using var content = new MemoryStream();
            await entry.DataStream!.CopyToAsync(content, Sandbox.Cancel);
            files.Add(entry.Name, content.ToArray());
        }
        return files;
    }
}
