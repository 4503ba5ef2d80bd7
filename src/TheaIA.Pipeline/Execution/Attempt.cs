using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>One attempt at a target's actions, within its time limit.</summary>
internal static class Attempt
{
    /// <summary>
    /// How long code may take to stop after its token ended, before it is left behind: longer than the 5 s
    /// that a program has which it waits for (EngineRunner).
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(7);

    /// <summary>Most that do nothing to speak of have ended by then.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    /// <summary>How much later than a child's end the signal may be heard of that ended it.</summary>
    private static readonly TimeSpan Hearing = TimeSpan.FromMilliseconds(5);

    /// <param name="running">The target.</param>
    /// <param name="children">Ends what the target's code started by itself.</param>
    /// <param name="time">The run's clock.</param>
    /// <param name="stop">Ends with the run, and with --fail-fast.</param>
    public static Task RunAsync(
        RunningTarget running,
        TargetChildren children,
        TimeProvider time,
        CancellationToken stop
    ) =>
        running.Target.Definition.Limit is { } limit
            ? WithinAsync(limit, running, children, time, stop)
            : HereAsync(running, children, time, stop);

    /// <summary>
    /// On the thread that the target has already: to hand it to another one would cost a quick target more
    /// than all the rest. Code that does not stop when told is left behind together with the thread, see
    /// <see cref="Leaving"/>.
    /// </summary>
    private static async Task HereAsync(
        RunningTarget running,
        TargetChildren children,
        TimeProvider time,
        CancellationToken stop
    )
    {
        var said = running.Target.Definition;
        var ended = NativeMethods.PagesOfEndedChildren();
        running.BeginsActing();
        var work = ActAsync(said, running.Stop.Renew());
        if (!work.IsCompleted)
        {
            // before any waiting that may suspend, see Scheduler
            _ = Task.WaitAny([work], Soon);
        }

        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!running.TryEndActing())
        {
            throw new LeftBehindException();
        }

        if (!said.IsEffect)
        {
            await HearAsync(ended, time, stop);
            if (stop.IsCancellationRequested)
            {
                await children.InterruptedAsync();
            }
        }

        await work;
        if (!said.IsEffect)
        {
            ThrowIfTold(stop);
        }
    }

    private static async Task WithinAsync(
        TimeSpan limit,
        RunningTarget running,
        TargetChildren children,
        TimeProvider time,
        CancellationToken stop
    )
    {
        var target = running.Target;
        var token = running.Stop.Renew();
        using var end = new CancellationTokenSource(limit, time);
        await using var told = end.Token.Register(running.Stop.TellAttempt);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, end.Token);
        Exception? cause = null;
        string? remark = null;
        try
        {
            await EndAsync(
                () => ActAsync(target.Definition, token),
                EndChildrenAsync,
                time,
                both.Token
            );
        }
        catch (Exception thrown) when (end.IsCancellationRequested)
        {
            cause = thrown;
        }

        if (end.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            var left = cause is LeftBehindException ? $", {cause.Message}" : "";
            var rest = remark is null ? "" : $"; {remark}";
            throw new OutcomeException(
                Outcome.Failed,
                $"over its time limit of {HumanTime.Format(limit)}{left}{rest}",
                cause
            );
        }

        stop.ThrowIfCancellationRequested();

        async Task EndChildrenAsync()
        {
            if (stop.IsCancellationRequested)
            {
                await children.InterruptedAsync();
            }
            else
            {
                remark = await children.EndAsync(target);
            }
        }
    }

    /// <summary>With a thread of its own for the code, so that what blocks and ignores its token can be left behind.</summary>
    private static async Task EndAsync(
        Func<Task> act,
        Func<Task> endChildren,
        TimeProvider time,
        CancellationToken stop
    )
    {
        var ended = NativeMethods.PagesOfEndedChildren();
        var work = Task.Run(act, CancellationToken.None);
        // before any waiting that may suspend, see Scheduler
        _ = Task.WaitAny([work], Soon);
        // until it ends or is told to; how it ended is asked for below
        await work.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await HearAsync(ended, time, stop);
        if (stop.IsCancellationRequested)
        {
            // what waits for a child waits no longer
            await endChildren();
        }

        try
        {
            await work.WaitAsync(Grace, time, CancellationToken.None);
            ThrowIfTold(stop);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            throw new LeftBehindException();
        }
    }

    /// <summary>Ctrl-C in a terminal goes to children too: one that it ended may be seen before it is heard of.</summary>
    private static async Task HearAsync(long ended, TimeProvider time, CancellationToken stop)
    {
        if (!stop.IsCancellationRequested && NativeMethods.PagesOfEndedChildren() != ended)
        {
            await Task.Delay(Hearing, time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Its code may not have looked how its processes ended, and who ended them nobody can tell: what was
    /// told to stop while it ran did not do what it should.
    /// </summary>
    private static void ThrowIfTold(CancellationToken stop) => stop.ThrowIfCancellationRequested();

    private static async Task ActAsync(TargetDefinition said, CancellationToken stop)
    {
        foreach (var action in said.Actions)
        {
            stop.ThrowIfCancellationRequested();
            await action(stop).ConfigureAwait(false);
        }
    }
}

/// <summary>Code that did not end with its token still runs; it ends with the process.</summary>
internal sealed class LeftBehindException()
    : OperationCanceledException("and did not stop when told: left behind")
{
    /// <summary>Whether a target that ended with this still works.</summary>
    public static bool IsBehind(Exception? error) =>
        (error as LeftBehindException ?? error?.InnerException) is LeftBehindException;
}
