using System.Runtime.InteropServices;

namespace TheaIA.Pipeline;

/// <summary>What .NET has no method for.</summary>
internal static class NativeMethods
{
    /// <summary>SIGKILL of POSIX.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM of POSIX.</summary>
    public const int Terminate = 15;

    /// <summary>kill(2).</summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern int SendSignal(int pid, int signal);
}
