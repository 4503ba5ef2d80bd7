namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>The hooks of a build class, and what it can ask of its targets.</summary>
internal static class EventRows
{
    public static IEnumerable<Behaviour> All =>
        [
            Row(
                "OnBuildCreated, OnBuildInitialized, OnTargetRunning, OnTargetSucceeded, OnBuildFinished come in this order",
                "Good",
                "created initialized running:Good good succeeded:Good finished:0"
            ),
            Row(
                    "OnTargetFailed follows a failure",
                    "Bad",
                    "created initialized running:Bad failed:Bad finished:1"
                )
                .Ends("", 1),
            Row(
                "OnTargetSkipped comes for a static condition",
                "Static",
                "created initialized skipped:Static finished:0"
            ),
            Row(
                "OnTargetSkipped comes for a dynamic condition, without OnTargetRunning",
                "Dynamic",
                "created initialized skipped:Dynamic finished:0"
            ),
            Row(
                "OnTargetSkipped comes for each target that --skip leaves out",
                "Behind --skip",
                "created initialized skipped:Good running:Behind behind succeeded:Behind finished:0"
            ),
            Row(
                "OnTargetSkipped comes for what a dynamically skipped target would have triggered",
                "Puller",
                "created initialized skipped:Puller skipped:Pulled finished:0"
            ),
            Row(
                "A target without actions has no events",
                "Nothing",
                "created initialized finished:0"
            ),
            Row(
                    "The exit code is known in OnBuildFinished",
                    "Bad Good",
                    "created initialized running:Bad failed:Bad running:Good good succeeded:Good finished:1"
                )
                .Ends("", 1),
            Behaviour.Of<Asking>(Area, "InvokedTargets are those that were named", "Asks", "Asks"),
            Behaviour
                .Of<Asking>(
                    Area,
                    "InvokedTargets are the default targets when none was named",
                    "",
                    "Asks",
                    x => x.Asks
                )
                .But("they are empty then"),
            Behaviour.Of<Asking>(
                Area,
                "While a target runs, RunningTargets has it, SucceededTargets what ran, ScheduledTargets what is to run",
                "Middle Last",
                "running Middle succeeded First scheduled Last"
            ),
            Behaviour
                .Of<Asking>(
                    Area,
                    "FinishedTargets has all that ended, also what was skipped",
                    "Finishes",
                    "First Off"
                )
                .Ends("Off Skipped")
                .But("those that succeeded or failed only"),
            Behaviour
                .Of<Asking>(
                    Area,
                    "SucceededTargets has a target without actions as well",
                    "Collects",
                    "First Group"
                )
                .Ends("Group Collective")
                .But("those that did something only"),
        ];

    private const string Area = "Events and states";

    private static Behaviour Row(string sentence, string commandLine, string ran) =>
        Behaviour.Of<Hooked>(Area, sentence, commandLine, ran);

    public class Hooked : TestBuild
    {
        Target Good => _ => _.After(Bad).Executes(() => Ran("good"));
        Target Bad => _ => _.ProceedAfterFailure().Executes(() => Throw("bad"));
        Target Static => _ => _.OnlyWhenStatic(() => false).Executes(() => Ran("never"));
        Target Dynamic => _ => _.OnlyWhenDynamic(() => false).Executes(() => Ran("never"));
        Target Behind => _ => _.DependsOn(Good).Executes(() => Ran("behind"));
        Target Puller =>
            _ => _.OnlyWhenDynamic(() => false).Triggers(Pulled).Executes(() => Ran("never"));
        Target Pulled => _ => _.Executes(() => Ran("never"));
        Target Nothing => _ => _;

        protected internal override void OnBuildCreated() => Ran("created");

        protected internal override void OnBuildInitialized() => Ran("initialized");

        protected internal override void OnBuildFinished() => Ran($"finished:{ExitCode}");

        protected internal override void OnTargetRunning(string target) => Ran($"running:{target}");

        protected internal override void OnTargetSkipped(string target) => Ran($"skipped:{target}");

        protected internal override void OnTargetSucceeded(string target) =>
            Ran($"succeeded:{target}");

        protected internal override void OnTargetFailed(string target) => Ran($"failed:{target}");
    }

    public class Asking : RowBuild
    {
        public Target Asks => _ => _.Executes(() => Ran(Names(InvokedTargets)));
        Target First => _ => _.Executes(() => { });
        Target Middle =>
            _ =>
                _.DependsOn(First)
                    .Executes(() =>
                        Ran(
                            $"running {Names(RunningTargets)} succeeded {Names(SucceededTargets)} scheduled {Names(ScheduledTargets)}"
                        )
                    );
        Target Last => _ => _.After(Middle).Executes(() => { });
        Target Off => _ => _.OnlyWhenStatic(() => false).Executes(() => Ran("never"));
        Target Finishes => _ => _.DependsOn(First, Off).Executes(() => Ran(Names(FinishedTargets)));
        Target Group => _ => _.DependsOn(First);
        Target Collects => _ => _.DependsOn(Group).Executes(() => Ran(Names(SucceededTargets)));

        private static string Names(IEnumerable<ExecutableTarget> targets) =>
            string.Join(' ', targets);
    }
}
