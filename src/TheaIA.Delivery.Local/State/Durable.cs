using System.Globalization;
using System.Text;
using TheaIA.Delivery.Local.Processes;

namespace TheaIA.Delivery.Local.State;

/// <summary>Files that are there whole, or not at all, also after the machine lost its power.</summary>
internal static class Durable
{
    private const string Ending = ".new";

    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder that only its owner may enter, and all above it.</summary>
    public static void CreateDirectory(string path)
    {
        var made = new Stack<string>();
        for (var at = path; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            made.Push(at);
        }
        foreach (var folder in made)
        {
            _ = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(folder)
                : Directory.CreateDirectory(folder, OwnerOnly);
            Sync(Path.GetDirectoryName(folder)!);
        }
    }

    /// <summary>Writes a file aside, to the disk, and puts it in place whole.</summary>
    public static void Write(string path, string content)
    {
        var aside = $"{path}.{Environment.ProcessId}{Ending}";
        using (
            var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, 0)
        )
        {
            file.Write(Encoding.UTF8.GetBytes(content));
            file.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: true);
        Sync(Path.GetDirectoryName(path)!);
    }

    /// <summary>
    /// Removes what processes that are gone wrote aside in a folder (<c>fence.PID.new</c>). One that lives,
    /// and any that cannot be told to be gone, may be about to put its file in place.
    /// </summary>
    public static void RemoveAside(string directory)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(directory))
        {
            return;
        }
        foreach (var aside in Directory.EnumerateFiles(directory, "*" + Ending))
        {
            var process = Path.GetExtension(Path.GetFileNameWithoutExtension(aside));
            if (
                int.TryParse(
                    process.AsSpan(Math.Min(1, process.Length)),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var id
                ) && ProcessTable.Started(id) is null
            )
            {
                File.Delete(aside);
            }
        }
    }

    /// <summary>Removes a file, on the disk too. Nothing when it is not there.</summary>
    public static void Remove(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
            Sync(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Brings a folder's entries to the disk.</summary>
    public static void Sync(string directory)
    {
        if (!OperatingSystem.IsWindows())
        {
            Native.Sync(directory);
        }
    }
}
