using System.Buffers;
using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Places;
using TheaIA.Delivery.Local.State;

namespace TheaIA.Delivery.Local.Images;

/// <summary>Images as folders, each whole or not there.</summary>
internal sealed class ImageRoots(IRegistry registry, PlaceFolder folder)
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create(
        "0123456789abcdef"
    );
    private const string Aside = ".new";
    private const string Start = "start.json";

    /// <summary>The folder of an image.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: that is no digest.</exception>
    public string Of(string digest) =>
        digest.Length == 71
        && digest.StartsWith("sha256:", StringComparison.Ordinal)
        && digest.AsSpan(7).IndexOfAnyExcept(Hexadecimal) < 0
            ? Path.Combine(folder.Roots, digest[7..])
            : throw new OutcomeException(
                Outcome.Wrong,
                $"'{digest}' is no digest: sha256: and 64 hexadecimal digits."
            );

    /// <summary>Unpacks the image unless it is there, and tells how it starts.</summary>
    public async Task<StartFile> UnpackAsync(Claim claim, CancellationToken cancel)
    {
        var root = Of(claim.Digest);
        if (!Directory.Exists(root))
        {
            await FetchAsync(claim, root, cancel);
        }
        return LocalJson.Read(Path.Combine(root, Start), LocalJson.Default.StartFile)!;
    }

    /// <summary>The image is unpacked, or all of it is in the registry.</summary>
    public async Task<bool> CanStartAsync(Claim claim, CancellationToken cancel)
    {
        if (Directory.Exists(Of(claim.Digest)))
        {
            return true;
        }
        try
        {
            var image = await ImageFile.ReadAsync(registry, claim, cancel);
            await using var config = await registry.ReadAsync(
                claim.Repository,
                image.Config,
                cancel
            );
            await using var layer = await registry.ReadAsync(claim.Repository, image.Layer, cancel);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Removes what a killed run half unpacked.</summary>
    /// <returns>A sentence each.</returns>
    public IEnumerable<string> RemoveHalves()
    {
        foreach (var half in Folders().Where(d => d.EndsWith(Aside, StringComparison.Ordinal)))
        {
            Directory.Delete(half, recursive: true);
            yield return $"Removed a half-unpacked image (sha256:{Path.GetFileName(half)[..12]}).";
        }
    }

    /// <summary>Removes all images but these.</summary>
    public void Keep(IReadOnlySet<string> digests)
    {
        foreach (
            var root in Folders().Where(d => !digests.Contains("sha256:" + Path.GetFileName(d)))
        )
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private string[] Folders() =>
        Directory.Exists(folder.Roots) ? Directory.GetDirectories(folder.Roots) : [];

    private async Task FetchAsync(Claim claim, string root, CancellationToken cancel)
    {
        var aside = root + Aside;
        if (Directory.Exists(aside))
        {
            Directory.Delete(aside, recursive: true);
        }
        try
        {
            var image = await ImageFile.ReadAsync(registry, claim, cancel);
            var start = await image.StartAsync(registry, claim, cancel);
            Durable.CreateDirectory(Path.Combine(aside, "app"));
            await using (
                var layer = await registry.ReadAsync(claim.Repository, image.Layer, cancel)
            )
            {
                await Unpacking.LayerAsync(
                    layer,
                    aside,
                    $"{claim.Repository} {claim.Short}",
                    cancel
                );
            }
            LocalJson.Write(Path.Combine(aside, Start), start, LocalJson.Default.StartFile);
        }
        catch (Exception e)
            when (e
                    is FileNotFoundException
                        or InvalidDataException
                        or JsonException
                        or KeyNotFoundException
            )
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{claim.Repository} {claim.Short} cannot be read from {registry.Name} ({e.Message}): ./build.sh Release makes it again.",
                e
            );
        }
        foreach (var made in Directory.GetDirectories(aside, "*", SearchOption.AllDirectories))
        {
            Durable.Sync(made);
        }
        Durable.Sync(aside);
        Directory.Move(aside, root);
        Durable.Sync(folder.Roots);
    }
}
