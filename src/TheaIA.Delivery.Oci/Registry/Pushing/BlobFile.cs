using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Registry.Pushing;

/// <summary>
/// A blob's file, read in chunks for an upload: the next one while the one before is sent, so that two
/// are in memory. Its digest is made on the way, and known when every byte was read.
/// </summary>
internal sealed class BlobFile : IAsyncDisposable
{
    private readonly SafeFileHandle file;
    private readonly string damaged;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long hashed;
    private Task<Chunk>? ahead;
    private Chunk now = new(-1, []);
    private byte[] spare = [];

    /// <param name="path">The file.</param>
    /// <param name="damaged">The sentence for a file that changes while it is read.</param>
    public BlobFile(string path, string damaged)
    {
        this.damaged = damaged;
        file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        Length = RandomAccess.GetLength(file);
    }

    public long Length { get; }

    /// <summary>The bytes at an offset. Only what was read before is gone back to.</summary>
    /// <param name="offset">Where; not beyond what was read.</param>
    /// <param name="length">How many at most; the same for all chunks.</param>
    /// <param name="cancel">Ends the read.</param>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(
        long offset,
        int length,
        CancellationToken cancel
    )
    {
        var size = (int)Math.Min(length, Length - offset);
        // the same again after a failure, else the one that was read ahead, else anew
        if (now.At != offset || now.Bytes.Count != size)
        {
            var next = ahead is null ? null : await ahead;
            ahead = null;
            if (next?.At == offset && next.Bytes.Count == size)
            {
                spare = now.Bytes.Array ?? [];
                now = next;
            }
            else
            {
                now = await FillAsync(offset, size, now.Bytes.Array ?? [], cancel);
            }
        }
        var after = offset + size;
        var more = (int)Math.Min(length, Length - after);
        if (more > 0 && ahead is null)
        {
            var room = spare;
            spare = [];
            ahead = Task.Run(() => FillAsync(after, more, room, cancel), cancel);
        }
        return now.Bytes;
    }

    /// <summary>The digest of the whole file; null while not all of it was read.</summary>
    public string? WholeDigest() => hashed == Length ? Digest.Of(hash.GetCurrentHash()) : null;

    public async ValueTask DisposeAsync()
    {
        if (ahead is not null)
        {
            // it reads into memory that nobody wants any more, whatever comes of it
            await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        file.Dispose();
        hash.Dispose();
    }

    private async Task<Chunk> FillAsync(
        long offset,
        int size,
        byte[] room,
        CancellationToken cancel
    )
    {
        var bytes = room.Length >= size ? room : GC.AllocateUninitializedArray<byte>(size);
        for (var read = 0; read < size; )
        {
            var got = await RandomAccess.ReadAsync(
                file,
                bytes.AsMemory(read, size - read),
                offset + read,
                cancel
            );
            read += got > 0 ? got : throw new OutcomeException(Outcome.Failed, damaged);
        }
        var known = (int)Math.Clamp(hashed - offset, 0, size);
        hash.AppendData(bytes.AsSpan(known, size - known));
        hashed = Math.Max(hashed, offset + size);
        return new Chunk(offset, new ArraySegment<byte>(bytes, 0, size));
    }

    private sealed record Chunk(long At, ArraySegment<byte> Bytes);
}
