using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace TheaIA.Pipeline.Tests.Properties;

/// <summary>Planner and scheduler on graphs that nobody thought of, against what must hold for all.</summary>
public sealed class ScheduleProperties
{
    /// <summary>The plan is the least set that has what was named and, with a target, what it needs and triggers.</summary>
    [Property(MaxTest = 200)]
    public Property A_plan_has_what_was_named_and_what_follows_and_is_in_order() =>
        Prop.ForAll(
            Graph.Any,
            graph =>
            {
                var targets = graph.Targets();
                var plan = Planner.Make(targets, graph.Invoked(targets));
                var expected = new HashSet<ExecutableTarget>(graph.Invoked(targets));
                while (
                    expected
                        .SelectMany(t => t.Needs.Concat(t.Pulls))
                        .FirstOrDefault(t => !expected.Contains(t))
                        is { } missing
                )
                {
                    expected.Add(missing);
                }

                plan.Targets.ShouldBe(targets.Where(expected.Contains));
                for (var i = 0; i < plan.Targets.Count; i++)
                {
                    plan.Targets[i].Status.ShouldBe(ExecutionStatus.Scheduled);
                    var levels = Graph
                        .Before(plan.Targets[i])
                        .Where(plan.Contains)
                        .Select(b => plan.Levels[plan.Targets.ToList().IndexOf(b)]);
                    plan.Levels[i].ShouldBe(levels.Append(-1).Max() + 1);
                }
            }
        );

    /// <summary>
    /// Each target of the plan once, none other; after all that stands before it in the plan; at most N at
    /// a time; never two that share a resource.
    /// </summary>
    [Property(MaxTest = 200)]
    public Property Any_graph_runs_each_planned_target_once_and_in_order() =>
        Prop.ForAll(
            Graph.Any,
            graph =>
            {
                var (plan, observed) = Run(graph.Sound());
                observed.Wrong.ShouldBeEmpty();
                observed.Started.Order().ShouldBe(plan.Targets.Select(t => t.Index));
                plan.Targets.ShouldAllBe(t => t.Status == ExecutionStatus.Succeeded);
            }
        );

    /// <summary>
    /// With failures all that still holds, and a target does not run exactly when it is not assured and
    /// somewhere before it in the plan stands one that ran, failed and does not say ProceedAfterFailure.
    /// Whoever did not run says which failed target kept it.
    /// </summary>
    [Property(MaxTest = 300)]
    public Property Any_failures_keep_exactly_what_stands_behind_them_from_running() =>
        Prop.ForAll(
            Graph.Any,
            graph =>
            {
                var (plan, observed) = Run(graph);
                observed.Wrong.ShouldBeEmpty();
                var blocked = new HashSet<ExecutableTarget>();
                foreach (var target in plan.Targets)
                {
                    var node = graph.Nodes[target.Index];
                    var isBehind = Graph.Before(target).Any(blocked.Contains);
                    var runs = node.IsAssured || !isBehind;
                    target.Status.ShouldBe(
                        !runs ? ExecutionStatus.NotRun
                            : node.Fails ? ExecutionStatus.Failed
                            : ExecutionStatus.Succeeded,
                        target.Name
                    );
                    observed.Started.Count(i => i == target.Index).ShouldBe(runs ? 1 : 0);
                    (target.BlockedBy is not null).ShouldBe(!runs);
                    target.BlockedBy?.Status.ShouldBe(ExecutionStatus.Failed);
                    if (isBehind || (runs && node is { Fails: true, Proceeds: false }))
                    {
                        blocked.Add(target);
                    }
                }
            }
        );

    /// <summary>
    /// Interrupted at any start: the run ends, every assured target of the plan has run, no target is left
    /// waiting, and what ran ran once and in order.
    /// </summary>
    [Property(MaxTest = 200)]
    public Property An_interrupted_run_ends_and_leaves_no_assured_target_out() =>
        Prop.ForAll(
            Graph.Any,
            Gen.Choose(1, 10).ToArbitrary(),
            (graph, at) =>
            {
                using var interruption = new CancellationTokenSource();
                var (plan, observed) = Run(
                    graph.Sound(),
                    started =>
                    {
                        if (started == at)
                        {
                            interruption.Cancel();
                        }
                    },
                    interruption.Token
                );
                observed.Wrong.ShouldBeEmpty();
                foreach (var target in plan.Targets)
                {
                    var times = observed.Started.Count(i => i == target.Index);
                    times.ShouldBe(target.Status == ExecutionStatus.Succeeded ? 1 : 0);
                    (times == 1 || target.Status == ExecutionStatus.NotRun).ShouldBeTrue();
                    (times == 1 || !graph.Nodes[target.Index].IsAssured).ShouldBeTrue();
                }
            }
        );

    /// <summary>
    /// Skipped is exactly what a condition or --skip names, and then whatever was not named itself and
    /// only targets need or trigger that drop it: skipped ones, less those that say WhenSkipped(Execute)
    /// as long as somebody wants them.
    /// </summary>
    [Property(MaxTest = 300)]
    public Property Any_skips_leave_out_exactly_what_nothing_else_needs() =>
        Prop.ForAll(
            Graph.Any,
            graph =>
            {
                var targets = graph.Targets();
                var plan = Planner.Make(targets, graph.Invoked(targets));
                plan.Skips.Apply(null);
                var expected = new HashSet<ExecutableTarget>(
                    plan.Targets.Where(t => graph.Nodes[t.Index].IsOff)
                );
                var drops = new HashSet<ExecutableTarget>(
                    expected.Where(t => !graph.Nodes[t.Index].Keeps)
                );
                bool IsUnwanted(ExecutableTarget t)
                {
                    var wanting = plan
                        .Targets.Where(w => w.Needs.Contains(t) || w.Pulls.Contains(t))
                        .ToList();
                    return !t.Invoked && wanting.Count > 0 && wanting.TrueForAll(drops.Contains);
                }

                while (
                    plan.Targets.FirstOrDefault(t => !drops.Contains(t) && IsUnwanted(t))
                        is { } next
                )
                {
                    expected.Add(next);
                    drops.Add(next);
                }

                plan.Targets.Where(t => t.Status == ExecutionStatus.Skipped)
                    .ShouldBe(plan.Targets.Where(expected.Contains));
            }
        );

    private static (Plan Plan, Observed Observed) Run(
        Graph graph,
        Action<int>? onStart = null,
        CancellationToken interrupted = default
    )
    {
        var targets = graph.Targets();
        var plan = Planner.Make(targets, graph.Invoked(targets));
        var observed = new Observed(graph) { OnStart = onStart ?? (static _ => { }) };
        observed.RunAsync(plan, interrupted).GetAwaiter().GetResult();
        return (plan, observed);
    }
}
