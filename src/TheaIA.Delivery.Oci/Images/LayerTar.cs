using System.Globalization;
using System.Text;

namespace TheaIA.Delivery.Oci.Images;

/// <summary>
/// Writes ustar entries in which nothing depends on the machine: mode 0644 or 0755, owner 0, time 0.
/// The runtime's own writer puts its process id into the headers of long names, and may change with
/// the runtime; these bytes are part of a digest.
/// </summary>
internal sealed class LayerTar(Stream output)
{
    private const int Block = 512;
    private const long LargestUstarSize = 0x1_FFFF_FFFF; // 11 octal digits

    /// <summary>Adds a folder.</summary>
    /// <param name="path">Its path with <c>/</c>, ending with one.</param>
    /// <param name="cancel">Ends the write.</param>
    public Task DirectoryAsync(string path, CancellationToken cancel) =>
        HeaderAsync(path, 0, "0000755", '5', cancel);

    /// <summary>Adds a file.</summary>
    /// <param name="path">Its path with <c>/</c>.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="size">How many there are.</param>
    /// <param name="cancel">Ends the write.</param>
    /// <exception cref="IOException">The file is shorter than it was said to be.</exception>
    public async Task FileAsync(string path, Stream content, long size, CancellationToken cancel)
    {
        await HeaderAsync(path, size, "0000644", '0', cancel);
        var buffer = new byte[81920];
        for (var left = size; left > 0; )
        {
            var wanted = (int)Math.Min(left, buffer.Length);
            var read = await content.ReadAsync(buffer.AsMemory(0, wanted), cancel);
            if (read == 0)
            {
                throw new IOException($"{path} got shorter while it was read.");
            }
            await output.WriteAsync(buffer.AsMemory(0, read), cancel);
            left -= read;
        }
        await PadAsync(size, cancel);
    }

    /// <summary>Marks the end of the archive.</summary>
    public async Task EndAsync(CancellationToken cancel) =>
        await output.WriteAsync(new byte[2 * Block], cancel);

    private async Task HeaderAsync(
        string path,
        long size,
        string mode,
        char type,
        CancellationToken cancel
    )
    {
        var pax = new StringBuilder();
        if (Split(path) is not var (prefix, name))
        {
            pax.Append(Record("path", path));
            (prefix, name) = ("", Ascii(path));
        }
        if (size > LargestUstarSize)
        {
            pax.Append(Record("size", size.ToString(CultureInfo.InvariantCulture)));
        }
        if (pax.Length > 0)
        {
            var bytes = Encoding.UTF8.GetBytes(pax.ToString());
            var extension = Header("", "pax_header", bytes.Length, "0000644", 'x');
            await output.WriteAsync(extension, cancel);
            await output.WriteAsync(bytes, cancel);
            await PadAsync(bytes.Length, cancel);
        }
        var told = size > LargestUstarSize ? 0 : size; // the pax record tells
        await output.WriteAsync(Header(prefix, name, told, mode, type), cancel);
    }

    private async Task PadAsync(long size, CancellationToken cancel) =>
        await output.WriteAsync(new byte[(Block - (size % Block)) % Block], cancel);

    /// <summary>The two fields that ustar has for a path; null when it does not fit into them.</summary>
    private static (string Prefix, string Name)? Split(string path)
    {
        if (!Ascii(path, int.MaxValue).Equals(path, StringComparison.Ordinal))
        {
            return null;
        }
        if (path.Length <= 100)
        {
            return ("", path);
        }
        var cut = path.IndexOf('/', Math.Max(0, path.Length - 101));
        return cut is > 0 and <= 155 && cut < path.Length - 1
            ? (path[..cut], path[(cut + 1)..])
            : null;
    }

    private static string Ascii(string path, int most = 100) =>
        new([.. path.Select(c => char.IsAscii(c) ? c : '?').TakeLast(most)]);

    /// <summary>A pax record starts with its own length in bytes.</summary>
    private static string Record(string key, string value)
    {
        var rest = $" {key}={value}\n";
        var bytes = Encoding.UTF8.GetByteCount(rest);
        var length = bytes + 1;
        while (bytes + Digits(length) != length)
        {
            length++;
        }
        return length.ToString(CultureInfo.InvariantCulture) + rest;
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static byte[] Header(string prefix, string name, long size, string mode, char type)
    {
        var block = new byte[Block];
        Put(block, 0, name);
        Put(block, 100, mode);
        Put(block, 108, "0000000"); // uid
        Put(block, 116, "0000000"); // gid
        Put(block, 124, Convert.ToString(size, 8).PadLeft(11, '0'));
        Put(block, 136, "00000000000"); // mtime
        Put(block, 148, "        "); // the checksum counts itself as blanks
        block[156] = (byte)type;
        Put(block, 257, "ustar\0" + "00");
        Put(block, 329, "0000000"); // device numbers
        Put(block, 337, "0000000");
        Put(block, 345, prefix);
        var sum = block.Sum(b => b);
        Put(block, 148, Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ");
        return block;
    }

    private static void Put(byte[] block, int offset, string text) =>
        Encoding.ASCII.GetBytes(text, block.AsSpan(offset));
}
