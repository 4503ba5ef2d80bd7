namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>Failures, ProceedAfterFailure, AssuredAfterFailure.</summary>
internal static class FailureRows
{
    public static IEnumerable<Behaviour> All =>
        [
            Row("A target that throws fails the build", "Bad", "bad").Ends("Bad Failed", 1),
            Row("Nothing runs that needs a failed target", "Behind", "bad")
                .Ends("Bad Failed, Behind NotRun", 1),
            Row("Nothing runs that needs what did not run", "FartherBehind", "bad")
                .Ends("Bad Failed, Behind NotRun, FartherBehind NotRun", 1),
            Row("Nothing runs that is ordered after a failed target", "Bad Later", "bad")
                .Ends("Bad Failed, Later NotRun", 1),
            Row("A failed target triggers nothing", "BadTrigger", "bad")
                .Ends("BadTrigger Failed, Pulled NotRun", 1),
            Row("What has nothing to do with a failed target runs", "Bad Free", "bad Free")
                .Ends("Bad Failed", 1)
                .But("it does not run either, unless it stood before it in the plan"),
            Row("The actions behind one that throws are not done", "Halfway", "first")
                .Ends("Halfway Failed", 1),
            Row("An async action that fails its task fails the target", "BadLater", "")
                .Ends("BadLater Failed", 1),
            Row("After ProceedAfterFailure the rest runs", "BehindLenient", "lenient BehindLenient")
                .Ends("Lenient Failed", 1),
            Row(
                    "After ProceedAfterFailure a failed target triggers as well",
                    "LenientTrigger",
                    "lenient Pulled"
                )
                .Ends("LenientTrigger Failed", 1),
            Row("The build has failed although it went on", "Lenient", "lenient")
                .Ends("Lenient Failed", 1),
            Row("An assured target runs after a failure", "Bad Tidy", "bad Tidy")
                .Ends("Bad Failed", 1),
            Row(
                    "An assured target runs although what it needs failed",
                    "TidyNeedsBad",
                    "bad TidyNeedsBad"
                )
                .Ends("Bad Failed", 1),
            Row(
                    "An assured target runs although what it needs did not run",
                    "TidyNeedsBehind",
                    "bad TidyNeedsBehind"
                )
                .Ends("Bad Failed, Behind NotRun", 1),
            Row(
                    "What an assured target needs is not assured by that",
                    "TidyNeedsPrepare Bad",
                    "bad TidyNeedsPrepare"
                )
                .Ends("Bad Failed, Prepare NotRun", 1),
            Row(
                    "An assured target that fails does not keep another from running",
                    "Bad BadTidy LastTidy",
                    "bad bad tidy LastTidy"
                )
                .Ends("Bad Failed, BadTidy Failed", 1),
            Row("An assured target whose condition does not hold is skipped", "Bad OffTidy", "bad")
                .Ends("Bad Failed, OffTidy Skipped", 1),
            Row("Without a failure an assured target is as any other", "Free Tidy", "Free Tidy"),
            Row("An assured target has to be in the plan", "Bad --skip Tidy", "bad")
                .Ends("Bad Failed", 1),
            Row(
                    "A failed build asks IsFailing, a sound one IsSucceeding",
                    "Bad Asks",
                    "bad failing"
                )
                .Ends("Bad Failed", 1),
        ];

    private const string Area = "Failures";

    private static Behaviour Row(string sentence, string commandLine, string ran) =>
        Behaviour.Of<Failures>(Area, sentence, commandLine, ran);

    public class Failures : RowBuild
    {
        Target Bad => _ => _.Executes(() => Fail("bad"));
        Target Behind => _ => _.DependsOn(Bad).Executes(() => Ran(nameof(Behind)));
        Target FartherBehind => _ => _.DependsOn(Behind).Executes(() => Ran("never"));
        Target Later => _ => _.After(Bad).Executes(() => Ran("never"));
        Target BadTrigger => _ => _.Triggers(Pulled).Executes(() => Fail("bad"));
        Target Pulled => _ => _.Executes(() => Ran(nameof(Pulled)));
        Target Halfway =>
            _ => _.Executes(() => Ran("first"), () => Throw("no")).Executes(() => Ran("never"));
        Target BadLater =>
            _ => _.Executes(() => Task.FromException(new InvalidOperationException("later")));
        Target Lenient => _ => _.ProceedAfterFailure().Executes(() => Fail("lenient"));
        Target BehindLenient =>
            _ => _.DependsOn(Lenient).Executes(() => Ran(nameof(BehindLenient)));
        Target LenientTrigger =>
            _ => _.ProceedAfterFailure().Triggers(Pulled).Executes(() => Fail("lenient"));
        Target Free => _ => _.Executes(() => Ran(nameof(Free)));
        Target Tidy =>
            _ => _.AssuredAfterFailure().After(Bad, Free).Executes(() => Ran(nameof(Tidy)));
        Target TidyNeedsBad =>
            _ => _.AssuredAfterFailure().DependsOn(Bad).Executes(() => Ran(nameof(TidyNeedsBad)));
        Target TidyNeedsBehind =>
            _ =>
                _.AssuredAfterFailure()
                    .DependsOn(Behind)
                    .Executes(() => Ran(nameof(TidyNeedsBehind)));
        Target Prepare => _ => _.After(Bad).Executes(() => Ran("never"));
        Target TidyNeedsPrepare =>
            _ =>
                _.AssuredAfterFailure()
                    .DependsOn(Prepare)
                    .Executes(() => Ran(nameof(TidyNeedsPrepare)));
        Target BadTidy => _ => _.AssuredAfterFailure().After(Bad).Executes(() => Fail("bad tidy"));
        Target LastTidy =>
            _ => _.AssuredAfterFailure().After(BadTidy).Executes(() => Ran(nameof(LastTidy)));
        Target OffTidy =>
            _ =>
                _.AssuredAfterFailure()
                    .After(Bad)
                    .OnlyWhenDynamic(() => false)
                    .Executes(() => Ran("never"));
        Target Asks =>
            _ =>
                _.AssuredAfterFailure()
                    .After(Bad)
                    .Executes(() => Ran(IsFailing && !IsSucceeding ? "failing" : "succeeding"));

        private static void Fail(string name)
        {
            Ran(name);
            Throw(name);
        }
    }
}
