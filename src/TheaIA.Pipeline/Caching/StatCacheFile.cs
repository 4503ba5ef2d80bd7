using System.Text;

namespace TheaIA.Pipeline;

/// <summary>What a file's content was when stat(2) said this of it.</summary>
internal sealed class KnownFile(FileStamp stamp, string hash)
{
    public FileStamp Stamp => stamp;

    public string Hash => hash;

    /// <summary>As it was seen last; not kept, since every look asks for it.</summary>
    public bool IsExecutable { get; set; }

    /// <summary>What targets rest on.</summary>
    public string Print => IsExecutable ? ContentHash.Runnable(Hash) : Hash;

    /// <summary>An edit after it was read cannot leave the same stamp. Default: true.</summary>
    public bool IsLasting { get; init; } = true;

    /// <summary>The look at the tree that found it unchanged last. Null: none in this run.</summary>
    public object? SeenBy { get; set; }
}

/// <summary>
/// Known files by path, on disk: a hash over all that follows, the format's version, then the entries.
/// </summary>
internal static class StatCacheFile
{
    private const int Version = 1;
    private const int SealSize = ContentHash.Length + 1;
    private const int MostBytes = 1 << 30;

    public static void Write(string path, Dictionary<string, KnownFile> files)
    {
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body, Encoding.UTF8);
        writer.Write(new string('0', ContentHash.Length));
        writer.Write(Version);
        writer.Write(files.Count);
        foreach (var (name, file) in files)
        {
            writer.Write(name);
            writer.Write(file.Stamp.Size);
            writer.Write(file.Stamp.Modified);
            writer.Write(file.Stamp.Changed);
            writer.Write(file.Stamp.Inode);
            writer.Write(file.Hash);
        }

        writer.Flush();
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        writer.Seek(0, SeekOrigin.Begin);
        writer.Write(ContentHash.OfBytes(bytes[SealSize..]));
        writer.Flush();
        Aside.Write(path, bytes);
    }

    /// <summary>A file that is broken, or of another version, is none.</summary>
    public static Dictionary<string, KnownFile> Read(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > SealSize and < MostBytes })
            {
                return [];
            }

            var bytes = File.ReadAllBytes(path);
            using var reader = new BinaryReader(new MemoryStream(bytes));
            return
                reader.ReadString() == ContentHash.OfBytes(bytes.AsSpan(SealSize))
                && reader.ReadInt32() == Version
                ? Entries(reader)
                : [];
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return [];
        }
    }

    private static Dictionary<string, KnownFile> Entries(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        var files = new Dictionary<string, KnownFile>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            var stamp = new FileStamp(
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadUInt64()
            );
            files[name] = new(stamp, reader.ReadString());
        }

        return files;
    }
}
