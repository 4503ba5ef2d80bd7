namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>What <c>--skip</c> leaves out.</summary>
internal static class SkipRows
{
    public static IEnumerable<Behaviour> All =>
        [
            Row("A bare --skip leaves out all that was not named", "Pack --skip", "Pack")
                .Ends("Compile Skipped, Restore Skipped, Test Skipped"),
            Row("A bare --skip leaves in all that was named", "Pack Compile --skip", "Compile Pack")
                .Ends("Restore Skipped, Test Skipped"),
            Behaviour
                .Of<Skips>(
                    Area,
                    "With a bare --skip the default target counts as named",
                    "--skip",
                    "Test",
                    x => x.Test
                )
                .Ends("Compile Skipped, Restore Skipped")
                .But("only what is typed counts as named: it skips the default too"),
            Row(
                    "--skip leaves out a target and what only it needs",
                    "Pack --skip Compile",
                    "Test Pack"
                )
                .Ends("Compile Skipped, Restore Skipped"),
            Row(
                    "What another target needs as well stays",
                    "Pack --skip Test",
                    "Restore Compile Pack"
                )
                .Ends("Test Skipped"),
            Row(
                    "--skip takes several targets apart by a plus",
                    "Pack --skip Restore+Test",
                    "Compile Pack"
                )
                .Ends("Restore Skipped, Test Skipped"),
            Row(
                    "--skip takes several targets apart by spaces",
                    "Pack --skip Restore Test",
                    "Compile Pack"
                )
                .Ends("Restore Skipped, Test Skipped"),
            Row(
                    "A target that was named itself stays",
                    "Test Restore --skip Compile",
                    "Restore Test"
                )
                .Ends("Compile Skipped"),
            Row(
                    "Names behind --skip ignore case and dashes",
                    "Pack --skip RE-STORE",
                    "Compile Test Pack"
                )
                .Ends("Restore Skipped"),
            Row("What a skipped target triggers is skipped", "Change --skip Notify", "Change")
                .Ends("Log Skipped, Notify Skipped"),
            Row("What is named and behind --skip as well is skipped", "Test --skip Test", "")
                .Ends("Compile Skipped, Restore Skipped, Test Skipped")
                .But("it runs, and what only it needs is skipped"),
            Row("A name behind --skip that no target has is an error", "Pack --skip Tset", "")
                .Ends("", 2)
                .Saying("There is no target 'Tset'. Did you mean Test?")
                .But("takes no notice of it"),
        ];

    private const string Area = "Skipping";

    private static Behaviour Row(string sentence, string commandLine, string ran) =>
        Behaviour.Of<Skips>(Area, sentence, commandLine, ran);

    public class Skips : RowBuild
    {
        Target Restore => _ => _.Executes(() => Ran(nameof(Restore)));
        Target Compile => _ => _.DependsOn(Restore).Executes(() => Ran(nameof(Compile)));
        public Target Test => _ => _.DependsOn(Compile).Executes(() => Ran(nameof(Test)));
        Target Pack => _ => _.DependsOn(Test, Compile).Executes(() => Ran(nameof(Pack)));
        Target Change => _ => _.Triggers(Notify).Executes(() => Ran(nameof(Change)));
        Target Notify => _ => _.Triggers(Log).Executes(() => Ran(nameof(Notify)));
        Target Log => _ => _.Executes(() => Ran(nameof(Log)));
    }
}
