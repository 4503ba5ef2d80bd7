using System.Globalization;
using System.Text.Json;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Layout;

/// <summary>
/// Writes into a layout while it holds the lock. Every file is written aside, fsynced and renamed; the
/// index comes last, so what it lists is whole after a kill at any point.
/// </summary>
internal sealed class LayoutWriter : IAsyncDisposable
{
    private readonly ImageLayout layout;
    private readonly IDisposable held;
    private readonly string aside;

    public LayoutWriter(ImageLayout layout, IDisposable held)
    {
        this.layout = layout;
        this.held = held;
        aside = Path.Combine(layout.Root, ".aside");
        if (Directory.Exists(aside))
        {
            Directory.Delete(aside, recursive: true); // what a killed process left
        }
        Directory.CreateDirectory(aside);
        Directory.CreateDirectory(Path.Combine(layout.Root, "blobs", "sha256"));
    }

    /// <summary>Adds a blob; its name is the digest of what was written.</summary>
    public async Task<Descriptor> AddAsync(
        string mediaType,
        Func<Stream, Task> write,
        CancellationToken cancel
    )
    {
        var path = Path.Combine(aside, Guid.NewGuid().ToString("n"));
        Descriptor described;
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        {
            await using var hashing = new HashingStream(file);
            await write(hashing);
            cancel.ThrowIfCancellationRequested();
            described = hashing.Describe(mediaType);
            file.Flush(flushToDisk: true);
        }
        File.Move(path, layout.BlobPath(described.Digest), overwrite: true);
        return described;
    }

    /// <summary>Adds a small blob.</summary>
    public Task<Descriptor> AddAsync(string mediaType, byte[] bytes, CancellationToken cancel) =>
        AddAsync(mediaType, output => output.WriteAsync(bytes, cancel).AsTask(), cancel);

    /// <summary>Lists an image under its repository, without a tag; one that is listed stays as it is.</summary>
    public async Task ListAsync(string repository, Descriptor manifest, CancellationToken cancel)
    {
        var index = layout.Index();
        if (!index.Manifests.Any(m => IsOf(m, repository, manifest.Digest)))
        {
            await ReplaceIndexAsync(
                [.. index.Manifests, Entry(repository, manifest, tag: null)],
                cancel
            );
        }
    }

    /// <summary>Lists an image under a tag, with the time that it was made in; its untagged entry goes.</summary>
    public Task TagAsync(
        string repository,
        Descriptor manifest,
        string tag,
        TimeSpan madeIn,
        CancellationToken cancel
    )
    {
        var others = layout
            .Index()
            .Manifests.Where(m =>
                !IsOf(m, repository, manifest.Digest)
                || m.Annotation(Annotations.RefName) is not null
            );
        return ReplaceIndexAsync([.. others, Entry(repository, manifest, tag, madeIn)], cancel);
    }

    public ValueTask DisposeAsync()
    {
        held.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsOf(Descriptor entry, string repository, string digest) =>
        entry.Digest == digest && entry.Annotation(Annotations.Repository) == repository;

    private static Descriptor Entry(
        string repository,
        Descriptor manifest,
        string? tag,
        TimeSpan madeIn = default
    )
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Annotations.Repository] = repository,
        };
        if (tag is not null)
        {
            annotations[Annotations.RefName] = $"{repository}:{tag}";
        }
        if (madeIn > TimeSpan.Zero)
        {
            annotations[Annotations.MadeIn] = madeIn.TotalSeconds.ToString(
                "0.000",
                CultureInfo.InvariantCulture
            );
        }
        return manifest with { Annotations = annotations };
    }

    private async Task ReplaceIndexAsync(
        IReadOnlyList<Descriptor> manifests,
        CancellationToken cancel
    )
    {
        cancel.ThrowIfCancellationRequested();
        var mark = Path.Combine(layout.Root, "oci-layout");
        if (!File.Exists(mark))
        {
            await ReplaceAsync(
                mark,
                JsonSerializer.SerializeToUtf8Bytes(
                    new LayoutMark("1.0.0"),
                    OciJson.Canonical.LayoutMark
                )
            );
        }
        await ReplaceAsync(
            layout.IndexPath,
            JsonSerializer.SerializeToUtf8Bytes(
                ImageIndex.Empty with
                {
                    Manifests = manifests,
                },
                OciJson.Canonical.ImageIndex
            )
        );
    }

    private async Task ReplaceAsync(string path, byte[] bytes)
    {
        var next = Path.Combine(aside, Guid.NewGuid().ToString("n"));
        await using (var file = new FileStream(next, FileMode.CreateNew, FileAccess.Write))
        {
            await file.WriteAsync(bytes);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }
}
