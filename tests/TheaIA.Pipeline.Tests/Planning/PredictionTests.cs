using System.Diagnostics;

namespace TheaIA.Pipeline.Tests.Planning;

/// <summary>What past runs tell of the next one: order, --plan, the budget.</summary>
public sealed class PredictionTests
{
    private const string Past = """
        Quick 1000 1000 1000
        Middle 4000
        Slow 9000 5000 7000
        Behind 20000
        a line that is none
        Late -5

        """;

    [Fact]
    public async Task What_cannot_be_kept_is_said_and_ends_no_run()
    {
        using var checkout = new Checkout();
        Directory.CreateDirectory(Path.Combine(checkout.Root, ".nuke/temp/durations"));
        var answer = await checkout.RunAsync<Reporting.ShownBuild>("Restore --no-logo");
        answer.Code.ShouldBe(0);
        answer.Output.ShouldContain("\nHow long the targets took cannot be kept: ");
        answer.LastLine.ShouldBe("Done in 2.1 s.");
    }

    [Fact]
    public void Of_several_the_longest_way_to_the_end_starts_first()
    {
        using var checkout = With(Past);
        // Quick is short, but what waits for it is not
        ExecutableTarget[] targets =
        [
            Made("Middle", 0),
            Made("Slow", 1),
            Made("Quick", 2),
            Made("Behind", 3),
        ];
        targets[3].Needs.Add(targets[2]);
        var plan = new Plan(targets, targets.Length);
        var past = PastDurations.Load(AbsolutePath.Create(checkout.Root));
        var order = new StartOrder(plan, new Prediction(plan, past, 3).Ranks, 3);
        var started = new List<string>();
        while (order.TryTake(out var place))
        {
            started.Add(targets[place].Name);
        }

        started.ShouldBe(["Quick", "Slow", "Middle"]);
    }

    [Theory]
    [InlineData("All --sequential", "Middle Slow Quick Behind All")]
    [InlineData("All --max-parallel 1", "Middle Slow Quick Behind All")]
    public async Task One_at_a_time_keeps_the_plans_own_order(string commandLine, string expected)
    {
        using var checkout = With(Past);
        (await checkout.RunAsync<Build>(commandLine)).Ran.ShouldBe(expected);
    }

    [Fact]
    public async Task The_plan_shows_times_and_what_decides()
    {
        using var checkout = With(Past);
        var answer = await checkout.RunAsync<Build>("All --plan");
        answer.Output.ShouldBe(
            """
            wave  target   about
               1  Middle   4.0 s        needed by All
                  Slow     7.0 s        needed by All
                  Quick    1.0 s        needed by Behind
               2  Behind   20 s         needed by All
               3  All      -            asked for

            At most about 21 s, by past runs. What decides: Quick, Behind.

            """
        );
    }

    [Fact]
    public async Task The_plan_as_json_has_them_too()
    {
        using var checkout = With(Past);
        var answer = await checkout.RunAsync<Build>("All --plan json");
        answer.Output.ShouldStartWith(
            """
            {
              "predictedSeconds": 21,
              "criticalPath": [
                "Quick",
                "Behind"
              ],
            """
        );
    }

    [Fact]
    public async Task One_at_a_time_takes_the_sum()
    {
        using var checkout = With(Past);
        (await checkout.RunAsync<Build>("All --plan --sequential")).Output.ShouldContain(
            "At most about 32 s"
        );
    }

    [Fact]
    public async Task Targets_that_share_a_resource_count_one_after_the_other()
    {
        using var checkout = With("PortA 3000\nPortB 4000\n");
        (await checkout.RunAsync<Build>("PortA PortB --plan")).Output.ShouldContain(
            "At most about 7.0 s"
        );
    }

    [Fact]
    public async Task A_target_that_is_skipped_counts_nothing()
    {
        using var checkout = With(Past);
        (await checkout.RunAsync<Build>("All --plan --skip Behind")).Output.ShouldContain(
            "At most about 7.0 s, by past runs. What decides: Slow."
        );
    }

    [Fact]
    public async Task A_run_keeps_the_times_of_what_really_ran()
    {
        using var checkout = new Checkout();
        for (var i = 1; i <= 6; i++)
        {
            (await checkout.RunAsync<Timed>($"Takes --seconds {i}")).Code.ShouldBe(0);
        }

        await checkout.RunAsync<Timed>("Fails");
        await checkout.RunAsync<Timed>("Instant");
        checkout.Read(".nuke/temp/durations").ShouldBe("Takes 6000 5000 4000 3000 2000\n");
        (await checkout.RunAsync<Timed>("Takes --plan")).Output.ShouldContain("Takes    4.0 s");
    }

