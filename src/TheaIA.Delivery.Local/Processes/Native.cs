using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TheaIA.Delivery.Local.Processes;

/// <summary>The few calls of the C library that .NET has no name for.</summary>
internal static partial class Native
{
    public const int Terminate = 15;
    public const int Kill = 9;

    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;

    /// <summary>Sends a signal. Nothing when the process is gone.</summary>
    public static void Signal(int process, int signal) => _ = kill(process, signal);

    /// <summary>Brings a folder's entries to the disk.</summary>
    /// <exception cref="Win32Exception">There is no such folder.</exception>
    public static void Sync(string directory)
    {
        var descriptor = open(directory, ReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw new Win32Exception(
                Marshal.GetLastPInvokeError(),
                $"{directory} cannot be brought to the disk: {Marshal.GetLastPInvokeErrorMessage()}"
            );
        }
        _ = fsync(descriptor);
        _ = close(descriptor);
    }

    /// <summary>
    /// Marks what this process inherited beyond standard input, output and error, so that no child gets
    /// it: a shell can close only descriptors of one digit.
    /// </summary>
    public static void KeepDescriptors()
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            var descriptor = int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture);
            if (descriptor > 2)
            {
                _ = fcntl(descriptor, SetDescriptorFlags, CloseOnExec);
            }
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int process, int signal);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fcntl(int descriptor, int command, int argument);
}
