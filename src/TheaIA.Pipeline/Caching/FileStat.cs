using System.Runtime.InteropServices;

namespace TheaIA.Pipeline;

/// <summary>What tells an edited file from an unedited one without reading it. Times in nanoseconds since 1970.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When the content was written; a program may set it back.</param>
/// <param name="Changed">When anything of it changed; no program can set it.</param>
/// <param name="Inode">Another file under the same name has another one.</param>
internal readonly record struct FileStamp(long Size, long Modified, long Changed, ulong Inode);

internal enum FileKind
{
    File,
    Link,

    /// <summary>A pipe, a socket, a device: nothing that can be read to its end.</summary>
    Other,
}

/// <summary>What the file system says of a path itself, without following a link.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Stamp">Null: this system has none that no program can forge.</param>
/// <param name="IsExecutable">Its owner may run it; git keeps this much of a file's mode.</param>
internal readonly partial record struct FileStat(FileKind Kind, FileStamp? Stamp, bool IsExecutable)
{
    // statx(2) has the same layout on every processor, which stat(2) has not
    private const int AnswerSize = 256;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7ff;
    private const int KindBits = 0xF000;
    private const int RegularFile = 0x8000;
    private const int SymbolicLink = 0xA000;
    private const int OwnerMayRun = 0x40;

    /// <summary>Null: there is no such file.</summary>
    public static FileStat? Of(string path) =>
        OperatingSystem.IsLinux() ? OfLinux(path) : OfOther(path);

    private static FileStat? OfLinux(string path)
    {
        Span<byte> answer = stackalloc byte[AnswerSize];
        if (
            Statx(
                CurrentFolder,
                path,
                NoFollow,
                BasicFields,
                ref MemoryMarshal.GetReference(answer)
            ) != 0
        )
        {
            return OfOther(path);
        }

        var mode = BitConverter.ToUInt16(answer[28..]);
        var kind = (mode & KindBits) switch
        {
            RegularFile => FileKind.File,
            SymbolicLink => FileKind.Link,
            _ => FileKind.Other,
        };
        return new(
            kind,
            new(
                BitConverter.ToInt64(answer[40..]),
                Nanoseconds(answer[112..]),
                Nanoseconds(answer[96..]),
                BitConverter.ToUInt64(answer[32..])
            ),
            (mode & OwnerMayRun) != 0
        );
    }

    private static FileStat? OfOther(string path)
    {
        var info = new FileInfo(path);
        return info.LinkTarget is not null ? new(FileKind.Link, null, false)
            : info.Exists ? new(FileKind.File, null, MayRun(info))
            : null;
    }

    private static bool MayRun(FileInfo file) =>
        !OperatingSystem.IsWindows() && (file.UnixFileMode & UnixFileMode.UserExecute) != 0;

    private static long Nanoseconds(ReadOnlySpan<byte> time) =>
        (BitConverter.ToInt64(time) * 1_000_000_000) + BitConverter.ToUInt32(time[8..]);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Statx(
        int folder,
        string path,
        int flags,
        uint fields,
        ref byte answer
    );
}
