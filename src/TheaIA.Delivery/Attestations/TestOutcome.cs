namespace TheaIA.Delivery;

/// <summary>What a run of all tests gave, as it is attested.</summary>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">The full names of those that failed.</param>
/// <param name="Skipped">How many were not run.</param>
/// <param name="Finished">When the last one ended.</param>
public sealed record TestOutcome(
    int Passed,
    IReadOnlyList<string> Failed,
    int Skipped,
    DateTimeOffset Finished
)
{
    /// <summary>
    /// What passed, by name: each test while they are few, else the suites (<c>TheaIA.Api.Tests</c>). At
    /// most <see cref="MostNames"/> are written. Default: none, the counts stand alone.
    /// </summary>
    public IReadOnlyList<string> PassedNames { get; init; } = [];

    /// <summary>The run's page on the CI server. Null: there is none.</summary>
    public string? Url { get; init; }

    /// <summary>A statement goes into a registry's manifest store: more names than these are cut.</summary>
    public const int MostNames = 500;
}
