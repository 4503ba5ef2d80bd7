using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TheaIA.Api.Logs;

/// <summary>
/// A file that is renamed to NAME.1 (and that to NAME.2, ...) before it grows over its limit; the
/// newest lines are always in NAME. During a switch two releases write to it at the same time.
/// </summary>
/// <param name="path">The file; its folder is made.</param>
/// <param name="limit">The largest size, in bytes; a single longer line is still kept whole.</param>
/// <param name="kept">How many older files stay.</param>
internal sealed partial class RotatingFile(string path, long limit, int kept) : IDisposable
{
    private const int SetStatusFlags = 4;
    private const int AppendFlag = 0x400;

    private readonly Lock _gate = new();
    private SafeFileHandle? _file;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Appends a line.</summary>
    /// <param name="line">The line with its end.</param>
    /// <exception cref="IOException">The disk or the folder refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            _file ??= Open();
            if (IsFull(_file, line.Length))
            {
                // perhaps another process has renamed it already, and ours is the old one
                Reopen();
                if (IsFull(_file, line.Length))
                {
                    Rotate();
                    Reopen();
                }
            }

            RandomAccess.Write(_file, line, RandomAccess.GetLength(_file));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private bool IsFull(SafeFileHandle file, int more) =>
        RandomAccess.GetLength(file) is > 0 and var size && size + more > limit;

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_file))]
    private void Reopen()
    {
        _file?.Dispose();
        _file = Open();
    }

    private void Rotate()
    {
        for (var number = kept; number > 0; number--)
        {
            var younger = number == 1 ? path : $"{path}.{number - 1}";
            if (File.Exists(younger))
            {
                File.Move(younger, $"{path}.{number}", overwrite: true);
            }
        }
    }

    private SafeFileHandle Open()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var file = File.OpenHandle(
            path,
            FileMode.OpenOrCreate,
            FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete
        );
        if (OperatingSystem.IsLinux())
        {
            // .NET's own append mode keeps an offset, and two processes would overwrite each other
            _ = Fcntl(file, SetStatusFlags, AppendFlag);
        }

        return file;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fcntl(SafeFileHandle file, int command, int value);
}
