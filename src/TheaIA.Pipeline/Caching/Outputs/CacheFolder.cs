using System.Text.Json;

namespace TheaIA.Pipeline;

/// <summary>
/// The files of a cache. <c>v1/blobs</c>: contents by their hash. <c>v1/entries</c>: by key, the blobs
/// that a target's outputs are made of; its time stamp is when it was used last. Both appear whole or
/// not at all. <c>v1/lock</c>: shared by those who add, held alone by the one who removes.
/// </summary>
internal sealed class CacheFolder(string path)
{
    private const UnixFileMode Readers =
        UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private readonly string _folder = Path.Combine(path, "v1");

    public string Shown => path;

    private string Entries => Path.Combine(_folder, "entries");

    private string Blobs => Path.Combine(_folder, "blobs");

    private string AsideFolder => Path.Combine(_folder, "aside");

    public string BlobOf(string hash) => Path.Combine(Blobs, hash[..2], hash);

    /// <summary>Null: there is none, or none that can be read.</summary>
    public CacheEntry? Read(string key)
    {
        try
        {
            return Parse(EntryOf(key));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string key, CacheEntry entry, DateTimeOffset used)
    {
        var aside = NewAside();
        File.WriteAllBytes(
            aside,
            JsonSerializer.SerializeToUtf8Bytes(entry, CacheJson.Default.CacheEntry)
        );
        File.SetLastWriteTimeUtc(aside, used.UtcDateTime);
        Place(aside, EntryOf(key));
    }

    /// <summary>Says that an entry was used, so that others go before it.</summary>
    public void Touch(string key, DateTimeOffset used) =>
        File.SetLastWriteTimeUtc(EntryOf(key), used.UtcDateTime);

    public void Drop(string key)
    {
        // there may not even be its folder
        if (File.Exists(EntryOf(key)))
        {
            File.Delete(EntryOf(key));
        }
    }

    /// <summary>Adds a file's content. False: it is no longer the one that was meant.</summary>
    public bool Add(string file, string hash)
    {
        var blob = BlobOf(hash);
        if (File.Exists(blob))
        {
            Widen(blob, ReadersOf(file));
            return true;
        }

        var aside = NewAside();
        File.Copy(file, aside);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(aside, ReadersOf(file));
        }

        if (ContentHash.OfFile(aside) != hash)
        {
            File.Delete(aside);
            return false;
        }

        Place(aside, blob);
        return true;
    }

    /// <summary>Who may read the file may read its content here, and nobody else: a key file stays its owner's.</summary>
    private static UnixFileMode ReadersOf(string file) =>
        OperatingSystem.IsWindows()
            ? UnixFileMode.UserRead
            : (File.GetUnixFileMode(file) & Readers) | UnixFileMode.UserRead;

    /// <summary>The same content in a file that more may read.</summary>
    private static void Widen(string blob, UnixFileMode readers)
    {
        if (
            !OperatingSystem.IsWindows()
            && File.GetUnixFileMode(blob) is var mode
            && (mode | readers) != mode
        )
        {
            File.SetUnixFileMode(blob, mode | readers);
        }
    }

    /// <summary>Nothing is removed while this is held. Null: somebody removes just now.</summary>
    public FileStream? Share() => Open(FileAccess.Read, FileShare.Read);

    /// <summary>Nobody adds while this is held. Null: somebody does just now.</summary>
    public FileStream? Own() => Open(FileAccess.ReadWrite, FileShare.None);

    public IEnumerable<FileInfo> AllEntries() => Files(Entries);

    public IEnumerable<FileInfo> AllBlobs() => Files(Blobs);

    /// <summary>What killed runs left behind.</summary>
    public IEnumerable<FileInfo> AllAside() => Files(AsideFolder);

    /// <exception cref="JsonException">It is none.</exception>
    public static CacheEntry? Parse(string file) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(file), CacheJson.Default.CacheEntry);

    private string EntryOf(string key) => Path.Combine(Entries, key[..2], key + ".json");

    private static IEnumerable<FileInfo> Files(string folder) =>
        Directory.Exists(folder)
            ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            : [];

    private string NewAside()
    {
        Directory.CreateDirectory(AsideFolder);
        return Path.Combine(AsideFolder, Path.GetRandomFileName());
    }

    private static void Place(string aside, string final)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(final)!);
        File.Move(aside, final, overwrite: true);
    }

    private FileStream? Open(FileAccess access, FileShare share)
    {
        Directory.CreateDirectory(_folder);
        try
        {
            return new(Path.Combine(_folder, "lock"), FileMode.OpenOrCreate, access, share);
        }
        catch (IOException held)
            when (held is not (DirectoryNotFoundException or FileNotFoundException))
        {
            return null;
        }
    }
}
