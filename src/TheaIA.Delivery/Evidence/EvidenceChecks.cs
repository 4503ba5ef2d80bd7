using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>What the statements answer to the gates, one check a gate; the wanted ones that nobody made too.</summary>
/// <param name="Checks">Wanted ones first, in the policy's order. Of several a fail stands over a pass.</param>
/// <param name="Answers">The statements' names, by gate.</param>
internal sealed record EvidenceChecks(IReadOnlyList<Check> Checks, ILookup<string, string> Answers)
{
    /// <summary>The gates that are wanted and that no statement answers.</summary>
    public IReadOnlyList<string> NotMade =>
        [.. Checks.Select(c => c.Gate).Where(g => !Answers.Contains(g))];

    public static EvidenceChecks Of(
        Release release,
        Policy policy,
        IReadOnlyList<KeptStatement> statements,
        Func<Release, string, JsonElement, Check?> read
    )
    {
        var made = statements
            .Where(s => !EvidenceIndex.IsIndex(s.Envelope))
            .Select(s => (s.Name, Check: One(release, s, read)))
            .Where(m => m.Check is not null)
            .ToList();
        var all = policy with
        {
            Wanted = [.. policy.Wanted.Union(made.Select(m => m.Check!.Gate))],
        };
        return new EvidenceChecks(
            Verdicts.Judge(all, release.What, made.Select(m => m.Check!), claimed: []),
            made.ToLookup(m => m.Check!.Gate, m => m.Name, StringComparer.Ordinal)
        );
    }

    public IReadOnlyList<ListedCheck> Listed =>
        [
            .. Checks.Select(c => new ListedCheck(
                c.Gate,
                Answers.Contains(c.Gate) ? c.Verdict.Word() : EvidenceListing.NotMade,
                c.Value,
                c.Source,
                [.. Answers[c.Gate]]
            )),
        ];

    private static Check? One(
        Release release,
        KeptStatement statement,
        Func<Release, string, JsonElement, Check?> read
    ) =>
        statement.Envelope.PredicateType == Envelope.SignatureType
            ? new Check(
                statement.Gate,
                release.What.Digest,
                Verdict.Pass,
                $"signed by {statement.Key.Name}"
            )
            : read(release, statement.Envelope.PredicateType, statement.Envelope.Predicate);
}
