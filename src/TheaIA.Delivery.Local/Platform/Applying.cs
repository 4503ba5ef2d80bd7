using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Images;
using TheaIA.Delivery.Local.Places;
using TheaIA.Delivery.Local.Processes;
using TheaIA.Front;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>
/// One application of a permit: start, probe, switch, drain, end the old one. Up to the switch the old
/// one serves, whatever happens; from then on the new one does.
/// </summary>
internal sealed class Applying(LocalSetup setup, PlaceFolder folder, int port)
{
    private readonly Surroundings _around = setup.Around;
    private readonly ImageRoots _roots = new(setup.Context.Registry, folder);
    private readonly FrontProgram _front = new(folder, setup.Context.StateRoot, setup.Around);
    private readonly string _address = $"http://localhost:{port}";

    /// <summary>Applies the permit.</summary>
    /// <returns>How many requests failed while it was switched; null: nothing answered before.</returns>
    public async Task<int?> RunAsync(
        Permit permit,
        Lease lease,
        Delivery.Running? before,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        var steps = new Steps(permit, progress, _around.Time);
        progress.Doing($"start {permit.What.Short}");
        folder.Make();
        var image = await _roots.UnpackAsync(permit.What, cancel);
        var old = folder.ReadCurrent();
        var generation = folder.Begin(permit.What.Digest);
        int? failed;
        using (
            var process = Starting.Start(folder, generation, image, _roots.Of(permit.What.Digest))
        )
        {
            await OrEndAsync(
                process,
                generation,
                lease,
                async () =>
                {
                    await _around.UntilAsync(
                        () => Task.FromResult(process.ExitCode is not null || HasPid(generation)),
                        Limits.Front,
                        cancel
                    );
                    setup.Context.Reached("started");
                    await ProbeAsync(process, generation, steps, cancel);
                    setup.Context.Reached("probed");
                }
            );
            progress.Doing("switch");
            steps.Begin();
            // only a place that answers can be let down
            var watch = before is { Healthy: true } ? new SwitchWatch(_address, _around) : null;
            try
            {
                await OrEndAsync(
                    process,
                    generation,
                    lease,
                    () => SwitchAsync(lease, generation, old, cancel)
                );
            }
            finally
            {
                failed = watch is null ? null : await watch.EndAsync();
            }
        }
        setup.Context.Reached("switched");
        steps.End(
            "switch",
            failed is { } count ? SwitchWatch.Text(count) : "nothing answered before"
        );
        await EndOldAsync(old, progress);
        folder.TidyLogs();
        return failed;
    }

    private bool HasPid(Generation generation) =>
        new FileInfo(folder.PidOf(generation.Number)) is { Exists: true, Length: > 0 };

    private async Task ProbeAsync(
        Detached process,
        Generation generation,
        Steps steps,
        CancellationToken cancel
    )
    {
        var log = folder.LogOf(generation.Number);
        var reason = await new Probe(_around).FailsAsync(
            process,
            generation,
            steps.Started,
            cancel
        );
        if (reason is not null)
        {
            await _around.EndAsync(process.Key);
            throw new NotUpException(reason, ServiceLog.Tail(log, ServiceLog.Shown), log);
        }
        steps.End("verify", $"the digest answers, ready, /metrics, {ServiceLog.Judge(log).Value}");
    }

    private async Task SwitchAsync(
        Lease lease,
        Generation generation,
        Current? old,
        CancellationToken cancel
    )
    {
        using (await folder.LockAsync(_around.Time, cancel))
        {
            folder.Pass(lease);
            folder.WriteCurrent(new Current(generation.Port, generation.Digest, generation.Number));
        }
        try
        {
            await _front.EnsureAsync(port, CancellationToken.None);
            if (!await _front.SwitchedAsync(port, generation.Number))
            {
                throw new NotUpException(
                    "is not reachable: the front does not see the switch",
                    ServiceLog.Tail(folder.FrontLog, ServiceLog.Shown),
                    folder.FrontLog
                );
            }
        }
        catch
        {
            using var held = await folder.LockAsync(_around.Time, CancellationToken.None);
            // unless a run that took over has switched meanwhile
            if (folder.ReadCurrent()?.Generation == generation.Number)
            {
                folder.WriteCurrent(old);
            }
            throw;
        }
    }

    // this one and no other: a run that took over may be starting its own by now
    private async Task EndOldAsync(Current? old, IProgressReport progress)
    {
        var serving = folder.Serving(old);
        if (serving is not null)
        {
            progress.Doing("answer what was begun before");
            await _front.DrainedAsync(port, old!.Generation);
        }
        setup.Context.Reached("drained");
        if (serving is not null)
        {
            progress.Doing("end what ran before");
            await _around.EndAsync(serving.Info.Key);
        }
        if (old is not null)
        {
            folder.Forget(old.Generation);
        }
        setup.Context.Reached("reaped");
    }

    // whatever stopped it, the new process must not stay
    private async Task OrEndAsync(
        Detached process,
        Generation generation,
        Lease lease,
        Func<Task> step
    )
    {
        try
        {
            await step();
        }
        catch
        {
            await _around.EndAsync(process.Key);
            folder.Forget(generation.Number);
            folder.TidyLogs();
            // ended by the run that took over: that is the reason to tell
            folder.Pass(lease);
            throw;
        }
    }
}
