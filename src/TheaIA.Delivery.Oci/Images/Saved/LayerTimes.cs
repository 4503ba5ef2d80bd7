using System.Globalization;
using System.Text;

namespace TheaIA.Delivery.Oci.Images.Saved;

/// <summary>
/// Copies a layer and sets the time of all its entries. An engine stamps what it makes with its clock,
/// so that the same commit would give another digest each time; names, contents, owners and modes stay.
/// </summary>
internal static class LayerTimes
{
    private const int Block = 512;
    private const int LargestPaxHeader = 1024 * 1024;
    private const int SizeField = 124;
    private const int TimeField = 136;
    private const int ChecksumField = 148;
    private const int TypeField = 156;

    /// <summary>Writes the layer anew; memory does not grow with its size.</summary>
    /// <param name="layer">A tar archive, not compressed.</param>
    /// <param name="output">Where the copy goes.</param>
    /// <param name="time">The time of every entry, in whole seconds.</param>
    /// <param name="cancel">Ends the copy.</param>
    /// <exception cref="InvalidDataException">It is no tar archive.</exception>
    public static async Task SetAsync(
        Stream layer,
        Stream output,
        DateTimeOffset time,
        CancellationToken cancel
    )
    {
        var seconds = Math.Max(0, time.ToUnixTimeSeconds());
        var header = new byte[Block];
        long? told = null;
        while (await FillAsync(layer, header, cancel))
        {
            if (header.All(b => b == 0))
            {
                await output.WriteAsync(header, cancel);
                await layer.CopyToAsync(output, cancel);
                return;
            }
            var type = (char)header[TypeField];
            var size = told ?? Size(header);
            if (type == 'x')
            {
                told = await PaxAsync(layer, output, header, size, cancel);
                continue;
            }
            told = null;
            // g, L and K describe the next entry and have no time of their own
            if (type is not ('g' or 'L' or 'K'))
            {
                Put(header, TimeField, Octal(seconds, 11) + "\0");
            }
            await WriteAsync(output, header, cancel);
            // links, devices and folders have no content, whatever their size field says
            var content = type is >= '1' and <= '6' ? 0 : size;
            await CopyAsync(layer, output, Padded(content), cancel);
        }
    }

    /// <returns>The size that it tells for the next entry; null when it tells none.</returns>
    private static async Task<long?> PaxAsync(
        Stream layer,
        Stream output,
        byte[] header,
        long size,
        CancellationToken cancel
    )
    {
        if (size > LargestPaxHeader)
        {
            throw new InvalidDataException($"a pax header has {size} bytes");
        }
        var content = new byte[Padded(size)];
        await layer.ReadExactlyAsync(content, cancel);
        var (kept, told) = Timeless(content.AsSpan(0, (int)size));
        if (kept.Length > 0)
        {
            Put(header, SizeField, Octal(kept.Length, 11) + "\0");
            await WriteAsync(output, header, cancel);
            await output.WriteAsync(kept, cancel);
            await output.WriteAsync(new byte[Padded(kept.Length) - kept.Length], cancel);
        }
        return told;
    }

    /// <summary>The records less those of times. A record is <c>LENGTH KEY=VALUE\n</c>, counted in bytes.</summary>
    private static (byte[] Kept, long? Size) Timeless(ReadOnlySpan<byte> records)
    {
        var kept = new List<byte>();
        long? size = null;
        while (!records.IsEmpty)
        {
            var blank = records.IndexOf((byte)' ');
            if (
                blank < 1
                || !int.TryParse(
                    records[..blank],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var length
                )
                || length <= blank
                || length > records.Length
            )
            {
                throw new InvalidDataException("a pax header is broken");
            }
            var record = records[..length];
            var text = Encoding.UTF8.GetString(record[(blank + 1)..]);
            if (text.StartsWith("size=", StringComparison.Ordinal))
            {
                size = long.Parse(text.AsSpan(5).Trim('\n'), CultureInfo.InvariantCulture);
            }
            if (text.Split('=', 2)[0] is not ("mtime" or "atime" or "ctime"))
            {
                kept.AddRange(record);
            }
            records = records[length..];
        }
        return ([.. kept], size);
    }

    private static async Task<bool> FillAsync(
        Stream layer,
        byte[] block,
        CancellationToken cancel
    ) =>
        await layer.ReadAtLeastAsync(block, Block, throwOnEndOfStream: false, cancel) switch
        {
            0 => false, // without an end mark: an engine's empty layer may be so
            Block => true,
            _ => throw new InvalidDataException("it ends within a block"),
        };

    private static long Size(byte[] header)
    {
        var field = header.AsSpan(SizeField, 12);
        if ((field[0] & 0x80) != 0)
        {
            // base 256, for files over 8 GiB (GNU)
            var value = 0L;
            foreach (var digit in field[1..])
            {
                value = (value << 8) | digit;
            }
            return value;
        }
        var text = Encoding.ASCII.GetString(field).Trim('\0', ' ');
        try
        {
            return text.Length == 0 ? 0 : Convert.ToInt64(text, 8);
        }
        catch (Exception broken)
            when (broken is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("an entry's size is no number", broken);
        }
    }

    private static async Task CopyAsync(
        Stream layer,
        Stream output,
        long count,
        CancellationToken cancel
    )
    {
        var buffer = new byte[81920];
        while (count > 0)
        {
            var wanted = (int)Math.Min(count, buffer.Length);
            await layer.ReadExactlyAsync(buffer.AsMemory(0, wanted), cancel);
            await output.WriteAsync(buffer.AsMemory(0, wanted), cancel);
            count -= wanted;
        }
    }

    private static async Task WriteAsync(Stream output, byte[] header, CancellationToken cancel)
    {
        Put(header, ChecksumField, "        "); // the checksum counts itself as blanks
        Put(header, ChecksumField, Octal(header.Sum(b => (long)b), 6) + "\0 ");
        await output.WriteAsync(header, cancel);
    }

    private static string Octal(long number, int digits) =>
        Convert.ToString(number, 8).PadLeft(digits, '0');

    private static long Padded(long size) => (size + Block - 1) / Block * Block;

    private static void Put(byte[] block, int offset, string text) =>
        Encoding.ASCII.GetBytes(text, block.AsSpan(offset));
}
