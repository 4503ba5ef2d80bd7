using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Last lines that more than one kind of run ends with.</summary>
internal static class Sentences
{
    /// <summary>Exit 5: what runs after all, and what to type.</summary>
    public static string CallSomeone(this Session session, Running? runs)
    {
        var place = session.Where;
        var what = runs is null
            ? $"nothing runs in {place.Environment}"
            : $"{place.Environment} runs {session.Name(runs.Digest)}, {runs.Health()}";
        var other = session
            .History.UndoTargets(runs?.Digest)
            .Select(r => $"./build.sh Rollback{place.Option()} --to {r.Name}")
            .FirstOrDefault($"./build.sh Logs{place.Option()}");
        return $"Call someone: {what}. {other}";
    }

    /// <summary>Exit 3: it runs, and nobody could say whether it is well.</summary>
    public static OutcomeException Unverified(
        this Session session,
        Release release,
        Verification verification
    ) =>
        new(
            Outcome.Refused,
            $"{release.Name} runs in {session.Where.Environment}, but nobody could measure it: "
                + $"{verification.Culprits}. An unknown is not a pass."
        )
        {
            Closing =
                $"{release.Name} runs unverified in {session.Where.Environment}. "
                + $"./build.sh Verify{session.Where.Option()} completes it.",
        };

    /// <summary>An intent, behind "earlier": <c>rollback to 3f2c1a9 (ops-1, 14:02)</c>.</summary>
    public static string Operation(LedgerEntry intent, string release, TimeProvider time)
    {
        var what = intent.Operation switch
        {
            Operations.Rollback => $"rollback to {release}",
            Operations.Drill => "drill",
            Operations.Stop => "stop",
            _ => $"deployment of {release}",
        };
        return $"{what} ({intent.Actor}, {time.Clock(intent.At)})";
    }

    public static string Health(this Running running) =>
        running.Healthy ? "healthy" : "not healthy";

    /// <summary>What else is to be known of a release that runs again.</summary>
    public static string Caveat(this Session session, string digest) =>
        session.History.HoldOn(digest) is { } hold ? $" (held since {session.Time.Clock(hold.At)})"
        : session.History.IsUnverified(digest) ? " (unverified)"
        : "";

    /// <summary>The last lines of a log below an error.</summary>
    public static IReadOnlyList<string> LastLines(IReadOnlyList<string> log) =>
        log.Count switch
        {
            0 => [],
            1 => [$"last log line: {log[0]}"],
            _ => ["last log lines:", .. log.Select(l => $"  {l}")],
        };
}
