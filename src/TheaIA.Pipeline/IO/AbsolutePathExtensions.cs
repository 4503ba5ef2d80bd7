using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>Reading, writing, making and deleting files and folders.</summary>
public static partial class AbsolutePathExtensions
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Whether there is a file or a folder.</summary>
    /// <param name="path">The path.</param>
    public static bool Exists(this AbsolutePath path) =>
        path.FileExists() || path.DirectoryExists();

    /// <summary>Whether there is a file.</summary>
    /// <param name="path">The path.</param>
    public static bool FileExists([NotNullWhen(true)] this AbsolutePath? path) => File.Exists(path);

    /// <summary>Whether there is a folder.</summary>
    /// <param name="path">The path.</param>
    public static bool DirectoryExists([NotNullWhen(true)] this AbsolutePath? path) =>
        Directory.Exists(path);

    /// <summary>The path if there is such a file, else null.</summary>
    /// <param name="path">The path.</param>
    public static AbsolutePath? ExistingFile(this AbsolutePath path) =>
        path.FileExists() ? path : null;

    /// <summary>The path if there is such a folder, else null.</summary>
    /// <param name="path">The path.</param>
    public static AbsolutePath? ExistingDirectory(this AbsolutePath path) =>
        path.DirectoryExists() ? path : null;

    /// <summary>Makes the folder and those above it; nothing when it is there.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder.</returns>
    public static AbsolutePath CreateDirectory(this AbsolutePath path)
    {
        Directory.CreateDirectory(path.ToString());
        return path;
    }

    /// <summary>Makes the folder, or deletes all that is in it.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder.</returns>
    public static AbsolutePath CreateOrCleanDirectory(this AbsolutePath path)
    {
        path.CreateDirectory();
        foreach (var entry in new DirectoryInfo(path.ToString()).EnumerateFileSystemInfos())
        {
            Delete(entry);
        }

        return path;
    }

    /// <summary>Deletes the folder and all that is in it; nothing when there is none. A link goes, its target stays.</summary>
    /// <param name="path">The folder.</param>
    public static void DeleteDirectory(this AbsolutePath path)
    {
        var directory = new DirectoryInfo(path.ToString());
        if (directory.Exists)
        {
            Delete(directory);
        }
    }

    /// <summary>Deletes the file; nothing when there is none.</summary>
    /// <param name="path">The file.</param>
    public static void DeleteFile(this AbsolutePath path)
    {
        var file = new FileInfo(path.ToString());
        if (file.Exists)
        {
            Delete(file);
        }
    }

    /// <summary>The whole file as text (UTF-8 unless its first bytes or the encoding say else).</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Null: UTF-8.</param>
    public static string ReadAllText(this AbsolutePath path, Encoding? encoding = null) =>
        File.ReadAllText(path.ToString(), encoding ?? Utf8);

    /// <summary>The file's lines without their line ends.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Null: UTF-8.</param>
    public static string[] ReadAllLines(this AbsolutePath path, Encoding? encoding = null) =>
        File.ReadAllLines(path.ToString(), encoding ?? Utf8);

    /// <summary>The file's bytes.</summary>
    /// <param name="path">The file.</param>
    public static byte[] ReadAllBytes(this AbsolutePath path) => File.ReadAllBytes(path.ToString());

    /// <summary>Writes a file, and makes its folder. As in NUKE, it ends with exactly one line end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">The text.</param>
    /// <param name="encoding">Null: UTF-8 without a byte order mark.</param>
    /// <param name="eofLineBreak">False: the text as it is. Default: true.</param>
    /// <returns>The file.</returns>
    public static AbsolutePath WriteAllText(
        this AbsolutePath path,
        string content,
        Encoding? encoding = null,
        bool eofLineBreak = true
    )
    {
        var end = content.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        path.Parent?.CreateDirectory();
        File.WriteAllText(
            path.ToString(),
            eofLineBreak ? content.TrimEnd('\r', '\n') + end : content,
            encoding ?? Utf8
        );
        return path;
    }

    /// <summary>Writes a file of lines, and makes its folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">The lines, each of which gets a line feed.</param>
    /// <param name="encoding">Null: UTF-8 without a byte order mark.</param>
    /// <returns>The file.</returns>
    public static AbsolutePath WriteAllLines(
        this AbsolutePath path,
        IEnumerable<string> lines,
        Encoding? encoding = null
    ) =>
        path.WriteAllText(
            string.Concat(lines.Select(line => line + "\n")),
            encoding,
            eofLineBreak: false
        );

    /// <summary>Writes a file of bytes, and makes its folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The file.</returns>
    public static AbsolutePath WriteAllBytes(this AbsolutePath path, byte[] bytes)
    {
        path.Parent?.CreateDirectory();
        File.WriteAllBytes(path.ToString(), bytes);
        return path;
    }

    /// <summary>How to get from one path to another: <c>../src/Api</c>.</summary>
    /// <param name="from">The folder to start in.</param>
    /// <param name="to">Where to go.</param>
    /// <returns>A relative path with this machine's separators; <c>.</c> when both are the same.</returns>
    public static string GetRelativePathTo(this AbsolutePath from, AbsolutePath to) =>
        Path.GetRelativePath(from.ToString(), to.ToString());

    private static void Delete(FileSystemInfo entry)
    {
        // what is read-only cannot be deleted on Windows (git's objects are)
        if (OperatingSystem.IsWindows())
        {
            entry.Attributes &= ~FileAttributes.ReadOnly;
        }

        if (entry is DirectoryInfo { LinkTarget: null } directory)
        {
            foreach (var below in directory.EnumerateFileSystemInfos())
            {
                Delete(below);
            }
        }

        entry.Delete();
    }
}