    [Fact]
    public async Task What_an_earlier_run_did_took_no_time_in_this_one()
    {
        using var checkout = new Checkout();
        using var git = Process.Start("git", ["init", "-q", checkout.Root]);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        await checkout.RunAsync<Timed>("Takes Fails --seconds 6 --sequential");
        (
            await checkout.RunAsync<Timed>("Takes Fails --seconds 6 --sequential --continue")
        ).Output.ShouldContain("done in the run");
        checkout.Read(".nuke/temp/durations").ShouldBe("Takes 6000\n");
    }

    [Fact]
    public async Task A_budget_that_by_past_runs_will_not_do_is_told_before_with_its_critical_path()
    {
        using var checkout = With(Past);
        var answer = await checkout.RunAsync<Build>("Late");
        answer.FirstLine.ShouldBe(
            "By past runs Late starts after 21 s, over its budget [10 s]. What takes so long: Quick, Behind."
        );
        answer.Code.ShouldBe(0, answer.Output);
        string[] plans = ["Late --plan", "Late --plan json"];
        foreach (var plan in plans)
        {
            (await checkout.RunAsync<Build>(plan))
                .Output.ReplaceLineEndings(" ")
                .ShouldContain(answer.FirstLine);
        }
    }

    [Fact]
    public async Task A_budget_that_will_do_is_not_talked_about()
    {
        using var checkout = With("Quick 1000\nBehind 2000\n");
        (await checkout.RunAsync<Build>("Late")).Output.ShouldNotContain("budget");
    }

    [Fact]
    public async Task Over_its_budget_a_target_is_refused_before_its_gates()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Timed>("Deploy --seconds 61");
        answer.Code.ShouldBe(3);
        answer.Output.ShouldContain(
            "NO    Deploy         0.0 s   Budget: 61 s since the start [60 s]\n"
        );
        answer.LastLine.ShouldBe("Stopped at the gate Budget. Nothing was deployed.");
        answer.Ran.ShouldBe("Takes");
    }

    [Fact]
    public async Task A_budget_that_does_not_bind_is_noted()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Timed>("Deploy --seconds 61 --lenient");
        answer.Code.ShouldBe(0);
        answer.Output.ShouldContain(
            "Deploy starts 61 s since the start [60 s]: over its budget, noted only.\n"
        );
        answer.Ran.ShouldBe("Takes Deploy");
    }

    [Fact]
    public async Task Within_its_budget_a_target_runs()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Timed>("Deploy --seconds 60")).Ran.ShouldBe("Takes Deploy");
    }

    [Fact]
    public async Task A_budget_of_nothing_is_a_wrong_program()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<NoTime>("Test");
        answer.Code.ShouldBe(2);
        answer.FirstLine.ShouldBe("Test: Budget needs a time above zero.");
    }

    private static ExecutableTarget Made(string name, int index)
    {
        var getter = typeof(string).GetProperty("Length")!.GetMethod!;
        var definition = new TargetDefinition(new object(), getter);
        return new ExecutableTarget(name, index, definition) { Status = ExecutionStatus.Scheduled };
    }

    private static Checkout With(string past)
    {
        var checkout = new Checkout();
        checkout.Write(".nuke/temp/durations", past);
        return checkout;
    }

    public class Build : TestBuild
    {
        Target Middle => _ => _.Executes(() => Ran("Middle"));
        Target Slow => _ => _.Executes(() => Ran("Slow"));
        Target Quick => _ => _.Executes(() => Ran("Quick"));
        Target Behind => _ => _.DependsOn(Quick).Executes(() => Ran("Behind"));
        Target All => _ => _.DependsOn(Middle, Slow, Behind).Executes(() => Ran("All"));
        Target PortA => _ => _.Exclusive("port").Executes(() => Ran("PortA"));
        Target PortB => _ => _.Exclusive("PORT").Executes(() => Ran("PortB"));
        Target Late =>
            _ => _.DependsOn(Behind).Budget(TimeSpan.FromSeconds(10)).Executes(() => Ran("Late"));
    }

    public class Timed : TestBuild
    {
        [Parameter]
        public int Seconds { get; set; }

        [Parameter]
        public bool Lenient { get; set; }

        Target Takes =>
            _ =>
                _.Executes(() =>
                {
                    Ran("Takes");
                    Take(Seconds);
                });
        Target Instant => _ => _.Executes(() => Take(0.009));
        Target Fails =>
            _ =>
                _.Executes(() =>
                {
                    Take(1);
                    Throw("went wrong");
                });
        Target Deploy =>
            _ =>
                _.DependsOn(Takes)
                    .Budget(TimeSpan.FromMinutes(1), () => !Lenient)
                    .Executes(() => Ran("Deploy"));
    }

    public class NoTime : TestBuild
    {
        Target Test => _ => _.Budget(TimeSpan.Zero).Executes(() => Ran("Test"));
    }
}
