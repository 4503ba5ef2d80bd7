using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Local.Processes;

/// <summary>
/// The only way to leave a process behind. It gets a session of its own (setsid of util-linux, Linux),
/// so that a signal to its starter's group does not reach it; no descriptor of its starter, so that a
/// pipe behind a command ends; and a cleaned environment: no key, no password.
/// </summary>
internal static class Detach
{
    // The pid is written before the guard is looked at: who removes the guard and then looks at the
    // processes finds this one, or it ends here by itself.
    private const string Script = """
        exec </dev/null >>"$1" 2>&1
        echo "$$" >"$2" && [ -e "$3" ] || exit 125
        shift 3
        exec "$@"
        """;

    private static readonly string[] Kept = ["PATH", "HOME", "LANG", "TZ", "TMPDIR"];
    private static readonly string[] KeptPrefixes = ["LC_", "DOTNET_ROOT"];

    /// <summary>The dotnet that runs this program.</summary>
    public static string Dotnet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    /// <summary>Starts a program and leaves it behind.</summary>
    [SuppressMessage(
        "ApiDesign",
        "RS0030",
        Justification = "This is the one way to leave a process behind; its output goes to its own log."
    )]
    public static Detached Start(DetachRequest request)
    {
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = request.WorkingDirectory,
            // replaced by the script; without them .NET would watch over the terminal for this child
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] fixedPart = ["/bin/sh", "-c", Script, "detach"];
        foreach (var argument in fixedPart)
        {
            start.ArgumentList.Add(argument);
        }
        start.ArgumentList.Add(request.LogFile);
        start.ArgumentList.Add(request.PidFile);
        start.ArgumentList.Add(request.Guard);
        foreach (var argument in request.Command)
        {
            start.ArgumentList.Add(argument);
        }
        foreach (var name in start.Environment.Keys.Where(n => !IsKept(n)).ToArray())
        {
            start.Environment.Remove(name);
        }
        foreach (var (name, value) in request.Environment)
        {
            start.Environment[name] = value;
        }
        // so that the engine, which ends what targets leave, leaves this one
        start.Environment[IRunner.Detached] = "1";
        Native.KeepDescriptors();
        return new Detached(Process.Start(start)!);
    }

    private static bool IsKept(string name) =>
        Kept.Contains(name, StringComparer.Ordinal)
        || KeptPrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal));
}

/// <summary>What to leave behind.</summary>
/// <param name="Command">Program and arguments; never read by a shell.</param>
/// <param name="WorkingDirectory">Where it runs.</param>
/// <param name="LogFile">Where its output is appended.</param>
/// <param name="PidFile">Where its process id is written before it starts.</param>
/// <param name="Guard">A file without which it does not start.</param>
internal sealed record DetachRequest(
    IReadOnlyList<string> Command,
    string WorkingDirectory,
    string LogFile,
    string PidFile,
    string Guard
)
{
    /// <summary>Added to the cleaned environment. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>A process that was left behind, as its starter sees it.</summary>
internal sealed class Detached(Process process) : IDisposable
{
    /// <summary>Its process id.</summary>
    public int Id { get; } = process.Id;

    /// <summary>Which process it is, now that it surely runs.</summary>
    public ProcessKey Key { get; } = new(process.Id, ProcessTable.Started(process.Id) ?? 0);

    /// <summary>Its exit code; null while it runs.</summary>
    public int? ExitCode => process.HasExited ? process.ExitCode : null;

    /// <summary>Lets go of it; it runs on.</summary>
    public void Dispose() => process.Dispose();
}
