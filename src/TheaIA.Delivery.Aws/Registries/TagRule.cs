using System.IO.Enumeration;
using System.Text.RegularExpressions;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Aws.Registries;

/// <summary>
/// Which tags of a repository may move: those of environments, and those under which cosign 2 keeps
/// signatures and attestations (a second one overwrites <c>sha256-HEX.att</c>). All others, <c>git-SHA</c> above
/// all, never do.
/// </summary>
internal sealed partial class TagRule
{
    /// <summary>Cosign's tags of a digest, and the fallback for referrers.</summary>
    private const string Proofs = "sha256-*";

    private const string Releases = "git-*";
    private const string WithExclusion = "IMMUTABLE_WITH_EXCLUSION";

    /// <summary>The option that CLIs before July 2025 do not know.</summary>
    public const string ExclusionOption = "--image-tag-mutability-exclusion-filters";

    /// <summary>All tags move. See <see cref="MadeMovable"/> for when and why.</summary>
    public static IReadOnlyList<string> Movable { get; } = ["--image-tag-mutability", "MUTABLE"];

    // ECR's own limit (ImageTagMutabilityExclusionFilters)
    private const int MostFilters = 5;

    /// <summary>Tags that may move, as filters of ECR.</summary>
    private readonly IReadOnlyList<string> _filters;

    /// <summary>The rule for these tags.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: ECR has no such filters.</exception>
    public TagRule(EcrSetup setup)
    {
        _filters = [Proofs, .. setup.MovingTags];
        // told here: ECR's refusal would look like that of a region which knows no filters
        if (_filters.Count > MostFilters)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"ECR takes {MostFilters} filters of tags that move, one of them is {Proofs}: give {nameof(EcrSetup)}.{nameof(EcrSetup.MovingTags)} 4 tags, not {setup.MovingTags.Count}; a star in one stands for any text."
            );
        }

        if (setup.MovingTags.FirstOrDefault(t => !Filter().IsMatch(t)) is { } other)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"'{other}' is no tag or filter of ECR: name one of letters, digits, '.', '_', '-' and '*' in {nameof(EcrSetup)}.{nameof(EcrSetup.MovingTags)}."
            );
        }
    }

    /// <summary>The rule as arguments of create-repository and put-image-tag-mutability.</summary>
    public IReadOnlyList<string> Options =>
        [
            "--image-tag-mutability",
            WithExclusion,
            ExclusionOption,
            .. _filters.Select(f => $"filterType=WILDCARD,filter={f}"),
        ];

    /// <summary>The sentence for a repository that was made with the rule.</summary>
    public string Made(string where) =>
        $"{where} was made: its tags never move but for {Listed}, and its images are scanned on push.";

    /// <summary>
    /// The sentence for a repository that was made without the rule. Immutable without exclusion is no way
    /// out: ECR would refuse cosign 2's second attestation and every environment's tag. Movable is:
    /// admission looks at digests and signatures, never at tags, and our client moves no git-SHA.
    /// </summary>
    public string MadeMovable(EcrRegistry registry, string repository) =>
        $"{registry.Host}/{repository} was made with tags that can move, since this aws or its region cannot leave {Listed} out of immutability, and tags that never move refuse a second attestation and every deployment. With an aws of July 2025 or later: {Command(registry, repository)}";

    /// <summary>What is to be said of a repository that was there; null: nothing.</summary>
    public string? Note(EcrRegistry registry, RepositoryFacts facts)
    {
        var where = $"{registry.Host}/{facts.RepositoryName}";
        var found = facts.ImageTagMutabilityExclusionFilters?.Select(f => f.Filter).ToArray();
        return facts.ImageTagMutability switch
        {
            "MUTABLE" => $"{where} lets anybody who pushes move its tags, git-SHA too. {Mend()}",
            // a CLI that does not know filters does not tell them
            "MUTABLE_WITH_EXCLUSION" when found is not null && !Covers(found, Releases) =>
                $"{where} lets anybody who pushes move its tags git-SHA. {Mend()}",
            "IMMUTABLE" =>
                $"{where} lets no tag move: a second attestation by cosign 2 and the environments' tags will be refused. {Mend()}",
            WithExclusion when found is not null && Missing(found) is { Length: > 0 } missing =>
                $"{where} does not let {missing} move, which attestations or deployments do. {Mend()}",
            _ => null,
        };

        string Mend() =>
            $"To mend it with an aws of July 2025 or later: {Command(registry, facts.RepositoryName)}";
    }

    private string Listed => Words(_filters);

    private string Missing(string[] found) => Words([.. _filters.Where(f => !Covers(found, f))]);

    private string Command(EcrRegistry registry, string repository) =>
        string.Join(
            ' ',
            (string[])
                [
                    "aws ecr put-image-tag-mutability",
                    .. EcrCommands.Option("--registry-id", registry.Account),
                    .. EcrCommands.Option("--region", registry.Region),
                    "--repository-name",
                    repository,
                    // a shell must not take the star for a file's name
                    .. Options.Select(o =>
                        o.Contains('*', StringComparison.Ordinal) ? $"'{o}'" : o
                    ),
                ]
        );

    // a filter's own star is matched by a star: sha* covers sha256-*
    private static bool Covers(string[] found, string filter) =>
        found.Any(f => FileSystemName.MatchesSimpleExpression(f, filter, ignoreCase: false));

    private static string Words(IReadOnlyList<string> words) =>
        words.Count > 1
            ? $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}"
            : string.Concat(words);

    [GeneratedRegex(@"^[0-9a-zA-Z._*-]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Filter();
}
