using System.Reflection;

namespace TheaIA.Pipeline;

/// <summary>Which part of a target's work this run does: <c>--partition 1/2</c>.</summary>
/// <param name="Part">From 1.</param>
/// <param name="Total">How many parts there are.</param>
public sealed record Partition(int Part, int Total)
{
    /// <summary>All of the work.</summary>
    public static Partition Single { get; } = new(1, 1);

    /// <summary>This part's share: every <see cref="Total"/>-th item, so that the parts are even.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="items">All items, in the same order for every part.</param>
    public IEnumerable<T> GetCurrent<T>(IEnumerable<T> items) =>
        items.Where((_, i) => i % Total == Part - 1);

    /// <inheritdoc/>
    public override string ToString() => $"{Part}/{Total}";

    /// <summary>Sets the fields that are marked with <see cref="PartitionAttribute"/>.</summary>
    /// <returns>There are some.</returns>
    internal static bool Inject(InjectedFields fields, Partition partition)
    {
        foreach (var field in fields.Partitions)
        {
            var declared = field.GetCustomAttribute<PartitionAttribute>()!;
            field.SetValue(fields.Build, Checked(partition, declared.Total));
        }

        return fields.Partitions.Count > 0;
    }

    /// <exception cref="TheaIA.Abstractions.OutcomeException">Wrong: a part is asked for of what is never split.</exception>
    internal static void Check(Plan plan, Partition partition, bool isSplit)
    {
        if (partition != Single && !isSplit && plan.Targets.All(t => t.Definition.Parts == 1))
        {
            throw Wrong.CommandLine(
                $"--partition {partition} is for targets that are split into parts, and none of these is: {string.Join(", ", plan.Targets)}. From the command line."
            );
        }
    }

    private static Partition Checked(Partition partition, int declared) =>
        partition == Single || partition.Total == declared
            ? partition
            : throw Wrong.CommandLine(
                $"--partition {partition} does not fit: the build program splits into {declared} parts. From the command line."
            );
}

/// <summary>Marks a field of type <see cref="Partition"/>; it is all of the work unless <c>--partition</c> is given.</summary>
/// <param name="total">How many parts there are.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class PartitionAttribute(int total) : Attribute
{
    /// <summary>How many parts there are.</summary>
    public int Total { get; } = total;
}
