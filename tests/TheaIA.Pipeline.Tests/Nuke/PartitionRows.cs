namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>One target's work over several machines.</summary>
internal static class PartitionRows
{
    public static IEnumerable<Behaviour> All =>
        [
            Row("Without a partition all of the work is done", "Split", "a b c d e 1/1"),
            Row(
                "A part does every nth item, from its own on",
                "Split --partition 1/2",
                "a c e 1/2"
            ),
            Row("The parts together do all of the work", "Split --partition 2/2", "b d 2/2"),
            Row(
                    "A part of a number that the build does not declare is an error",
                    "Split --partition 1/3",
                    ""
                )
                .Ends("", 2)
                .Saying("the build program splits into 2 parts")
                .But("takes it"),
            Row("A part beyond the last is an error", "Split --partition 3/2", "")
                .Ends("", 2)
                .Saying("--partition '3/2' is not a part like 1/2")
                .But("takes it and does nothing"),
            Row("What is no part is an error", "Split --partition half", "")
                .Ends("", 2)
                .Saying("--partition 'half' is not a part like 1/2"),
        ];

    private static Behaviour Row(string sentence, string commandLine, string ran) =>
        Behaviour.Of<Splitting>("Partitions", sentence, commandLine, ran);

    public class Splitting : RowBuild
    {
        [Partition(2)]
        readonly Partition Part = Partition.Single;

        Target Split =>
            _ =>
                _.Partition(2)
                    .Executes(() =>
                    {
                        foreach (var item in Part.GetCurrent("abcde"))
                        {
                            Ran($"{item}");
                        }

                        Ran(Part.ToString());
                    });
    }
}
