using System.Formats.Tar;
using System.Text.Json;

namespace TheaIA.Components;

/// <summary>The files that this pipeline put into an image: the application layer of a build's layout, unpacked.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Digest">The layer's digest.</param>
internal sealed record ImageFiles(AbsolutePath Folder, string Digest)
{
    /// <summary>As a person reads it: <c>sha256:4be1f0aa9c02</c>.</summary>
    public string Short => Digest[..19];

    /// <summary>Unpacks the last layer: those below it are the base image's.</summary>
    /// <param name="layout">The folder that DockerBuild wrote.</param>
    /// <param name="scratch">A folder of this run; what was unpacked there before goes.</param>
    /// <param name="cancel">Ends the unpacking.</param>
    public static async Task<ImageFiles> UnpackAsync(
        AbsolutePath layout,
        AbsolutePath scratch,
        CancellationToken cancel
    )
    {
        var manifest = Blob(layout, ReleaseClaim.Read(layout).What.Digest);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(manifest, cancel));
        var digest = json
            .RootElement.GetProperty("layers")
            .EnumerateArray()
            .Last()
            .GetProperty("digest")
            .GetString()!;
        var folder = scratch / "layer";
        folder.CreateOrCleanDirectory();
        await TarFile.ExtractToDirectoryAsync(
            Blob(layout, digest),
            folder,
            overwriteFiles: false,
            cancel
        );
        return new(folder, digest);
    }

    private static AbsolutePath Blob(AbsolutePath layout, string digest) =>
        layout / "blobs" / "sha256" / digest["sha256:".Length..];
}
