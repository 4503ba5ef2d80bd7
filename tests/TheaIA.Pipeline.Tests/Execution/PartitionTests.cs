using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>Parts of the work: all of it together, none of it twice.</summary>
public sealed class PartitionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void The_parts_share_all_items_evenly_and_in_order(int total)
    {
        var items = Enumerable.Range(0, 10).ToList();
        var parts = Enumerable
            .Range(1, total)
            .Select(p => new Partition(p, total).GetCurrent(items).ToList())
            .ToList();
        parts.SelectMany(p => p).Order().ShouldBe(items);
        foreach (var part in parts)
        {
            part.ShouldBe(part.Order());
            part.Count.ShouldBeInRange(10 / total, (10 / total) + 1);
        }

        parts[0][0].ShouldBe(0);
        parts[^1][0].ShouldBe(total - 1);
    }

    [Fact]
    public void Fields_of_base_classes_are_set_others_are_left_alone()
    {
        var build = new Derived();
        Partition.Inject(InjectedFields.Of(build), new Partition(2, 3));
        build.Inherited.ShouldBe(new Partition(2, 3));
        build.Own.ShouldBe(new Partition(2, 3));
        build.Unmarked.ShouldBe(Partition.Single);
        build.Text.ShouldBe("as it was");
    }

    [Fact]
    public void Without_a_partition_any_declared_number_does_all_of_the_work()
    {
        var build = new Derived { Own = new Partition(1, 3) };
        Partition.Inject(InjectedFields.Of(build), Partition.Single);
        build.Own.ShouldBe(Partition.Single);
    }

    [Fact]
    public void Another_number_of_parts_is_refused() =>
        Should
            .Throw<OutcomeException>(() =>
                Partition.Inject(InjectedFields.Of(new Derived()), new Partition(1, 2))
            )
            .Message.ShouldBe(
                "--partition 1/2 does not fit: the build program splits into 3 parts. From the command line."
            );

    public class Ground : NukeBuild
    {
        [Partition(3)]
        private readonly Partition _inherited = Partition.Single;

        public Partition Inherited => _inherited;
    }

    public class Derived : Ground
    {
        [Partition(3)]
        public Partition Own = Partition.Single;

        public Partition Unmarked = Partition.Single;

        [Partition(3)]
        public string Text = "as it was";
    }
}
