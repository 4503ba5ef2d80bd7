namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>OnlyWhenStatic, OnlyWhenDynamic, WhenSkipped.</summary>
internal static class ConditionRows
{
    public static IEnumerable<Behaviour> All =>
        [
            Row("A static condition that holds changes nothing", "On", "Need On"),
            Row(
                    "A static condition that does not hold skips the target and what only it needs",
                    "Above",
                    "Above"
                )
                .Ends("Need Skipped, Off Skipped"),
            Row(
                    "A static condition that does not hold also skips a target that was named",
                    "Off",
                    ""
                )
                .Ends("Need Skipped, Off Skipped"),
            Row("A whole chain that only a skipped target needs is skipped", "OffChain", "")
                .Ends("Link Skipped, Need Skipped, OffChain Skipped"),
            Row("What only a skipped target triggers is skipped", "OffTrigger", "")
                .Ends("Need Skipped, OffTrigger Skipped"),
            Row(
                    "What another target needs as well is not skipped",
                    "Above Other",
                    "Need Other Above"
                )
                .Ends("Off Skipped"),
            Row(
                    "What a skipped target needs runs when it was named itself",
                    "Above Need",
                    "Need Above"
                )
                .Ends("Off Skipped"),
            Row("WhenSkipped(Execute) lets run what a skipped target needs", "Keeps", "Need")
                .Ends("Keeps Skipped"),
            Row(
                    "What a skipped target keeps is skipped when nobody needs that target either",
                    "OverKeeper",
                    ""
                )
                .Ends("Keeper Skipped, Need Skipped, OverKeeper Skipped"),
            Row(
                    "What a target keeps is skipped with it when it is only needed by a skipped one",
                    "OverOpenKeeper",
                    ""
                )
                .Ends("Need Skipped, OpenKeeper Skipped, OverOpenKeeper Skipped"),
            Row("WhenSkipped(Skip) is the default", "Drops", "")
                .Ends("Drops Skipped, Need Skipped"),
            Row("What one skipped target keeps, another does not drop", "Keeps Off", "Need")
                .Ends("Keeps Skipped, Off Skipped")
                .But("the one that stands first in the plan decides"),
            Row(
                    "What needs a skipped target runs after what that one waited for",
                    "Through --max-parallel 2",
                    "Slow Through"
                )
                .Ends("KeepsSlow Skipped"),
            Row("All static conditions have to hold", "TwoStatic", "").Ends("TwoStatic Skipped"),
            Row("All dynamic conditions have to hold", "TwoDynamic", "").Ends("TwoDynamic Skipped"),
            Row(
                "A dynamic condition is asked when what the target needs has run",
                "AfterMaker",
                "Maker AfterMaker"
            ),
            Row(
                    "What a target needs has run when its dynamic condition skips it",
                    "OffLater",
                    "Need"
                )
                .Ends("OffLater Skipped"),
            Row(
                    "A dynamic condition that does not hold also skips a target without actions",
                    "Together",
                    "Need"
                )
                .Ends("Together Skipped"),
            Row(
                    "A dynamic condition that holds lets a target without actions stand for what it needs",
                    "TogetherOn",
                    "Need"
                )
                .Ends("TogetherOn Collective"),
            Row("What needs a dynamically skipped target runs", "Behind", "Need Behind")
                .Ends("OffLater Skipped"),
            Row(
                    "A dynamic condition that does not hold also skips what the target triggers, and so on",
                    "Trigger",
                    ""
                )
                .Ends("Further Skipped, Trigger Skipped, Triggered Skipped"),
            Row(
                    "What a dynamically skipped target triggers runs when it was named itself",
                    "Trigger Triggered",
                    "Triggered Further"
                )
                .Ends("Trigger Skipped")
                .But("Triggered runs, and what only it triggers is skipped"),
            Row(
                    "What a dynamically skipped target triggers runs when another triggers it as well",
                    "Trigger Also",
                    "Also Triggered Further"
                )
                .Ends("Trigger Skipped"),
            Row("A dynamic condition is not asked where a static one does not hold", "Unasked", "")
                .Ends("Unasked Skipped"),
            Row("A dynamic condition that throws fails its target", "Throws Free", "Free")
                .Ends("Throws Failed", 1)
                .But("nothing more runs, not even what has nothing to do with it"),
            Row(
                    "A static condition that throws ends the build before anything runs",
                    "ThrowsEarly Free",
                    ""
                )
                .Ends("", 2)
                .Saying("no answer"),
            Row("The reason of a skip is the condition as written", "Reasoned", "")
                .Ends("Reasoned Skipped")
                .Saying("only when IsLocalBuild && No"),
            Row("The reason of a skip names every condition that does not hold", "TwoReasons", "")
                .Ends("TwoReasons Skipped")
                .Saying("only when No\n")
                .But("joins both: No && !Yes"),
            Row("IsLocalBuild and IsServerBuild can be conditions", "Local", "Local"),
        ];

    private const string Area = "Conditions";

    private static Behaviour Row(string sentence, string commandLine, string ran) =>
        Behaviour.Of<Conditions>(Area, sentence, commandLine, ran);

