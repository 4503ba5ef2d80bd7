namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>What runs, and in which order.</summary>
internal static class OrderRows
{
    public static IEnumerable<Behaviour> All =>
        [
            Row("DependsOn brings a target and runs it before", "Compile", "Restore Compile"),
            Row("What is needed brings what it needs itself", "Test", "Restore Compile Test"),
            Row("A target that several others need runs once", "Pack", "Restore Compile Test Pack"),
            Row("DependentFor is DependsOn from the other side", "User", "Tool User"),
            Row("DependentFor does not bring the dependent target", "Tool", "Tool"),
            Row("After orders two targets that are both in the plan", "Late Early", "Early Late"),
            Row(
                "Before orders two targets that are both in the plan",
                "Late Early Middle",
                "Early Middle Late"
            ),
            Row("After and Before bring nothing into the plan", "Late", "Late"),
            Row("Triggers brings a target and runs it after", "Change", "Change Notify Log"),
            Row("TriggeredBy is Triggers from the other side", "Notify", "Notify Log"),
            Row("A triggered target does not bring what triggers it", "Log", "Log"),
            Row("A triggered target brings what it needs", "Pull", "Pull Fetch Pulled"),
            Row(
                "Execution, order and trigger relations combine in one order",
                "MixedA",
                "MixedB MixedA MixedC"
            ),
            Row(
                "The order of names on the command line orders nothing",
                "Test Compile",
                "Restore Compile Test"
            ),
            Row(
                "Several targets are named one after the other",
                "Compile Test",
                "Restore Compile Test"
            ),
            Row("Targets may stand behind --target", "--target Test", "Restore Compile Test"),
            Row(
                "Targets behind --target are apart by a plus",
                "--target Test+Restore",
                "Restore Compile Test"
            ),
            Row("A target that is named twice runs once", "Test Test", "Restore Compile Test"),
            Row("Names ignore case", "TEST", "Restore Compile Test"),
            Row("Names ignore dashes", "pack-all", "Restore Compile Test Pack PackAll"),
            Row(
                    "A target without actions only stands for what it needs",
                    "Everything",
                    "Early Late"
                )
                .Ends("Everything Collective"),
            Row("Consumes neither brings nor orders", "Reader", "Reader"),
            Row("Several Executes add up, in their order", "Twice", "one two"),
            Row("An async action has ended before the next begins", "Awaits", "slow quick"),
            Row(
                    "An async action with a result has ended before the next begins",
                    "AwaitsResult",
                    "slow quick"
                )
                .But("does not await a Task<T>: quick comes first"),
            Row(
                    "Targets without a relation run one after the other",
                    "Left Right --max-parallel 2",
                    "met met"
                )
                .But("one at a time, so these two would wait for each other for ever"),
            Behaviour.Of<Orders>(
                Area,
                "Without a name the default target runs",
                "",
                "Restore Compile",
                x => x.Compile
            ),
            Behaviour.Of<Orders>(
                Area,
                "There may be several default targets",
                "",
                "Restore Compile Test",
                x => x.Test,
                x => x.Compile
            ),
            Behaviour.Of<Orders>(
                Area,
                "A named target takes the place of the default",
                "Early",
                "Early",
                x => x.Compile
            ),
            Row("Without a name and a default there is nothing to do", "", "")
                .Ends("", 2)
                .Saying("has no default")
                .But("shows the help, exit 0"),
            Row("A name that no target has is an error", "Tset", "")
                .Ends("", 2)
                .Saying("There is no target 'Tset'. Did you mean Test?"),
            Behaviour
                .Of<Circle>(Area, "A circle is an error, also outside of the plan", "Free", "")
                .Ends("", 2)
                .Saying("A -> B -> A"),
            Behaviour
                .Of<Self>(Area, "A target cannot depend on itself", "Free", "")
                .Ends("", 2)
                .Saying("A -> A"),
        ];

    private const string Area = "Order";

    private static Behaviour Row(string sentence, string commandLine, string ran) =>
        Behaviour.Of<Orders>(Area, sentence, commandLine, ran);

    public class Orders : RowBuild
    {
        private readonly Barrier _both = new(2);

        Target Restore => _ => _.Executes(() => Ran(nameof(Restore)));
        public Target Compile => _ => _.DependsOn(Restore).Executes(() => Ran(nameof(Compile)));
        public Target Test => _ => _.DependsOn(Compile).Executes(() => Ran(nameof(Test)));
        Target Pack => _ => _.DependsOn(Test, Compile).Executes(() => Ran(nameof(Pack)));
        Target PackAll => _ => _.DependsOn(Pack).Executes(() => Ran(nameof(PackAll)));
        Target Late => _ => _.After(Early).Executes(() => Ran(nameof(Late)));
        Target Early => _ => _.Executes(() => Ran(nameof(Early)));
        Target Middle => _ => _.After(Early).Before(Late).Executes(() => Ran(nameof(Middle)));
        Target Tool => _ => _.DependentFor(User).Executes(() => Ran(nameof(Tool)));
        Target User => _ => _.Executes(() => Ran(nameof(User)));
        Target Change => _ => _.Triggers(Notify).Executes(() => Ran(nameof(Change)));
        Target Notify => _ => _.Executes(() => Ran(nameof(Notify)));
        Target Log => _ => _.TriggeredBy(Notify).Executes(() => Ran(nameof(Log)));
        Target Pull => _ => _.Triggers(Pulled).Executes(() => Ran(nameof(Pull)));
        Target Pulled => _ => _.DependsOn(Fetch).Executes(() => Ran(nameof(Pulled)));
        Target Fetch => _ => _.After(Pull).Executes(() => Ran(nameof(Fetch)));
        Target MixedA => _ => _.DependsOn(MixedB).Executes(() => Ran(nameof(MixedA)));
        Target MixedB => _ => _.Triggers(MixedC).Executes(() => Ran(nameof(MixedB)));
        Target MixedC => _ => _.After(MixedA).Executes(() => Ran(nameof(MixedC)));
        Target Everything => _ => _.DependsOn(Early, Late);
        Target Reader => _ => _.Consumes(Early, Late).Executes(() => Ran(nameof(Reader)));
        Target Twice => _ => _.Executes(() => Ran("one")).Executes(() => Ran("two"));
        Target Awaits => _ => _.Executes(SlowAsync).Executes(() => Ran("quick"));
        Target AwaitsResult =>
            _ =>
                _.Executes(async () =>
                    {
                        await SlowAsync();
                        return 1;
                    })
                    .Executes(() => Ran("quick"));
        Target Left => _ => _.Executes(Meet);
        Target Right => _ => _.Executes(Meet);

        private static async Task SlowAsync()
        {
            await Task.Yield();
            Ran("slow");
        }

        private void Meet()
        {
            _both.SignalAndWait(TimeSpan.FromMinutes(1)).ShouldBeTrue();
            Ran("met");
        }
    }

    public class Circle : RowBuild
    {
        Target Free => _ => _.Executes(() => Ran(nameof(Free)));
        Target A => _ => _.DependsOn(B);
        Target B => _ => _.After(A);
    }

    public class Self : RowBuild
    {
        Target Free => _ => _.Executes(() => Ran(nameof(Free)));
        Target A => _ => _.DependsOn(A);
    }
}
