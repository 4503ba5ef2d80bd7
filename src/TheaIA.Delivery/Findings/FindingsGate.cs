using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// No finding of high or critical severity, nor of an unknown one, that nobody accepted (mission row
/// M12). Its minimum of positive evidence: at least one source looked, and none says that it could not.
/// </summary>
public static class FindingsGate
{
    /// <summary>The goal as a person reads it.</summary>
    public const string Limit = "0 high";

    /// <summary>More culprits than these are counted, not listed.</summary>
    private const int MostLines = 100;

    /// <summary>Judges what was found.</summary>
    /// <param name="reports">One a source.</param>
    /// <param name="accepted">What a person answers for.</param>
    /// <param name="today">The day, in UTC: acceptances expire.</param>
    /// <returns>
    /// <see cref="Verdict.Fail"/>: something high is not accepted (any more).
    /// <see cref="Verdict.Unknown"/>: nobody looked, or one source could not.
    /// <see cref="Verdict.Waived"/>: something high, all of it accepted. The value counts all findings that
    /// are not accepted; the details have a line for each culprit, each acceptance and each doubt.
    /// </returns>
    public static Measurement Judge(
        IReadOnlyList<FindingsReport> reports,
        AcceptedFindings accepted,
        DateOnly today
    )
    {
        if (reports.Count == 0)
        {
            return new Measurement(Verdict.Unknown, "nobody looked", Limit);
        }
        var judged = Judged(reports, accepted, today);
        var open = judged.Where(j => !j.IsAccepted).ToList();
        var waived = judged.Where(j => j.IsAccepted).ToList();
        var unknown = reports.Where(r => r.Unknown is not null).ToList();
        return new Measurement(
            open.Any(j => j.Finding.Severity.IsHigh()) ? Verdict.Fail
                : unknown.Count > 0 ? Verdict.Unknown
                : waived.Any(j => j.Finding.Severity.IsHigh()) ? Verdict.Waived
                : Verdict.Pass,
            Value(open, waived, unknown),
            Limit,
            string.Join(", ", reports.Select(r => r.Source))
        )
        {
            Details =
            [
                .. Capped([.. open.Where(j => j.Finding.Severity.IsHigh()).Select(j => j.Line)]),
                .. Capped([.. waived.Select(j => j.Line)]),
                .. unknown.Select(r => $"unknown: {r.Source}: {r.Unknown}"),
                .. Unused(judged, accepted),
            ],
        };
    }

    /// <summary>The last day on which all that <see cref="Judge"/> waived is accepted.</summary>
    /// <param name="reports">One a source.</param>
    /// <param name="accepted">What a person answers for.</param>
    /// <param name="today">The day, in UTC.</param>
    /// <returns>Null: nothing of high severity is accepted.</returns>
    public static DateOnly? AcceptedUntil(
        IReadOnlyList<FindingsReport> reports,
        AcceptedFindings accepted,
        DateOnly today
    ) =>
        Judged(reports, accepted, today)
            .Where(j => j.IsAccepted && j.Finding.Severity.IsHigh())
            .Min(j => j.Acceptance?.Expires);

    /// <summary>Each finding once, the worst first; two sources may tell the same one.</summary>
    private static IReadOnlyList<JudgedFinding> Judged(
        IReadOnlyList<FindingsReport> reports,
        AcceptedFindings accepted,
        DateOnly today
    ) =>
        [
            .. reports
                .SelectMany(r => r.Findings)
                .OrderBy(f => f.Severity.Rank())
                .DistinctBy(f => (f.Id.ToUpperInvariant(), f.Subject.ToUpperInvariant()))
                .Select(f => new JudgedFinding(
                    f,
                    accepted.Entries.Where(a => a.Fits(f)).MaxBy(a => a.Expires),
                    today
                )),
        ];

    private static string Value(
        List<JudgedFinding> open,
        List<JudgedFinding> waived,
        List<FindingsReport> unknown
    )
    {
        var counts = string.Join(
            ", ",
            new[]
            {
                Severity.Critical,
                Severity.High,
                Severity.Unknown,
                Severity.Medium,
                Severity.Low,
            }
                .Select(s => (Severity: s, Count: open.Count(j => j.Finding.Severity == s)))
                .Where(c => c.Count > 0 || c.Severity == Severity.High)
                .Select(c => $"{c.Count} {c.Severity.Word()}")
        );
        // a count of nothing must not read as if somebody had looked everywhere
        return (open.Count == 0 && unknown.Count > 0 ? "not known" : counts)
            + (
                waived.Count > 0
                    ? $"; {waived.Count} accepted until {PredicateJson.Day(waived.Min(j => j.Acceptance!.Expires))}"
                    : ""
            );
    }

    private static IEnumerable<string> Unused(
        IReadOnlyList<JudgedFinding> judged,
        AcceptedFindings accepted
    ) =>
        accepted
            .Entries.Where(a => !judged.Any(j => a.Fits(j.Finding)))
            .Select(a =>
                $"note: {a.Id}{(a.Subject is null ? "" : $" in {a.Subject}")} was not found: "
                + $"take it out of {AcceptedFindings.File}"
            );

    private static IEnumerable<string> Capped(IReadOnlyList<string> lines) =>
        lines.Count <= MostLines
            ? lines
            : [.. lines.Take(MostLines), $"and {lines.Count - MostLines} more"];

    /// <summary>A finding, and the acceptance that speaks of it and lasts longest.</summary>
    private sealed record JudgedFinding(
        Finding Finding,
        AcceptedFinding? Acceptance,
        DateOnly Today
    )
    {
        public bool IsAccepted => Acceptance?.Holds(Today) == true;

        public string Line =>
            Acceptance switch
            {
                null => What,
                { } held when IsAccepted =>
                    $"accepted until {PredicateJson.Day(held.Expires)} by {held.By}: {What} ({held.Reason})",
                { } lapsed =>
                    $"{What}: its acceptance expired on {PredicateJson.Day(lapsed.Expires)}",
            };

        private string What => $"{Finding.Severity.Word()}: {Finding.Id} in {Finding.Subject}";
    }
}
