using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace TheaIA.Front;

/// <summary>Makes a rename durable: a folder's entries are data of their own (fsync(2)).</summary>
internal static partial class DirectorySync
{
    private const int ReadOnlyDirectoryCloseOnExec = 0x10000 | 0x80000;

    /// <summary>Returns when the folder's entries are on the disk. Elsewhere than on Linux: does nothing.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="IOException">The folder cannot be opened or the disk refuses.</exception>
    public static void Sync(string directory)
    {
        if (OperatingSystem.IsLinux())
        {
            SyncOnLinux(directory);
        }
    }

    [SupportedOSPlatform("linux")]
    private static void SyncOnLinux(string directory)
    {
        var descriptor = Open(directory, ReadOnlyDirectoryCloseOnExec);
        var failed = descriptor < 0 || Fsync(descriptor) != 0;
        var why = Marshal.GetLastPInvokeErrorMessage();
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (failed)
        {
            throw new IOException($"{directory} cannot be written to disk: {why}.");
        }
    }

    [LibraryImport(
        "libc",
        EntryPoint = "open",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
