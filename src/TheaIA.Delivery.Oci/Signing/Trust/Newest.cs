using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Reading;

namespace TheaIA.Delivery.Oci.Signing.Trust;

/// <summary>Which of several statements of one type counts.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="KeyName">Who signed it.</param>
/// <param name="Check">What it says.</param>
/// <param name="Time">When it was made, by its own word: signed as well, unlike all that the registry tells. Null: it does not say.</param>
internal sealed record Newest(
    StoredStatement Statement,
    string KeyName,
    Check Check,
    DateTimeOffset? Time
)
{
    /// <summary>
    /// The newest one. Where nobody can say which of two is newer, the fail counts: an older pass must not
    /// hide it.
    /// </summary>
    /// <param name="release">What they are about.</param>
    /// <param name="good">Statements of one type that count, in the registry's order.</param>
    /// <returns>Null: there is none, or their type is no gate's.</returns>
    public static Newest? Of(Release release, IEnumerable<Judged> good)
    {
        var all = good.Select(j => Read(release, j)).OfType<Newest>().ToList();
        return all.Where((one, i) => !all.Where((other, k) => other.Supersedes(one, k > i)).Any())
            .OrderBy(n => Rank(n.Check.Verdict))
            .FirstOrDefault();
    }

    private static Newest? Read(Release release, Judged judged)
    {
        var statement = judged.Statement;
        return
            statement.Predicate is { } predicate
            && judged.KeyName is { } key
            && Predicates.Read(release, statement.PredicateType, predicate) is { } check
            ? new Newest(
                statement,
                key,
                check,
                Predicates.MadeOn(statement.PredicateType, predicate)
            )
            : null;
    }

    private bool Supersedes(Newest other, bool isLater) =>
        (Time, other.Time) switch
        {
            ({ } mine, { } theirs) => mine > theirs,
            // cosign 2 keeps a list in the order of making; bundles lie there in no order
            (null, null) => isLater && !Statement.Bundled && !other.Statement.Bundled,
            _ => false,
        };

    private static int Rank(Verdict verdict) =>
        verdict switch
        {
            Verdict.Fail => 0,
            Verdict.Pass => 1,
            Verdict.Waived => 2,
            _ => 3,
        };
}
