using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// Reads tag objects, each of which lies in a file of its own or in a pack (gitformat-pack's manual).
/// Only tags are read: whatever else has an id here may be gigabytes long.
/// </summary>
internal sealed class GitObjects(string folder)
{
    private const int Tag = 4;
    private const int OffsetDelta = 6;
    private const int ReferenceDelta = 7;
    private const long Version2 = 0xFF744F63;
    private const int TableStart = 8 + (256 * 4);

    private readonly Lazy<string[]> _indexes = new(() =>
        Path.Combine(folder, "pack") is var packs && Directory.Exists(packs)
            ? Directory.GetFiles(packs, "*.idx")
            : []
    );

    /// <summary>What a tag object names in the end; the id itself when it is none of a tag.</summary>
    public string Tagged(string id)
    {
        const string Field = "object ";
        while (Read(id) is { } tag)
        {
            // its first line: object ID
            var end = tag.AsSpan().IndexOf((byte)'\n');
            id = Encoding.ASCII.GetString(tag, Field.Length, end - Field.Length);
        }

        return id;
    }

    /// <summary>A tag's text. Null: it is something else, or not here.</summary>
    private byte[]? Read(string id)
    {
        var loose = Path.Combine(folder, id[..2], id[2..]);
        return File.Exists(loose) ? Loose(loose) : Packed(Convert.FromHexString(id));
    }

    /// <summary><c>tag LENGTH NUL text</c>.</summary>
    private static byte[]? Loose(string file)
    {
        using var inflated = new ZLibStream(File.OpenRead(file), CompressionMode.Decompress);
        Span<byte> type = stackalloc byte[4];
        if (
            inflated.ReadAtLeast(type, type.Length, throwOnEndOfStream: false) < 4
            || !type.SequenceEqual("tag "u8)
        )
        {
            return null;
        }

        using var rest = new MemoryStream();
        inflated.CopyTo(rest);
        var bytes = rest.ToArray();
        return bytes[(Array.IndexOf(bytes, (byte)0) + 1)..];
    }

    private byte[]? Packed(byte[] id)
    {
        foreach (var index in _indexes.Value)
        {
            if (OffsetIn(index, id) is { } offset)
            {
                using var pack = File.OpenRead(Path.ChangeExtension(index, ".pack"));
                return At(pack, offset, id.Length);
            }
        }

        return null;
    }

    /// <summary>Where an object begins in the pack of an index (version 2: sorted ids). Null: not there.</summary>
    private static long? OffsetIn(string index, byte[] id)
    {
        using var file = File.OpenRead(index);
        long Number(long at)
        {
            Span<byte> bytes = stackalloc byte[4];
            file.Position = at;
            file.ReadExactly(bytes);
            return BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }

        if (Number(0) != Version2 || Number(4) != 2)
        {
            return null;
        }

        var count = Number(TableStart - 4);
        var (low, high) = (id[0] == 0 ? 0 : Number(4 + (id[0] * 4)), Number(8 + (id[0] * 4)));
        var found = new byte[id.Length];
        while (low < high)
        {
            var middle = (low + high) / 2;
            file.Position = TableStart + (middle * id.Length);
            file.ReadExactly(found);
            var order = found.AsSpan().SequenceCompareTo(id);
            if (order == 0)
            {
                // behind the ids a checksum each, then an offset each, then those of more than 31 bits
                var offsets = TableStart + (count * (id.Length + 4));
                var offset = Number(offsets + (middle * 4));
                const long Long = 0x8000_0000;
                if (offset < Long)
                {
                    return offset;
                }

                var at = offsets + (count * 4) + ((offset - Long) * 8);
                return (Number(at) << 32) | Number(at + 4);
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }

        return null;
    }

    private byte[]? At(FileStream pack, long offset, int idLength)
    {
        pack.Position = offset;
        var first = pack.ReadByte();
        var length = first & 15L;
        for (var (shift, last) = (4, first); (last & 128) != 0; shift += 7)
        {
            last = pack.ReadByte();
            length |= (last & 127L) << shift;
        }

        var type = (first >> 4) & 7;
        if (type is not (Tag or OffsetDelta or ReferenceDelta))
        {
            return null;
        }

        byte[]? other = null;
        if (type == OffsetDelta)
        {
            var last = pack.ReadByte();
            var back = last & 127L;
            while ((last & 128) != 0)
            {
                last = pack.ReadByte();
                back = ((back + 1) << 7) | (last & 127L);
            }

            var here = pack.Position;
            other = At(pack, offset - back, idLength);
            pack.Position = here;
        }
        else if (type == ReferenceDelta)
        {
            var id = new byte[idLength];
            pack.ReadExactly(id);
            other = Read(Convert.ToHexStringLower(id));
        }

        if (type != Tag && other is null)
        {
            return null;
        }

        var bytes = new byte[length];
        using var inflated = new ZLibStream(pack, CompressionMode.Decompress, leaveOpen: true);
        inflated.ReadExactly(bytes);
        return other is null ? bytes : Patched(other, bytes);
    }

    /// <summary>A delta: both lengths, then pieces of the other object, and bytes of its own.</summary>
    private static byte[] Patched(byte[] other, byte[] delta)
    {
        var at = 0;
        int Length()
        {
            var length = 0;
            for (var shift = 0; ; shift += 7)
            {
                length |= (delta[at] & 127) << shift;
                if ((delta[at++] & 128) == 0)
                {
                    return length;
                }
            }
        }

        _ = Length();
        var result = new List<byte>(Length());
        while (at < delta.Length)
        {
            var what = delta[at++];
            if ((what & 128) == 0)
            {
                result.AddRange(delta.AsSpan(at, what));
                at += what;
                continue;
            }

            var (start, length) = (0, 0);
            for (var i = 0; i < 4; i++)
            {
                start |= (what & (1 << i)) != 0 ? delta[at++] << (8 * i) : 0;
            }

            for (var i = 0; i < 3; i++)
            {
                length |= (what & (16 << i)) != 0 ? delta[at++] << (8 * i) : 0;
            }

            result.AddRange(other.AsSpan(start, length == 0 ? 0x10000 : length));
        }

        return [.. result];
    }
}
