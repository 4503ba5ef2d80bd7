using TheaIA.Pipeline.Tests.Properties;

namespace TheaIA.Pipeline.Tests.Execution;

public sealed class SchedulerTests
{
    private static readonly Node Plain = new(false, false, false, true, false, false, []);

    /// <summary>Whoever registers last with a token is told first: a target hears of the stop before the scheduler does.</summary>
    [Fact]
    public async Task What_a_stop_ended_lets_nothing_new_start_although_it_ends_before_the_word_is_out()
    {
        var graph = new Graph([Plain, Plain], [(0, 1, 1)], 2);
        var targets = graph.Targets();
        var plan = Planner.Make(targets, graph.Invoked(targets));
        using var interruption = new Interruption();
        using var stop = new RunStop(interruption);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource();
        var ran = new List<string>();
        var scheduler = new Scheduler(
            plan,
            WorkAsync,
            new StartOrder(plan, new TimeSpan[2], 2),
            stop
        );

        var all = scheduler.RunAsync();
        await began.Task;
        stop.FailFast(targets[0]);
        await all;

        ran.ShouldBe([targets[0].Name]);
        targets[1].Status.ShouldBe(ExecutionStatus.NotRun);
        targets[1].BlockedBy.ShouldBe(targets[0]);

        async Task<bool> WorkAsync(ExecutableTarget target)
        {
            ran.Add(target.Name);
            await using var told = stop.Token.Register(() =>
            {
                cancelled.TrySetResult();
                // the word goes on only when what comes after this target is decided
                SpinWait.SpinUntil(
                    () => targets[1].Status != ExecutionStatus.Scheduled,
                    TimeSpan.FromSeconds(10)
                );
            });
            began.TrySetResult();
            await cancelled.Task;
            target.Status = ExecutionStatus.Succeeded;
            return true;
        }
    }

    /// <summary>What the engine itself stumbles over fails its target, and the others go on.</summary>
    [Fact]
    public async Task A_target_that_nobody_saw_succeed_has_failed()
    {
        var graph = new Graph([Plain, Plain, Plain], [(0, 2, 1)], 1);
        var targets = graph.Targets();
        var plan = Planner.Make(targets, graph.Invoked(targets));
        using var interruption = new Interruption();
        using var stop = new RunStop(interruption);

        await new Scheduler(
            plan,
            target =>
            {
                target.Status =
                    target == targets[1] ? ExecutionStatus.Succeeded : ExecutionStatus.Running;
                return target == targets[1]
                    ? Task.FromResult(true)
                    : Task.FromException<bool>(new InvalidOperationException("stumbled"));
            },
            new StartOrder(plan, new TimeSpan[3], 1),
            stop
        ).RunAsync();

        plan.Targets.Select(t => t.Status)
            .ShouldBe([ExecutionStatus.Failed, ExecutionStatus.Succeeded, ExecutionStatus.NotRun]);
    }
}
