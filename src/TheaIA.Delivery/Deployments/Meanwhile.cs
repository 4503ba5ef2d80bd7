using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>What happened in a place between the typing of a rollback and its turn.</summary>
internal sealed class Meanwhile(Session session, LedgerHistory typed)
{
    private string Environment => session.Where.Environment;

    /// <summary>
    /// Whether what was asked for has been done by somebody else: then it is said, and nothing more is
    /// done. Going on from there would be one release too far.
    /// </summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: another release was deployed, which the person did not see.
    /// </exception>
    public bool IsDone(Running? running)
    {
        if (running is null)
        {
            return false;
        }

        var since = session.History.Entries.Skip(typed.Entries.Count).ToList();
        var back = session.History.Entries.LastOrDefault(e =>
            e.Kind == LedgerKinds.RolledBack && (since.Contains(e) || IsAfterTyping(e))
        );
        if (back is not null && back.Runs == running.Digest)
        {
            var ago = (session.Time.GetUtcNow() - back.At).Rough();
            SayDone(running, $"by {back.Actor}, {ago} ago");
            return true;
        }

        var deployed = since.LastOrDefault(e =>
            e.Kind is LedgerKinds.Verified or LedgerKinds.Unverified && e.Runs == running.Digest
        );
        var watched =
            session.Lease.WaitedFor is { } holder
            && holder.Purpose.StartsWith(Purposes.Deploy, StringComparison.Ordinal);
        if (watched && deployed is null && running.Digest == typed.Runs)
        {
            // the person saw a deployment in progress: that one is what he wanted gone
            SayDone(running, $"{session.Lease.WaitedFor!.Purpose} did not get there");
            return true;
        }

        return
            !watched && deployed is not null && typed.Open is null && running.Digest != typed.Runs
            ? throw new OutcomeException(
                Outcome.Failed,
                $"{Environment} runs {session.Name(running.Digest)} by now ({deployed.Actor}, "
                    + $"{session.Time.Clock(deployed.At)}), not {session.Name(typed.Runs)}. "
                    + $"Nothing done; to go back from it: ./build.sh Rollback{session.Where.Option()}"
            )
            : false;
    }

    // the program may have had to be built between the typing and the first look at the ledger
    private bool IsAfterTyping(LedgerEntry entry) =>
        entry.At >= session.Setup.Began && entry.At <= session.Time.GetUtcNow();

    private void SayDone(Running running, string how)
    {
        var name = session.Name(running.Digest);
        session.Progress.Figure($"already on {name}");
        session.Progress.Closing($"{Environment} is already back on {name} ({how}). Nothing done.");
    }
}
