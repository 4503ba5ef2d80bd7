using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>One run at a time in a checkout.</summary>
[SuppressMessage(
    "Reliability",
    "CA2025",
    Justification = "Each test waits for the runs that it starts."
)]
public sealed class RunLockTests
{
    [Fact]
    public async Task A_second_run_says_whom_it_waits_for_and_runs_after_it()
    {
        using var checkout = new Checkout();
        var first = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        var one = RunAsync(checkout, "Long", first, began);
        await began.Task;
        var two = RunAsync(checkout, "Quick", first, began);
        await Task.Delay(300, Xunit.TestContext.Current.CancellationToken);
        two.IsCompleted.ShouldBeFalse();
        first.SetResult();
        (await one).Code.ShouldBe(0);
        var answer = await two;
        answer.Ran.ShouldBe("quick");
        answer.FirstLine.ShouldBe(
            "Another run in this checkout (pid 4711: Long, since 14:02) is at work: waiting for it."
        );
    }

    [Fact]
    public async Task What_only_reads_does_not_wait()
    {
        using var checkout = new Checkout();
        using var held = Hold(checkout, "1\nDeploy\n14:02\n");
        (await checkout.RunAsync<Build>("Status")).Ran.ShouldBe("status");
        (await checkout.RunAsync<Build>("Quick --plan")).Code.ShouldBe(0);
        (await checkout.RunAsync<Build>("--help")).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("", "Another run in this checkout is at work: waiting for it.")]
    [InlineData(
        "1\nDeploy\n14:02\n",
        "Another run in this checkout (pid 1: Deploy, since 14:02) is at work: waiting for it."
    )]
    public async Task Ctrl_C_ends_the_wait(string holder, string expected)
    {
        using var checkout = new Checkout();
        using var held = Hold(checkout, holder);
        var interruption = checkout.Interruption;
        _ = SoonAsync(() => interruption.Request(Outcome.Interrupted));
        var answer = await checkout.RunAsync<Build>("Quick");
        answer.Code.ShouldBe(130);
        answer.Ran.ShouldBe("");
        answer.Output.ShouldBe(expected + "\nStopped by Ctrl-C before any target ran.\n");
    }

    [Fact]
    public async Task A_run_inside_of_the_holder_does_not_wait()
    {
        using var checkout = new Checkout { ProcessId = Environment.ProcessId };
        // the holder is this process's parent
        var parent = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ')[2];
        using var held = Hold(checkout, $"{parent}\nDeploy\n14:02\n");
        checkout.Environment["NUKE_RUN_LOCK"] = $"{parent} /another/name/of/it";
        var answer = await checkout.RunAsync<Build>("Quick");
        answer.Ran.ShouldBe("quick");
    }

    [Fact]
    public async Task A_run_inside_of_the_holder_through_another_checkout_does_not_wait()
    {
        using var outer = new Checkout { ProcessId = Environment.ProcessId };
        using var between = new Checkout { ProcessId = Environment.ProcessId };
        var parent = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ')[2];
        using var held = Hold(outer, $"{parent}\nDeploy\n14:02\n");
        // what the run in between hands on to what it starts
        between.Environment["NUKE_RUN_LOCK"] = $"{parent} {outer.Root}";
        (await between.RunAsync<Build>("Quick")).Ran.ShouldBe("quick");

        outer.Environment["NUKE_RUN_LOCK"] = between.Exported["NUKE_RUN_LOCK"];
        outer
            .Environment["NUKE_RUN_LOCK"]
            .ShouldBe($"{parent} {outer.Root}\n{Environment.ProcessId} {between.Root}");
        (await outer.RunAsync<Build>("Quick")).Ran.ShouldBe("quick");
    }

    [Fact]
    public async Task Where_the_holder_cannot_be_told_the_lock_holds_and_who_is_inside_does_not_wait()
    {
        using var checkout = new Checkout { ProcessId = Environment.ProcessId };
        var parent = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ')[2];
        // as on a full disk: nothing can be put into its place
        Directory.CreateDirectory(Path.Combine(checkout.Root, ".nuke/temp/run.holder"));
        var (end, began) = (new TaskCompletionSource(), new TaskCompletionSource());
        var outer = RunAsync(checkout, "Long", end, began);
        await began.Task;

        checkout.Environment["NUKE_RUN_LOCK"] = $"{parent} {checkout.Root}";
        (await checkout.RunAsync<Build>("Quick")).Ran.ShouldContain("quick");
        checkout.Environment["NUKE_RUN_LOCK"] = $"{parent} /another/checkout";
        var interruption = checkout.Interruption;
        _ = SoonAsync(() => interruption.Request(Outcome.Interrupted));
        (await checkout.RunAsync<Build>("Quick")).Code.ShouldBe(130);

        end.SetResult();
        (await outer).Output.ShouldNotContain("Nothing keeps another run out");
    }

    [Fact]
    public async Task A_variable_that_names_no_ancestor_opens_nothing()
    {
        using var checkout = new Checkout { ProcessId = int.MaxValue };
        var stranger = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var held = Hold(checkout, $"{stranger}\nDeploy\n14:02\n");
        checkout.Environment["NUKE_RUN_LOCK"] = $"{stranger} {checkout.Root}";
        var interruption = checkout.Interruption;
        _ = SoonAsync(() => interruption.Request(Outcome.Interrupted));
        (await checkout.RunAsync<Build>("Quick")).Code.ShouldBe(130);
    }

    private static async Task SoonAsync(Action act)
    {
        await Task.Delay(300);
        act();
    }

    private static FileStream Hold(Checkout checkout, string holder)
    {
        checkout.Write(".nuke/temp/run.holder", holder);
        return new FileStream(
            Path.Combine(checkout.Root, ".nuke/temp/run.lock"),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None
        );
    }

    private static async Task<Answer> RunAsync(
        Checkout checkout,
        string target,
        TaskCompletionSource end,
        TaskCompletionSource began
    )
    {
        Build.Use(end, began);
        return await checkout.RunAsync<Build>(target);
    }

    [Fact]
    public async Task Where_no_lock_and_no_log_can_be_kept_it_says_so_and_goes_on()
    {
        using var checkout = new Checkout();
        checkout.Write(".nuke/temp", "in the way");
        var answer = await checkout.RunAsync<Build>("Talks");
        answer.Code.ShouldBe(0);
        answer.Output.ShouldContain("Nothing keeps another run out of this checkout meanwhile: ");
        answer.Output.ShouldContain("Talks has no whole log: ");
        answer.Ran.ShouldBe("talked");
    }

    public class Build : TestBuild
    {
        private static readonly AsyncLocal<(
            TaskCompletionSource End,
            TaskCompletionSource Began
        )> Used = new();

        internal static void Use(TaskCompletionSource end, TaskCompletionSource began) =>
            Used.Value = (end, began);

        Target Long =>
            _ =>
                _.Executes(async () =>
                {
                    Used.Value.Began.SetResult();
                    await Used.Value.End.Task;
                });
        Target Quick => _ => _.Executes(() => Ran("quick"));
        Target Talks =>
            _ =>
                _.Executes(() =>
                {
                    Console.WriteLine("words");
                    Ran("talked");
                });
        Target Status => _ => _.Concurrent().Executes(() => Ran("status"));
    }
}
