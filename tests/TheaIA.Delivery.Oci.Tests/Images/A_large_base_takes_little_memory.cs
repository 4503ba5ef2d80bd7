using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Images;

/// <summary>It counts what the whole process allocates, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class A_large_base_takes_little_memory
{
    [Fact]
    public async Task It_does_not_grow_with_the_size_of_the_base()
    {
        using var sandbox = new Sandbox();
        var folder = new BaseFolder(sandbox["base"]);
        const long Size = 200 << 20;
        var file = sandbox["big"];
        using (var big = File.Create(file))
        {
            big.SetLength(Size); // holes: it takes no disk
        }
        string layer;
        using (var big = File.OpenRead(file))
        {
            layer = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(big));
        }
        File.Move(file, folder.PathOf(layer));
        var empty = folder.Image(folder.TinyConfig(layer), []);
        var manifest = JsonNode.Parse(File.ReadAllBytes(folder.PathOf(empty)))!;
        manifest["layers"] = new JsonArray(
            new JsonObject
            {
                ["mediaType"] = BaseFolder.Tar,
                ["digest"] = layer,
                ["size"] = Size,
            }
        );
        var on = folder.Add(manifest);
        var request = sandbox.Request(sandbox.Application("one")) with
        {
            Base = OciBase.Parse($"{folder.Root}@{on}", _ => sandbox.Store),
        };
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await sandbox.BuildAsync(request);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(64 << 20);
    }
}
