using TheaIA.Build.Tests.Given;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace TheaIA.Build.Tests.Given;

/// <summary>
/// A class that lasts minutes starts first, so that at the end no core waits for the other: all others
/// fit beside it.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        nameof(The_two_commands_of_the_README),
        nameof(A_release_comes_and_goes_back),
        nameof(Kill_minus_9_at_every_step),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Rank(c)).ThenBy(c => c.TestCollectionDisplayName)];

    private static int Rank(ITestCollection collection)
    {
        var rank = Array.FindIndex(
            Long,
            name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)
        );
        return rank < 0 ? Long.Length : rank;
    }
}
