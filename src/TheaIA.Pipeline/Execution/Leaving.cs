namespace TheaIA.Pipeline;

/// <summary>
/// Ends targets whose code does not stop when the run is told to: for the run they have ended, and
/// whatever their threads still do is no part of it.
/// </summary>
internal sealed class Leaving(
    RunParts parts,
    TargetRunner runner,
    Scheduler scheduler,
    TimeProvider time
)
{
    /// <summary>The run was told to stop.</summary>
    public async Task LeaveAsync()
    {
        // what waits for a child waits no longer
        await parts.Children.InterruptedAsync();
        await Task.Delay(Attempt.Grace, time);
        foreach (var running in parts.Running.All())
        {
            if (!running.Target.Definition.GoesOn && running.TryLeave())
            {
                runner.Leave(running);
                scheduler.Left(running.Target);
            }
        }
    }
}
