using System.Security.Cryptography;
using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// A folder that is written aside and put in place whole, at the end. What was in place before stays until
/// then. After a kill at any point there is the old folder or the new one, never half of one; the next run
/// clears up.
/// </summary>
internal sealed class AsideFolder : IDisposable
{
    private readonly string place;
    private readonly string old;
    private readonly FileStream held;
    private readonly SortedDictionary<string, EvidenceFile> files = new(StringComparer.Ordinal);

    private AsideFolder(string place, string aside, string old, FileStream held)
    {
        this.place = place;
        this.old = old;
        this.held = held;
        Root = aside;
    }

    /// <summary>Where it is written.</summary>
    public string Root { get; }

    /// <summary>What was added so far, by path.</summary>
    public IReadOnlyList<EvidenceFile> Files => [.. files.Values];

    /// <summary>Takes the place; another run there is refused, and so is a folder that is something else.</summary>
    /// <param name="directory">Where the folder is to be.</param>
    /// <param name="what">The digest whose evidence may be replaced.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: something else is there; <see cref="Outcome.Failed"/>: another run writes there.
    /// </exception>
    public static AsideFolder Take(string directory, Claim what)
    {
        var place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var parent =
            Path.GetDirectoryName(place)
            ?? throw new OutcomeException(
                Outcome.Wrong,
                $"{directory} cannot be a folder of evidence: name one below it."
            );
        Directory.CreateDirectory(parent);
        var hidden = Path.Combine(parent, $".{Path.GetFileName(place)}");
        var held = Lock($"{hidden}.lock", directory);
        try
        {
            var (aside, old) = ($"{hidden}.new", $"{hidden}.old");
            ClearUp(place, aside, old);
            RefuseOther(place, directory, what);
            Directory.CreateDirectory(aside);
            return new AsideFolder(place, aside, old, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file and brings it to the disk.</summary>
    /// <param name="path">Below the folder, with slashes.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="program">It can be run.</param>
    public void Write(string path, ReadOnlySpan<byte> content, bool program = false)
    {
        var full = Full(path);
        using (var file = new FileStream(full, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        if (program && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                full,
                File.GetUnixFileMode(full)
                    | UnixFileMode.UserExecute
                    | UnixFileMode.GroupExecute
                    | UnixFileMode.OtherExecute
            );
        }
        files.Add(
            path,
            new EvidenceFile(
                path,
                Convert.ToHexStringLower(SHA256.HashData(content)),
                content.Length
            )
        );
    }

    /// <summary>Takes in a file that lies on the same disk and was hashed already.</summary>
    public void Move(string from, string path, string sha256)
    {
        var full = Full(path);
        File.Move(from, full);
        files.Add(path, new EvidenceFile(path, sha256, new FileInfo(full).Length));
    }

    /// <summary>Puts the folder in place; one that does not hold goes beside one that does.</summary>
    /// <param name="holds">What the evidence in it comes to.</param>
    /// <returns>Where it is.</returns>
    public string Commit(bool holds)
    {
        if (!holds && Holds(Path.Combine(place, EvidenceListing.FileName)))
        {
            // a key that was mistyped must not take away what was proved by the right one
            var beside = place + "-refused";
            Remove(beside);
            Directory.Move(Root, beside);
            return beside;
        }
        if (Directory.Exists(place))
        {
            Directory.Move(place, old);
        }
        Directory.Move(Root, place);
        // removed under the name of what never counts: a kill in the midst must leave no half folder to come back
        if (Directory.Exists(old))
        {
            Directory.Move(old, Root);
        }
        return place;
    }

    /// <summary>Removes what was not put in place, or was replaced.</summary>
    public void Dispose()
    {
        Remove(Root);
        held.Dispose();
    }

    private static FileStream Lock(string path, string directory)
    {
        try
        {
            // the system gives it back when its process ends, however it ends; the file itself stays
            return new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException taken)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"Another run writes {directory} ({taken.Message}): wait for it to end, then ./build.sh Evidence again.",
                taken
            );
        }
    }

    /// <summary>What a killed run left: a half folder goes, one that it had put away comes back.</summary>
    private static void ClearUp(string place, string aside, string old)
    {
        Remove(aside);
        if (Directory.Exists(old))
        {
            Directory.Move(old, Directory.Exists(place) ? aside : place);
        }
        Remove(aside);
    }

    private static void RefuseOther(string place, string directory, Claim what)
    {
        if (
            File.Exists(place)
            || Directory.Exists(place)
                && Directory.EnumerateFileSystemEntries(place).Any()
                && DigestOf(Path.Combine(place, EvidenceListing.FileName)) != what.Digest
        )
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{directory} is there and is no evidence of {what.Short}: remove it, or name another folder."
            );
        }
    }

    private static string? DigestOf(string index) =>
        Read(index, listing => listing.GetProperty("digest").GetString());

    private static bool Holds(string index) =>
        Read(index, listing => listing.GetProperty("holds").GetRawText()) == "true";

    private static string? Read(string index, Func<JsonElement, string?> part)
    {
        if (!File.Exists(index))
        {
            return null;
        }
        try
        {
            using var listing = JsonDocument.Parse(File.ReadAllBytes(index));
            return part(listing.RootElement);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // an index.json of something else
            return null;
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Full(string path)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }
}

/// <summary>A file of the folder, as its index lists it.</summary>
/// <param name="Path">Below the folder, with slashes.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal digits.</param>
/// <param name="Size">Bytes.</param>
internal sealed record EvidenceFile(string Path, string Sha256, long Size);
