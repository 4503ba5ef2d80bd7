using System.Text.Json.Serialization;

namespace TheaIA.Delivery.Aws.Registries;

/// <summary>What describe-repositories answers.</summary>
internal sealed record Repositories(
    [property: JsonPropertyName("repositories"), JsonRequired] IReadOnlyList<RepositoryFacts> All
);

/// <summary>A repository. Only what is read here.</summary>
/// <param name="RepositoryName">Its name.</param>
/// <param name="ImageTagMutability">MUTABLE, IMMUTABLE, or either with exclusion.</param>
/// <param name="ImageTagMutabilityExclusionFilters">The exclusions; null: none, or a CLI that does not know them.</param>
internal sealed record RepositoryFacts(
    [property: JsonRequired] string RepositoryName,
    string? ImageTagMutability,
    IReadOnlyList<ExclusionFilter>? ImageTagMutabilityExclusionFilters
);

/// <summary>Tags that a repository's rule leaves out.</summary>
/// <param name="Filter">A tag, in which a star is any text.</param>
internal sealed record ExclusionFilter([property: JsonRequired] string Filter);
