using System.Diagnostics.CodeAnalysis;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>A run of a plan: refusals first, then all targets, then the last lines.</summary>
internal sealed class Run(
    RunScope scope,
    NukeBuild build,
    Plan plan,
    IReadOnlyList<ExecutableTarget> all
)
{
    private readonly EngineOptions _options = scope.Parameters.Options;
    private readonly Interruption _interruption = scope.Surroundings.Interruption;

    public async Task<Outcome> RunAsync()
    {
        build.OnBuildInitialized();
        Requirements.Check(build, plan, scope.Parameters);
        Overrides.Check(_options, plan);
        var layout = new Layout(plan.Targets.Select(t => t.Name));
        using var screen = scope.Host.Open(scope.Surroundings);
        using var reporter = new Reporter(
            screen,
            layout,
            _options.Verbosity,
            scope.Mask,
            scope.Time
        );
        using var held = await LockAsync(reporter);
        var folder = new RunFolder(
            scope.Root.ToString(),
            TimeZoneInfo.ConvertTime(scope.Started, scope.Time.LocalTimeZone),
            scope.Surroundings.ProcessId
        );
        using var parts = new RunParts(scope, reporter, folder);
        await PreflightAsync(parts);
        var past = PastDurations.Load(scope.Root);
        var predicted = new Prediction(plan, past, _options.Most);
        Announce(reporter, predicted);
        var program = ProgramHash.Of(build.GetType(), scope.Surroundings);
        var hashes = new FileHashes(scope.Root, scope.Mask);
        var (journal, continuation) = Record(program, hashes, held, folder, reporter);
        using var ends = journal;
        using var lastWords = new LastWords(scope, parts, journal);
        foreach (var target in plan.Targets)
        {
            if (target.Status == ExecutionStatus.Skipped)
            {
                build.OnTargetSkipped(target.Name);
                reporter.Skipped(target);
            }
        }

        using var upToDate = new UpToDate(scope, program, hashes, reporter.Remark);
        Widen(_options.Most);
        var runner = new TargetRunner(scope, build, parts, upToDate)
        {
            Past = past,
            Journal = journal,
            Continuation = continuation,
        };
        var order = new StartOrder(plan, predicted.Ranks, _options.Most);
        var scheduler = new Scheduler(plan, runner.RunAsync, order, parts.Stop);
        var leaving = new Leaving(parts, runner, scheduler, scope.Time);
        await using (parts.Stop.Token.Register(() => _ = leaving.LeaveAsync()))
        {
            await scheduler.RunAsync();
        }

        await parts.EndChildrenAsync();
        Remember(past, reporter);
        var ending = new Ending(plan, runner, scope, folder);
        build.ExitCode = (int)ending.Outcome;
        var outcome = Finish(ending.Outcome, reporter);
        journal?.End(outcome, ending.RootCause);
        if (outcome == ending.Outcome)
        {
            ending.Report(reporter);
        }
        else
        {
            // the ending would say that all is done
            reporter.Closing(
                ["Failed: OnBuildFinished threw after all targets were done."],
                LineStyle.Heading
            );
        }

        return outcome;
    }

    /// <summary>What the hook throws is a failure of the run, which did its work all the same.</summary>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "The run has ended: its own words must come whatever the hook throws."
    )]
    private Outcome Finish(Outcome outcome, Reporter reporter)
    {
        try
        {
            build.OnBuildFinished();
            return outcome;
        }
        catch (Exception thrown)
        {
            reporter.Remark(
                $"OnBuildFinished threw {scope.Mask.Mask(Thrown.NamedMessageOf(thrown))}"
            );
            return outcome == Outcome.Done ? Outcome.Failed : outcome;
        }
    }

    private async Task<RunLock?> LockAsync(Reporter reporter) =>
        plan.Targets.All(t => t.Definition.IsConcurrent)
            ? null
            : await RunLock.TakeAsync(
                scope,
                build.InvokedTargets,
                reporter.Remark,
                _interruption.Token
            );

    /// <summary>Nothing for what only reads, and does not hold the checkout.</summary>
    private (Journal?, Continuation?) Record(
        string program,
        FileHashes hashes,
        RunLock? held,
        RunFolder folder,
        Reporter reporter
    )
    {
        if (held is null)
        {
            return default;
        }

        var print = RunFingerprint.Take(scope, program, plan, all, hashes, _interruption.Token);
        var continuation = _options.Continue
            ? Continuation.Find(scope, plan, print, reporter.Remark)
            : null;
        return (
            Journal.Begin(scope, plan, folder, print, held.IsInside, reporter.Remark),
            continuation
        );
    }

    private async Task PreflightAsync(RunParts parts)
    {
        foreach (var target in plan.Targets)
        {
            if (
                target
                is not { Status: ExecutionStatus.Scheduled, Definition.Preflights.Length: > 0 }
            )
            {
                continue;
            }

            using var running = new RunningTarget(target, parts.Reporter, parts.Folder, scope.Mask);
            try
            {
                await CheckAsync(target, running, parts);
            }
            finally
            {
                parts.Running.Remove(running);
            }
        }
    }

    /// <summary>A method of its own, so that the flow of the code leaves the target with it.</summary>
    private static async Task CheckAsync(
        ExecutableTarget target,
        RunningTarget running,
        RunParts parts
    )
    {
        parts.Begin(running);
        foreach (var check in target.Definition.Preflights)
        {
            await check(running.Stop.Token);
        }
    }

    private void Remember(PastDurations past, Reporter reporter)
    {
        foreach (var target in plan.Targets)
        {
            if (target is { Status: ExecutionStatus.Succeeded, UpToDate: false, Continued: null })
            {
                past.Add(target);
            }
        }

        try
        {
            past.Save();
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            reporter.Remark($"How long the targets took cannot be kept: {lost.Message}");
        }
    }

    private void Announce(Reporter reporter, Prediction predicted)
    {
        if (
            !_options.NoLogo
            && build is IAnnounce speaker
            && speaker.Announce(
                new Announcement(
                    [.. build.InvokedTargets.Select(t => t.Name)],
                    predicted.IsKnown ? predicted.Total : null
                )
            )
                is { } line
        )
        {
            reporter.Headline(line);
        }

        foreach (var error in BrokenFiles.Remarks(scope.Parameters))
        {
            reporter.Remark(scope.Mask.Mask(error));
        }

        foreach (var warning in TimeBudget.Warnings(plan, predicted, scope.Elapsed))
        {
            reporter.Remark(warning);
        }
    }

    /// <summary>A target that blocks its thread must not keep others from starting.</summary>
    private static void Widen(int most)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        var wanted = Math.Min((2 * most) + 2, 64);
        if (workers < wanted)
        {
            ThreadPool.SetMinThreads(wanted, ports);
        }
    }
}
