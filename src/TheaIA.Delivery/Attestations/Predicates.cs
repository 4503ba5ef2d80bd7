using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// What is said about a digest: how each statement is written when a release is made, and how it is
/// read when a place asks. One gate a predicate type, <see cref="PredicateTypes"/>.
/// </summary>
public static partial class Predicates
{
    private static readonly Dictionary<string, string> Gates = new(StringComparer.Ordinal)
    {
        [PredicateTypes.TestResult] = "tests",
        [PredicateTypes.Coverage] = "coverage",
        [PredicateTypes.Lint] = "lint",
        [PredicateTypes.Scan] = "scan",
        [PredicateTypes.Vulnerabilities] = "vulnerabilities",
        [PredicateTypes.CycloneDx] = "sbom",
        [PredicateTypes.Provenance] = "provenance",
    };

    /// <summary>
    /// The check that a statement stands for. Whoever signed it is asked elsewhere: this reads a
    /// statement that holds already. It throws for no JSON.
    /// </summary>
    /// <param name="release">The image and its commit, which the statement must speak of.</param>
    /// <param name="predicateType">The statement's predicate type.</param>
    /// <param name="predicate">Its predicate.</param>
    /// <returns>
    /// Null for a type that is no gate's. <see cref="Verdict.Unknown"/>, with the reason as its source:
    /// it speaks of another commit or of none, the release has none, or it is not what its type says.
    /// </returns>
    public static Check? Read(Release release, string predicateType, JsonElement predicate) =>
        Read(release, predicateType, predicate, TimeProvider.System);

    /// <summary>The same at another time: accepted findings expire.</summary>
    /// <param name="release">The image and its commit, which the statement must speak of.</param>
    /// <param name="predicateType">The statement's predicate type.</param>
    /// <param name="predicate">Its predicate.</param>
    /// <param name="time">The clock; its day in UTC counts.</param>
    public static Check? Read(
        Release release,
        string predicateType,
        JsonElement predicate,
        TimeProvider time
    )
    {
        if (!Gates.TryGetValue(predicateType, out var gate))
        {
            return null;
        }
        var attested = $"attested for {release.What.Short}";
        try
        {
            var said = Reading(predicateType, predicate, time);
            return Doubt(release, said.Commits) is { } doubt
                ? Answer(Verdict.Unknown, $"{attested}, but {doubt}")
                : Answer(said.Verdict, attested + said.Remark) with
                {
                    Value = said.Value,
                };
        }
        catch (FormatException wrong)
        {
            return Answer(Verdict.Unknown, $"{attested}, but cannot be read: {wrong.Message}");
        }
        catch (InvalidOperationException)
        {
            // how System.Text.Json tells half a surrogate pair, the one fault that its parser lets through
            return Answer(Verdict.Unknown, $"{attested}, but cannot be read: it is not Unicode");
        }

        Check Answer(Verdict verdict, string source) =>
            new(gate, release.What.Digest, verdict, source);
    }

    /// <summary>How long making the release took, by its provenance (M9).</summary>
    /// <param name="provenance">A SLSA v1 predicate.</param>
    /// <returns>From its start to its end; zero when it does not say, or says less than nothing or over a day.</returns>
    public static TimeSpan MadeIn(JsonElement provenance)
    {
        try
        {
            return ProvenancePredicate.MadeIn(provenance);
        }
        catch (Exception unread) when (unread is FormatException or InvalidOperationException)
        {
            // nobody said: Attested.MadeIn is zero then, and the provenance itself is unknown to Read
            return TimeSpan.Zero;
        }
    }

    /// <summary>When a statement was made, by its own words: of two the younger one counts.</summary>
    /// <param name="predicateType">The statement's predicate type.</param>
    /// <param name="predicate">Its predicate.</param>
    /// <returns>Null: it does not say.</returns>
    public static DateTimeOffset? MadeOn(string predicateType, JsonElement predicate)
    {
        try
        {
            return predicateType switch
            {
                PredicateTypes.TestResult => TestResultPredicate.Finished(predicate),
                PredicateTypes.CycloneDx => SbomPredicate.Made(predicate),
                PredicateTypes.Provenance => ProvenancePredicate.Finished(predicate),
                _ => MeasuredPredicate.Measured(predicate),
            };
        }
        catch (Exception unread) when (unread is FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Said Reading(string type, JsonElement predicate, TimeProvider time) =>
        type switch
        {
            PredicateTypes.TestResult => TestResultPredicate.Read(predicate),
            PredicateTypes.CycloneDx => SbomPredicate.Read(predicate),
            PredicateTypes.Provenance => ProvenancePredicate.Read(predicate),
            _ => MeasuredPredicate.Read(
                predicate,
                DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)
            ),
        };

    /// <summary>Why a statement is not about this release's commit; null: it is.</summary>
    private static string? Doubt(Release release, IReadOnlyList<string> commits) =>
        release.Commit.Length == 0 ? "the image does not say which commit it was made from"
        : commits.Count == 0 ? "speaks of no commit"
        : commits.Contains(release.Commit, StringComparer.Ordinal) ? null
        : $"speaks of another commit: {Short(commits[0])}, not {Short(release.Commit)}";

    private static string Short(string commit) =>
        commit.Length >= 7 && commit.All(char.IsAsciiHexDigit)
            ? commit[..7]
            : "something that is no commit";
}

/// <summary>What a statement says, before it is asked whether it speaks of the right commit.</summary>
/// <param name="Verdict">Its answer.</param>
/// <param name="Value">What was measured, on one line.</param>
/// <param name="Commits">The commits that it speaks of.</param>
internal sealed record Said(Verdict Verdict, string Value, IReadOnlyList<string> Commits)
{
    /// <summary>What is added to the source: <c>, but ...</c>. Default: nothing.</summary>
    public string Remark { get; init; } = "";
}
