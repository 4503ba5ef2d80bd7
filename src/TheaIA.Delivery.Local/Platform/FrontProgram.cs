using System.Globalization;
using System.Text.Json;
using TheaIA.Delivery.Local.Places;
using TheaIA.Delivery.Local.Processes;
using TheaIA.Delivery.Local.State;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>The front of one place: found among the processes, started, asked, ended.</summary>
internal sealed class FrontProgram(PlaceFolder folder, string stateRoot, Surroundings around)
{
    private const string CurrentOption = "--current";
    private const string PortOption = "--port";

    /// <summary>The file that a front reads; null: that is no front.</summary>
    public static string? PlaceFileOf(ProcessInfo process) =>
        process.Arguments.Any(a => Path.GetFileName(a) == FrontFiles.Program)
            ? process.After(CurrentOption)
            : null;

    /// <summary>A front answers on this port: starts one where none runs, ends those elsewhere.</summary>
    /// <exception cref="NotUpException">It did not come up.</exception>
    public async Task EnsureAsync(int port, CancellationToken cancel)
    {
        using var held = await folder.LockAsync(around.Time, cancel);
        var fronts = Find();
        if (!fronts.Any(f => PortIs(f, port)))
        {
            await StartAsync(port, cancel);
            Durable.Write(folder.Port, port.ToString(CultureInfo.InvariantCulture));
        }
        foreach (var elsewhere in fronts.Where(f => !PortIs(f, port)))
        {
            await around.EndAsync(elsewhere.Key);
        }
    }

    /// <summary>Waits until new requests go to this generation.</summary>
    public Task<bool> SwitchedAsync(int port, long generation) =>
        around.UntilAsync(
            async () => (await AskAsync(port))?.Current == generation,
            Limits.Front,
            CancellationToken.None
        );

    /// <summary>Waits until this generation has answered what it began.</summary>
    /// <returns>False: something is still being answered at the limit.</returns>
    public Task<bool> DrainedAsync(int port, long generation)
    {
        var key = generation.ToString(CultureInfo.InvariantCulture);
        return around.UntilAsync(
            async () => (await AskAsync(port))?.InFlight.GetValueOrDefault(key) == 0,
            Limits.Drain,
            CancellationToken.None
        );
    }

    /// <summary>Ends the front.</summary>
    /// <returns>True when there was one.</returns>
    public async Task<bool> StopAsync()
    {
        var fronts = Find();
        foreach (var front in fronts)
        {
            await around.EndAsync(front.Key);
        }
        Durable.Remove(folder.FrontPid);
        Durable.Remove(folder.Port);
        return fronts.Length > 0;
    }

    private static bool PortIs(ProcessInfo front, int port) =>
        front.After(PortOption) == port.ToString(CultureInfo.InvariantCulture);

    private ProcessInfo[] Find() =>
        [
            .. ProcessTable
                .All()
                .Where(p =>
                    string.Equals(PlaceFileOf(p), folder.CurrentFile, StringComparison.Ordinal)
                ),
        ];

    private async Task StartAsync(int port, CancellationToken cancel)
    {
        var program = FrontFiles.Copy(stateRoot, AppContext.BaseDirectory);
        using var process = Detach.Start(
            new DetachRequest(
                [
                    Detach.Dotnet,
                    program,
                    PortOption,
                    port.ToString(CultureInfo.InvariantCulture),
                    CurrentOption,
                    folder.CurrentFile,
                ],
                Path.GetDirectoryName(program)!,
                folder.FrontLog,
                folder.FrontPid,
                folder.CurrentFile
            )
        );
        var answers = false;
        await around.UntilAsync(
            async () =>
                process.ExitCode is not null || (answers = await AskAsync(port) is not null),
            Limits.Front,
            cancel
        );
        if (process.ExitCode is not null || !answers)
        {
            await around.EndAsync(process.Key);
            throw new NotUpException(
                process.ExitCode is { } code
                    ? $"is not reachable: the front ended at start with exit code {code}"
                    : "is not reachable: the front did not answer",
                ServiceLog.Tail(folder.FrontLog, ServiceLog.Shown),
                folder.FrontLog
            );
        }
    }

    private async Task<FrontState?> AskAsync(int port)
    {
        var url = ServiceProcess.UrlOf(port) + "/.front/generations";
        var answer = await Loopback.GetAsync(url, CancellationToken.None);
        try
        {
            return answer.IsOk
                ? JsonSerializer.Deserialize(answer.Body, LocalJson.Default.FrontState)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
