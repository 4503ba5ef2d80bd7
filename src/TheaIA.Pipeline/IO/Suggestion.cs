namespace TheaIA.Pipeline;

/// <summary>What a person who mistyped may have meant.</summary>
internal static class Suggestion
{
    private const int ShortestBeginning = 3;

    /// <summary>The nearest known name, ignoring case and dashes. Null: nothing is near.</summary>
    public static string? For(string typed, IEnumerable<string> known)
    {
        var key = ParameterName.Key(typed);
        var names = known.ToList();
        var nearest = names
            .Select(name => (Name: name, Far: Distance(key, ParameterName.Key(name))))
            .Where(x => x.Far <= Math.Max(1, key.Length / 3) && x.Far < key.Length)
            .OrderBy(x => x.Far)
            .ThenBy(x => x.Name, StringComparer.Ordinal)
            .Select(x => x.Name)
            .FirstOrDefault();
        return nearest ?? (key.Length < ShortestBeginning ? null : names.Find(Begins));

        bool Begins(string name) =>
            ParameterName.Key(name).StartsWith(key, StringComparison.Ordinal);
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var two = new int[b.Length + 1];
        var one = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = one[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(one[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], two[j - 2] + 1);
                }
            }

            (two, one) = (one, row);
        }

        return one[b.Length];
    }
}
