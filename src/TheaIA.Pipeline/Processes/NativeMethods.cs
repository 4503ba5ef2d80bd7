using System.Runtime.InteropServices;

namespace TheaIA.Pipeline;

/// <summary>What .NET has no method for; Linux only but for signals and output, which are Unix.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>SIGKILL of POSIX.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM of POSIX.</summary>
    public const int Terminate = 15;

    /// <summary>EAGAIN, which is EWOULDBLOCK: not now.</summary>
    private const int TryAgain = 11;
    private const int TryAgainOnMac = 35;

    private const int SetChildSubreaper = 36;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExecFlag = 1;
    private const int CountUnread = 0x541B;
    private const int AskSize = 0x5413;
    private const int OfChildren = -1;
    private const int SizeOfUsage = 18;
    private const int MinorFaults = 8;
    private const short Readable = 1;
    private const short Writable = 4;
    private const int Interrupted = 4;
    private const int CloseOnExec = 0x80000;

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

    /// <summary>
    /// The memory pages that children took which have ended: getrusage(2). The number differs when one ended
    /// in between. Linux; elsewhere always 0.
    /// </summary>
    public static long PagesOfEndedChildren()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        // two times, each of seconds and microseconds, then 14 counts
        var usage = stackalloc long[SizeOfUsage];
        return getrusage(OfChildren, usage) == 0 ? usage[MinorFaults] : 0;
    }

    /// <summary>Columns and rows of a terminal; null: it is none.</summary>
    public static (int Columns, int Rows)? SizeOfTerminal(SafeHandle terminal)
    {
        var size = stackalloc ushort[4];
        return
            ioctl((int)terminal.DangerousGetHandle(), AskSize, (int*)size) == 0
            && size[0] > 0
            && size[1] > 0
            ? (size[1], size[0])
            : null;
    }

    /// <summary>A second descriptor of the same file, which no child gets; -1: there is no such file.</summary>
    public static int Duplicate(int descriptor)
    {
        var second = dup(descriptor);
        if (second >= 0)
        {
            _ = fcntl(second, SetDescriptorFlags, CloseOnExecFlag);
        }

        return second;
    }

    /// <summary>Writes all, also where a terminal or pipe takes only some of it at a time.</summary>
    /// <exception cref="IOException">Nobody takes it: a full disk, a pipe whose reader left.</exception>
    public static void WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            nint count;
            fixed (byte* first = bytes)
            {
                count = write(descriptor, first, (nuint)bytes.Length);
            }

            var error = Marshal.GetLastSystemError();
            if (count >= 0)
            {
                bytes = bytes[(int)count..];
            }
            else if (IsTryAgain(error))
            {
                // somebody else made it non-blocking, and it is full
                var asked = new Poll { Descriptor = descriptor, Events = Writable };
                _ = poll(&asked, 1, -1);
            }
            else if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    /// <summary>The error says that it would have to wait, for room or for a lock.</summary>
    public static bool IsTryAgain(int error) =>
        error == TryAgain || (OperatingSystem.IsMacOS() && error == TryAgainOnMac);

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
        while (poll(&asked, 1, -1) < 0 && Marshal.GetLastSystemError() == Interrupted)
        {
            // a signal came in between
        }
    }

    /// <summary>Reads what is there, at least a byte. 0: the end.</summary>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* first = buffer)
        {
            nint count;
            do
            {
                count = read(descriptor, first, (nuint)buffer.Length);
            } while (count < 0 && Marshal.GetLastSystemError() == Interrupted);

            return (int)Math.Max(0, count);
        }
    }

    /// <summary>A pipe whose ends no child gets.</summary>
    /// <exception cref="IOException">There are no descriptors left.</exception>
    public static (int Reads, int Writes) Pipe()
    {
        var ends = stackalloc int[2];
        return pipe2(ends, CloseOnExec) == 0
            ? (ends[0], ends[1])
            : throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastSystemError()));
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
    private static partial int getrusage(int who, long* usage);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int pipe2(int* ends, int flags);

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
