namespace TheaIA.Delivery;

/// <summary>Places as a table, and what is to be known of them below it.</summary>
/// <param name="time">The clock, for the reader's day and hour.</param>
public sealed class StatusRows(TimeProvider time)
{
    private static readonly string[] Head =
    [
        "environment",
        "runs",
        "since",
        "healthy",
        "last rollback",
        "next undo goes to",
    ];

    /// <summary>The lines.</summary>
    /// <param name="places">The places, in the order of promotion.</param>
    /// <param name="others">Places beside that order: development on other ports.</param>
    public IReadOnlyList<string> Of(
        IReadOnlyList<PlaceStatus> places,
        IReadOnlyList<PlaceStatus> others
    )
    {
        List<PlaceStatus> all = [.. places, .. others];
        List<string[]> rows = [Head, .. all.Select(Row)];
        var widths = Enumerable
            .Range(0, Head.Length)
            .Select(i => rows.Max(r => r[i].Length))
            .ToArray();
        List<string> lines =
        [
            .. rows.Select(r =>
                string.Join("  ", r.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()
            ),
        ];
        List<string> notes = [.. all.SelectMany(Notes), .. Behind(places)];
        return notes.Count == 0 ? lines : [.. lines, "", .. notes];
    }

    private string[] Row(PlaceStatus place) =>
        [
            place.Where.Environment,
            place.Runs is null ? "nothing" : Named(place.Runs),
            place.Since is { } since ? Day(since) : "-",
            place.Healthy switch
            {
                null => "-",
                true => place.Unverified ? "unknown" : "yes",
                false => "no",
            },
            place.LastRollback?.Short() ?? "-",
            place.NextUndo is null ? "-" : Named(place.NextUndo),
        ];

    private IEnumerable<string> Notes(PlaceStatus place)
    {
        var environment = place.Where.Environment;
        if (place.Recorded is { } recorded)
        {
            var next = place.Open is null
                ? $"Deploy{place.Where.Option()} --release {recorded.Name}"
                : $"Recover{place.Where.Option()}";
            yield return $"{environment}: {recorded.Name} was recorded as running, "
                + $"{place.Runs?.Name ?? "nothing"} runs. ./build.sh {next}";
        }

        if (place.ChangedBy is { } lease)
        {
            yield return $"{environment} is being changed by {lease.Holder()}"
                + (lease.Since is { } since ? $" since {time.Clock(since)}." : ".");
        }
        else if (place.Open is { } open)
        {
            var what = Sentences.Operation(open, open.Release?.ToRelease().Name ?? "nothing", time);
            yield return $"{environment}: an earlier {what} stopped without an end: "
                + $"./build.sh Recover{place.Where.Option()}";
        }

        foreach (var hold in place.Held)
        {
            yield return $"{environment} holds {hold.Release.Name} since {time.Clock(hold.At)} "
                + $"({hold.By}: {hold.Reason}).";
        }
    }

    private static IEnumerable<string> Behind(IReadOnlyList<PlaceStatus> places)
    {
        foreach (var (ahead, behind) in places.Zip(places.Skip(1)))
        {
            var ran = ahead.Deployed.Select(r => r.What.Digest).ToList();
            var at = behind.Runs is null ? -1 : ran.IndexOf(behind.Runs.What.Digest);
            var now = ahead.Runs is null ? -1 : ran.IndexOf(ahead.Runs.What.Digest);
            if (at >= 0 && now > at)
            {
                yield return $"{behind.Where.Environment} is {now - at} "
                    + $"release{(now - at == 1 ? "" : "s")} behind {ahead.Where.Environment}.";
            }
        }
    }

    private static string Named(Release release)
    {
        var digest = release.What.Short.Replace("sha256:", "", StringComparison.Ordinal);
        return release.Commit.Length == 0 ? digest : $"{release.Name} {digest}";
    }

    private string Day(DateTimeOffset at)
    {
        var clock = time.Clock(at);
        return clock.Length == 5 ? $"today {clock}" : clock;
    }
}
