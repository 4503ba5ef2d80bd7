using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Signing.Commands;

/// <summary>
/// Runs cosign. Not for several callers at once: signatures and attestations are added to a list that
/// each call reads, changes and writes back.
/// </summary>
/// <param name="runner">Runs it.</param>
/// <param name="temporaryDirectory">Where it finds files of this run.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class CosignProgram(IRunner runner, string temporaryDirectory, TimeProvider time)
{
    private const int Oldest = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private CosignTool? tool;

    /// <summary>Which cosign there is; asked once.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: none, or one that is too old.</exception>
    public async Task<CosignTool> ToolAsync(CancellationToken cancel) =>
        tool ??= await FindAsync(cancel);

    /// <summary>Runs it once.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: there is no cosign.</exception>
    public async Task<CommandResult> RunAsync(Command command, CancellationToken cancel)
    {
        try
        {
            return await runner.RunAsync(command, cancel: cancel);
        }
        catch (OutcomeException missing) when (missing.Outcome == Outcome.Wrong)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                "cosign is not here: eng/components.sh cosign installs it.",
                missing
            );
        }
    }

    /// <summary>Runs it, and once more after a moment when the registry was only busy.</summary>
    public async Task<CommandResult> RunPatientlyAsync(Command command, CancellationToken cancel)
    {
        var result = await RunAsync(command, cancel);
        if (!CosignErrors.IsTransient(result))
        {
            return result;
        }
        await Task.Delay(Pause, time, cancel);
        return await RunAsync(command, cancel);
    }

    /// <summary>A file of this run, for cosign to read.</summary>
    /// <param name="name">How its name ends: <c>cosign.pub</c>.</param>
    /// <param name="text">What is in it; no secret.</param>
    /// <param name="cancel">Ends the write.</param>
    /// <returns>Its path; of its own, whatever else runs at the same time.</returns>
    public async Task<string> WriteAsync(string name, string text, CancellationToken cancel)
    {
        Directory.CreateDirectory(temporaryDirectory);
        var path = Path.GetFullPath(Path.Combine(temporaryDirectory, $"{Guid.NewGuid():N}-{name}"));
        await File.WriteAllTextAsync(path, text, cancel);
        return path;
    }

    private async Task<CosignTool> FindAsync(CancellationToken cancel)
    {
        var version = await RunAsync(CosignCommands.Version(), cancel);
        if (version.ExitCode != 0)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"The cosign on PATH does not run ({CosignErrors.Reason(version)}): eng/components.sh cosign installs one that does."
            );
        }
        var name = CosignVersion.Name($"{version.Output}\n{version.Error}");
        var major = CosignVersion.Major(name);
        if (major < Oldest)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"cosign {name} is too old, 2 or 3 is wanted: eng/components.sh cosign installs one."
            );
        }
        if (major == Oldest)
        {
            return new CosignTool(Oldest, null, null);
        }
        var config = await RunAsync(CosignCommands.SigningConfig(), cancel);
        return config.ExitCode == 0
                ? new CosignTool(
                    major ?? Oldest + 1,
                    await WriteAsync("signing-config.json", config.Output, cancel),
                    await TrustedRootAsync(cancel)
                )
            : major is null ? new CosignTool(Oldest, null, null)
            : throw new OutcomeException(
                Outcome.Failed,
                $"cosign {name} makes no signing config ({CosignErrors.Reason(config)}): eng/components.sh cosign installs one that does."
            );
    }

    private async Task<string?> TrustedRootAsync(CancellationToken cancel)
    {
        var root = await RunAsync(CosignCommands.TrustedRoot(), cancel);
        return root.ExitCode == 0
            ? await WriteAsync("trusted-root.json", root.Output, cancel)
            : null;
    }
}
