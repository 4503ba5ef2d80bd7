using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>
/// One run at a time in a checkout: an exclusive lock on <c>.nuke/temp/run.lock</c> that the kernel
/// releases with the process, however it ends. Who holds it stands in <c>run.holder</c> beside it,
/// since a locked file cannot be read.
/// </summary>
internal sealed class RunLock : IDisposable
{
    public const string Variable = "NUKE_RUN_LOCK";
    private const int SharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly FileStream? _file;

    private RunLock(FileStream? file, bool isInside = false) =>
        (_file, IsInside) = (file, isInside);

    /// <summary>A target of the run that holds it started this one.</summary>
    public bool IsInside { get; }

    /// <summary>
    /// Waits for the lock; says once whom it waits for. Where none can be kept, on a full disk or in a
    /// checkout that only may be read, it says so and the run goes on: a rollback must not wait for that.
    /// </summary>
    public static async Task<RunLock> TakeAsync(
        RunScope scope,
        IEnumerable<ExecutableTarget> invoked,
        Action<string> say,
        CancellationToken cancel
    )
    {
        var folder = (scope.Root / ".nuke" / "temp").ToString();
        for (var said = false; ; )
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                Directory.CreateDirectory(folder);
                if (TryOpen(Path.Combine(folder, "run.lock")) is { } file)
                {
                    Tell(folder, scope, invoked);
                    return new RunLock(file);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                say($"Nothing keeps another run out of this checkout meanwhile: {e.Message}");
                return new RunLock(null);
            }

            var holder = ReadHolder(folder);
            if (IsOurs(holder, scope))
            {
                return new RunLock(null, isInside: true);
            }

            if (!said)
            {
                said = true;
                var who = holder is [var id, var targets, var since]
                    ? $" (pid {id}: {targets}, since {since})"
                    : "";
                say($"Another run in this checkout{who} is at work: waiting for it.");
            }

            await Task.Delay(Pause, scope.Time, cancel);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException held) when (IsHeld(held))
        {
            return null;
        }
    }

    /// <summary>EWOULDBLOCK of flock(2), as .NET gives it on; a sharing violation on Windows.</summary>
    private static bool IsHeld(IOException thrown) =>
        thrown.GetType() == typeof(IOException)
        && (thrown.HResult == SharingViolation || NativeMethods.IsTryAgain(thrown.HResult));

    /// <summary>Who holds it; on a full disk nobody is told, and the lock holds all the same.</summary>
    private static void Tell(string folder, RunScope scope, IEnumerable<ExecutableTarget> invoked)
    {
        var pid = scope.Surroundings.ProcessId.ToString(CultureInfo.InvariantCulture);
        var outer = scope.Surroundings.Variable(Variable);
        scope.Surroundings.Export(
            Variable,
            string.IsNullOrEmpty(outer) ? $"{pid} {scope.Root}" : $"{outer}\n{pid} {scope.Root}"
        );
        var since = TimeZoneInfo
            .ConvertTime(scope.Started, scope.Time.LocalTimeZone)
            .ToString("HH:mm", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, "run.holder");
        try
        {
            Aside.Write(path, $"{pid}\n{string.Join(", ", invoked)}\n{since}\n");
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // the one before must not be taken for this one
            TryDelete(path);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // whoever waits is told a name that is out of date, and waits for the right one
        }
    }

    private static string[] ReadHolder(string folder)
    {
        var path = Path.Combine(folder, "run.holder");
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    /// <summary>
    /// The holder started us, itself or through runs in other checkouts, which are all in the variable, a
    /// line each: waiting for it would wait for ever.
    /// </summary>
    private static bool IsOurs(string[] holder, RunScope scope) =>
        (scope.Surroundings.Variable(Variable) ?? "")
            .Split('\n')
            .Select(line => line.Split(' ', count: 2))
            .Any(outer => outer is [var pid, var root] && IsThatOne(pid, root, holder, scope));

    private static bool IsThatOne(string pid, string root, string[] holder, RunScope scope) =>
        // by the file where it could be written; of another checkout's run this one is no part
        (holder is [var named, ..] ? named == pid : root == scope.Root.ToString())
        && (!Directory.Exists("/proc/self") || IsAncestor(pid, scope.Surroundings.ProcessId));

    // one that has ended meanwhile holds nothing
    private static bool IsAncestor(string ancestor, int process)
    {
        for (var pid = process; pid > 0; pid = ProcessStat.Of(pid)?.Parent ?? 0)
        {
            if (pid.ToString(CultureInfo.InvariantCulture) == ancestor)
            {
                return true;
            }
        }

        return false;
    }
}
