using System.Runtime.InteropServices;

namespace TheaIA.Pipeline;

/// <summary>What .NET has no method for; Linux only but for <see cref="SendSignal"/>.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>SIGKILL of POSIX.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM of POSIX.</summary>
    public const int Terminate = 15;

    private const int SetChildSubreaper = 36;
    private const int DuplicateCloseOnExec = 1030;
    private const int CountUnread = 0x541B;
    private const short Readable = 1;

    // waitid(2): any child, ended or not, without waiting and without burying it
    private const int AnyChild = 0;
    private const int PeekAtEnded = 0x01000000 | 4 | 1;
    private const int SizeOfSignalInfo = 128;

    /// <summary>kill(2).</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SendSignal(int pid, int signal);

    /// <summary>dup2(2): the target descriptor stands for the same file from now on.</summary>
    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Replace(int descriptor, int target);

    /// <summary>close(2).</summary>
    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(int descriptor);

    /// <summary>A process whose parent ends becomes this process's child, and not the system's.</summary>
    public static void AdoptOrphans() => _ = prctl(SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>Whether this process has a child, living or not yet buried.</summary>
    public static bool HasChildren()
    {
        var info = stackalloc byte[SizeOfSignalInfo];
        return waitid(AnyChild, 0, info, PeekAtEnded) == 0;
    }

    /// <summary>A second descriptor of the same file, which no child gets; -1: there is no such file.</summary>
    public static int Duplicate(int descriptor) => fcntl(descriptor, DuplicateCloseOnExec, 3);

    /// <summary>How many bytes wait in a pipe.</summary>
    public static int Unread(int descriptor)
    {
        var count = 0;
        return ioctl(descriptor, CountUnread, &count) == 0 ? count : 0;
    }

    /// <summary>Waits until there is something to read, or nobody who could write.</summary>
    public static void WaitUntilReadable(int descriptor)
    {
        var asked = new Poll { Descriptor = descriptor, Events = Readable };
        _ = poll(&asked, 1, -1);
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int waitid(int type, uint id, byte* info, int options);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ioctl(int descriptor, nuint request, int* argument);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int poll(Poll* asked, nuint count, int milliseconds);

    private struct Poll
    {
        public int Descriptor;
        public short Events;
        public short Answers;
    }
}
