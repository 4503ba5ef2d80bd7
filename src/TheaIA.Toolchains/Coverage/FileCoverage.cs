namespace TheaIA.Toolchains;

/// <summary>The lines of one file that can be run.</summary>
/// <param name="Path">Relative to the checkout, with <c>/</c>.</param>
/// <param name="Lines">Line number to how often it was run, in order.</param>
public sealed record FileCoverage(string Path, IReadOnlyDictionary<int, long> Lines)
{
    /// <summary>How many lines were run.</summary>
    public int Covered => Lines.Values.Count(hits => hits > 0);

    /// <summary>How many were not.</summary>
    public int Uncovered => Lines.Count - Covered;

    /// <summary>
    /// The lines that were not run: <c>40-88, 91</c>. A range goes on over lines that cannot be run,
    /// and ends at one that was.
    /// </summary>
    public IReadOnlyList<string> UncoveredRanges
    {
        get
        {
            var ranges = new List<(int From, int To)>();
            var open = false;
            foreach (var (line, hits) in Lines.OrderBy(l => l.Key))
            {
                if (hits > 0)
                {
                    open = false;
                    continue;
                }
                if (open)
                {
                    ranges[^1] = (ranges[^1].From, line);
                }
                else
                {
                    ranges.Add((line, line));
                }
                open = true;
            }
            return [.. ranges.Select(r => r.From == r.To ? $"{r.From}" : $"{r.From}-{r.To}")];
        }
    }
}
