using System.Text;

namespace TheaIA.Pipeline;

/// <summary>Files that appear whole or not at all: written aside, then renamed.</summary>
internal static class Aside
{
    private const string Ending = ".aside";
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>A name beside a file that no other run uses.</summary>
    public static string NameFor(string path) => $"{path}.{Path.GetRandomFileName()}{Ending}";

    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <param name="path">The file.</param>
    /// <param name="content">All of it.</param>
    /// <param name="isPrivate">Nobody but its owner may read it, where the system can say so.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, bool isPrivate = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = NameFor(path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var file = new FileStream(aside, options))
            {
                file.Write(content);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Removes what a killed run left in a folder.</summary>
    public static void Sweep(string folder)
    {
        var before = TimeProvider.System.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var file in Directory.GetFiles(folder, "*" + Ending))
        {
            if (File.GetLastWriteTimeUtc(file) < before)
            {
                File.Delete(file);
            }
        }
    }
}