    public class Conditions : RowBuild
    {
        static bool Yes => true;
        static bool No => false;

        static bool NoAnswer() => throw new InvalidOperationException("no answer");

        Target Need => _ => _.Executes(() => Ran(nameof(Need)));
        Target On => _ => _.OnlyWhenStatic(() => Yes).DependsOn(Need).Executes(() => Ran("On"));
        Target Off => _ => _.OnlyWhenStatic(() => No).DependsOn(Need).Executes(Never);
        Target Above => _ => _.DependsOn(Off).Executes(() => Ran(nameof(Above)));
        Target Other => _ => _.DependsOn(Need).Before(Above).Executes(() => Ran(nameof(Other)));
        Target Link => _ => _.DependsOn(Need).Executes(Never);
        Target OffChain => _ => _.OnlyWhenStatic(() => No).DependsOn(Link).Executes(Never);
        Target OffTrigger => _ => _.OnlyWhenStatic(() => No).Triggers(Need).Executes(Never);
        Target Keeps =>
            _ =>
                _.OnlyWhenStatic(() => No)
                    .WhenSkipped(DependencyBehavior.Execute)
                    .DependsOn(Need)
                    .Executes(Never);
        Target Keeper =>
            _ =>
                _.OnlyWhenStatic(() => No)
                    .WhenSkipped(DependencyBehavior.Execute)
                    .DependsOn(Need)
                    .Executes(Never);
        Target OverKeeper =>
            _ => _.OnlyWhenStatic(() => No).DependsOn(Keeper, Need).Executes(Never);
        Target OpenKeeper =>
            _ => _.WhenSkipped(DependencyBehavior.Execute).DependsOn(Need).Executes(Never);
        Target OverOpenKeeper =>
            _ => _.OnlyWhenStatic(() => No).DependsOn(OpenKeeper).Executes(Never);
        Target Drops =>
            _ =>
                _.OnlyWhenStatic(() => No)
                    .WhenSkipped(DependencyBehavior.Skip)
                    .DependsOn(Need)
                    .Executes(Never);
        Target Slow =>
            _ =>
                _.Executes(async () =>
                {
                    await Task.Delay(50);
                    Ran(nameof(Slow));
                });
        Target KeepsSlow =>
            _ =>
                _.OnlyWhenStatic(() => No)
                    .WhenSkipped(DependencyBehavior.Execute)
                    .DependsOn(Slow)
                    .Executes(Never);
        Target Through => _ => _.DependsOn(KeepsSlow).Executes(() => Ran(nameof(Through)));
        Target TwoStatic =>
            _ => _.OnlyWhenStatic(() => Yes).OnlyWhenStatic(() => No).Executes(Never);
        Target TwoDynamic =>
            _ => _.OnlyWhenDynamic(() => Yes).OnlyWhenDynamic(() => No).Executes(Never);
        Target Maker =>
            _ =>
                _.Executes(() =>
                {
                    Set("made", true);
                    Ran(nameof(Maker));
                });
        Target AfterMaker =>
            _ =>
                _.DependsOn(Maker)
                    .OnlyWhenDynamic(() => Trace.Current.Bag.ContainsKey("made"))
                    .Executes(() => Ran(nameof(AfterMaker)));
        Target OffLater => _ => _.OnlyWhenDynamic(() => No).DependsOn(Need).Executes(Never);
        Target Behind => _ => _.DependsOn(OffLater).Executes(() => Ran(nameof(Behind)));
        Target Together => _ => _.OnlyWhenDynamic(() => No).DependsOn(Need);
        Target TogetherOn => _ => _.OnlyWhenDynamic(() => Yes).DependsOn(Need);
        Target Trigger => _ => _.OnlyWhenDynamic(() => No).Triggers(Triggered).Executes(Never);
        Target Triggered => _ => _.Triggers(Further).Executes(() => Ran(nameof(Triggered)));
        Target Further => _ => _.Executes(() => Ran(nameof(Further)));
        Target Also => _ => _.Triggers(Triggered).Executes(() => Ran(nameof(Also)));
        Target Unasked =>
            _ => _.OnlyWhenStatic(() => No).OnlyWhenDynamic(() => NoAnswer()).Executes(Never);
        Target Throws => _ => _.OnlyWhenDynamic(() => NoAnswer()).Executes(Never);
        Target ThrowsEarly => _ => _.OnlyWhenStatic(() => NoAnswer()).Executes(Never);
        Target Free => _ => _.Executes(() => Ran(nameof(Free)));
        Target Reasoned => _ => _.OnlyWhenStatic(() => IsLocalBuild && No).Executes(Never);
        Target TwoReasons =>
            _ => _.OnlyWhenStatic(() => No).OnlyWhenStatic(() => !Yes).Executes(Never);
        Target Local =>
            _ =>
                _.OnlyWhenStatic(() => IsLocalBuild)
                    .OnlyWhenStatic(() => !IsServerBuild)
                    .Executes(() => Ran(nameof(Local)));

        private static void Never() => Ran("never");
    }
}
