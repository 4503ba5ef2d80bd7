using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Checks a ledger's lines against each other and against the head that the platform keeps.</summary>
internal static class LedgerChain
{
    /// <summary>The entries of the lines.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: by line number.</exception>
    public static IReadOnlyList<LedgerEntry> Check(
        IReadOnlyList<string> lines,
        LedgerHead? anchor,
        Place place,
        string whereItIs
    )
    {
        var entries = new List<LedgerEntry>(lines.Count);
        foreach (var line in lines)
        {
            var number = entries.Count + 1;
            var entry = LedgerLine.Read(line) ?? throw Changed(NotAsWritten(number));
            if (entry.Seq != number)
            {
                throw Changed($"line {number} is missing");
            }

            if (entry.Prev != (entries.Count == 0 ? "" : entries[^1].Hash))
            {
                // the line itself is whole, so the one that it points to is another one now
                throw Changed(NotAsWritten(Math.Max(1, number - 1)));
            }

            entries.Add(entry);
        }

        // longer than its anchor is right: a run may have ended between the append and the anchor
        if (anchor is { Length: > 0 })
        {
            if (entries.Count < anchor.Length)
            {
                throw Changed(Missing(entries.Count + 1, anchor.Length));
            }

            if (entries[anchor.Length - 1].Hash != anchor.Hash)
            {
                throw Changed(NotAsWritten(anchor.Length));
            }
        }

        return entries;

        static string NotAsWritten(int number) => $"line {number} is not what was written";

        static string Missing(int first, int last) =>
            first == last
                ? $"it was cut short, line {first} is missing"
                : $"it was cut short, lines {first} to {last} are missing";

        OutcomeException Changed(string what) =>
            new(
                Outcome.Failed,
                $"The ledger of {place} was changed: {what}. Nothing was done. "
                    + $"Put a copy of {whereItIs} back, then ./build.sh Status."
            );
    }
}
