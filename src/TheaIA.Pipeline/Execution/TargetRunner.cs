using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Does one target: condition, gates, up to date or not, attempts; and tells how it ended.</summary>
internal sealed class TargetRunner(
    RunScope scope,
    NukeBuild build,
    RunParts parts,
    UpToDate upToDate
)
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time = scope.Time;
    private readonly Reporter _reporter = parts.Reporter;

    /// <summary>How long targets took before.</summary>
    public required PastDurations Past { get; init; }

    /// <summary>Where it is told what happens; null: nowhere.</summary>
    public Journal? Journal { get; init; }

    /// <summary>What an earlier run did already; null: nothing.</summary>
    public Continuation? Continuation { get; init; }

    /// <summary>What the targets said last; null: nothing.</summary>
    public string? Closing { get; private set; }

    /// <summary>The first failure in time: the root cause.</summary>
    public ExecutableTarget? FirstFailed { get; private set; }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Whatever a target throws is that target's failure and is reported as such."
    )]
    public async Task<bool> RunAsync(ExecutableTarget target)
    {
        var running = new RunningTarget(target, _reporter, parts.Folder, scope.Mask)
        {
            Start = _time.GetTimestamp(),
            Expected = Past.Of(target),
        };
        parts.Begin(running);
        IReadOnlyList<ExecutableTarget> alsoSkipped = [];
        try
        {
            if (SkipRules.FirstFalse(target.Definition.DynamicConditions) is { } condition)
            {
                target.SkipReason = $"only when {condition.Text}";
                alsoSkipped = build.TargetSkipped(target);
            }
            else
            {
                await DoAsync(target, running);
            }
        }
        catch (Exception) when (running.IsLeft)
        {
            return false;
        }
        catch (Exception thrown)
        {
            Fail(target, running, Innermost(thrown));
        }

        End(running, alsoSkipped);
        PoolThread.Restore();
        return true;
    }

    /// <summary>Ends a target for the run whose code did not stop when told.</summary>
    public void Leave(RunningTarget running)
    {
        Fail(running.Target, running, new LeftBehindException());
        End(running, []);
    }

    private void End(RunningTarget running, IReadOnlyList<ExecutableTarget> alsoSkipped)
    {
        var target = running.Target;
        target.Duration = _time.GetElapsedTime(running.Start);
        parts.Drain();
        parts.Running.Remove(running);
        running.Dispose();
        Journal?.Ended(running);
        _reporter.Ended(running);
        if (
            target is { Status: ExecutionStatus.Failed, Definition.Proceeds: false }
            && scope.Parameters.Options.FailFast
        )
        {
            // only now: the cause is shown before what it cancels
            parts.Stop.FailFast(FirstFailed!);
        }

        foreach (var other in alsoSkipped)
        {
            _reporter.Skipped(other);
        }

        if (running.ClosingText is { } closing)
        {
            Closing = closing;
        }
    }

    private async Task DoAsync(ExecutableTarget target, RunningTarget running)
    {
        var stop = target.Definition.IsAssured ? CancellationToken.None : parts.Stop.Token;
        _reporter.Started(running);
        Journal?.Started(target);
        build.OnTargetRunning(target.Name);
        target.Definition.Budget?.Check(running, Journal, scope.Elapsed);
        await GateCheck.MeasureAsync(target, running, scope.Parameters.Options, Journal);
        if (!target.IsRerun && Continuation?.Of(target) is { } before)
        {
            running.TakeOver(before, Continuation.Words);
            build.TargetSucceeded(target);
            return;
        }

        var question = upToDate.Ask(target, stop);
        if (question?.Made is { } made)
        {
            target.UpToDate = true;
            target.IsRestored = made.IsRestored;
            if (made.Figure is { } figure)
            {
                running.Figure(figure);
            }

            _reporter.WasMade(target, made);
        }
        else
        {
            running.Reason = question?.Reason;
            if (target.IsRerun)
            {
                upToDate.Forget(target, question);
            }

            using (upToDate.Working())
            {
                await TryAsync(target, running, stop);
            }

            // what the build program makes of it belongs to its success
            build.TargetSucceeded(target);
            if (question is not null && !running.IsWaived)
            {
                upToDate.Remember(target, question.Now, running.FigureText);
            }

            return;
        }

        build.TargetSucceeded(target);
    }

    private Task TryAsync(ExecutableTarget target, RunningTarget running, CancellationToken stop) =>
        target.Definition.Attempts > 1
            ? RetryAsync(target, running, stop)
            : Attempt.RunAsync(running, parts.Children, _time, stop);

    private async Task RetryAsync(
        ExecutableTarget target,
        RunningTarget running,
        CancellationToken stop
    )
    {
        var said = target.Definition;
        for (var attempt = 1; ; attempt++)
        {
            target.Attempts = attempt;
            try
            {
                await Attempt.RunAsync(running, parts.Children, _time, stop);
                return;
            }
            catch (Exception thrown)
                when (attempt < said.Attempts && !stop.IsCancellationRequested && MayHelp(thrown))
            {
                var again = $"attempt {attempt + 1} of {said.Attempts}";
                running.Log($"{again}, after: {Thrown.TextOf(Innermost(thrown))}");
                running.Doing(again);
                await Task.Delay(said.Backoff, _time, stop);
            }
        }
    }

    private static bool MayHelp(Exception thrown) =>
        Innermost(thrown) is not OutcomeException { Outcome: not Outcome.Failed }
        // a second one would meet the first
        && !LeftBehindException.IsBehind(Innermost(thrown));

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Whatever a hook throws, it must not hide the failure that it was called for."
    )]
    private void Fail(ExecutableTarget target, RunningTarget running, Exception thrown)
    {
        target.Error = thrown;
        if (
            parts.Stop.IsRequested
            && (thrown is OperationCanceledException || !target.Definition.GoesOn)
        )
        {
            // what its code makes of processes that the engine ended under it is no failure of its own
            target.Status = ExecutionStatus.Aborted;
            target.AbortedBecause = parts.Stop.Why;
            running.Log(Thrown.TextOf(thrown));
            return;
        }

        target.Status = ExecutionStatus.Failed;
        lock (_gate)
        {
            if (
                FirstFailed is null
                || (FirstFailed.Definition.Proceeds && !target.Definition.Proceeds)
            )
            {
                FirstFailed = target;
            }
        }

        running.Log(Thrown.TextOf(thrown));
        try
        {
            build.OnTargetFailed(target.Name);
        }
        catch (Exception hook)
        {
            // the target's own failure is what a person has to see
            running.Log($"OnTargetFailed threw {Thrown.TextOf(hook)}");
            _reporter.Remark(
                $"OnTargetFailed threw after {target.Name}: {scope.Mask.Mask(Thrown.NamedMessageOf(hook))}"
            );
        }
    }

    private static Exception Innermost(Exception thrown) =>
        thrown switch
        {
            AggregateException { InnerExceptions: [var only] } => Innermost(only),
            TargetInvocationException { InnerException: { } inner } => Innermost(inner),
            _ => thrown,
        };
}
