using System.Globalization;

namespace TheaIA.Toolchains;

/// <summary>The merged coverage of all tests.</summary>
/// <param name="Files">Each file that has lines which can be run.</param>
public sealed record CoverageReport(IReadOnlyList<FileCoverage> Files)
{
    private const int Width = 88; // 100 columns less the indentation under a target

    /// <summary>How many lines can be run.</summary>
    public int Lines { get; } = Files.Sum(f => f.Lines.Count);

    /// <summary>How many were run.</summary>
    public int Covered { get; } = Files.Sum(f => f.Covered);

    /// <summary>0 to 100; null when there are no lines: nothing is known then.</summary>
    public decimal? Percent => Lines == 0 ? null : 100m * Covered / Lines;

    /// <summary><c>98.7 % of 6 120 lines</c>.</summary>
    public string Value =>
        Percent is { } percent
            ? $"{Figures.Measured(percent)} of {Figures.Count(Lines, "line")}"
            : "no line was measured";

    /// <summary>The goal as a person reads it: <c>&gt;= 98 %</c>.</summary>
    /// <param name="goal">0 to 100.</param>
    public static string Limit(decimal goal) => $">= {Figures.Percent(goal)}";

    /// <summary>The goal is reached. Always false when there are no lines.</summary>
    /// <param name="goal">0 to 100.</param>
    public bool Reaches(decimal goal) => Percent >= goal;

    /// <summary>How many more lines have to be run to reach the goal; 0 when it is reached.</summary>
    /// <param name="goal">0 to 100.</param>
    public int LinesShort(decimal goal) =>
        Math.Max(0, (int)Math.Ceiling(goal * Lines / 100) - Covered);

    /// <summary><c>97.1 % of 6 240 lines [&gt;= 98 %], 56 lines short</c>.</summary>
    /// <param name="goal">0 to 100.</param>
    public string Figure(decimal goal) =>
        $"{Value} [{Limit(goal)}]"
        + (LinesShort(goal) is > 0 and var s ? $", {Figures.Count(s, "line")} short" : "");

    /// <summary>The files with most lines that were not run, in columns, one a line.</summary>
    /// <param name="most">At most this many. Default: ten.</param>
    public IReadOnlyList<string> Worst(int most = 10)
    {
        var worst = Files
            .Where(f => f.Uncovered > 0)
            .OrderByDescending(f => f.Uncovered)
            .ThenBy(f => f.Path, StringComparer.Ordinal)
            .Take(most)
            .ToList();
        var column = worst.Count == 0 ? 0 : worst.Max(f => f.Path.Length);
        return [.. worst.Select(f => Row(f, column))];
    }

    private static string Row(FileCoverage file, int column)
    {
        var percent = (100 * file.Covered / file.Lines.Count).ToString(
            CultureInfo.InvariantCulture
        );
        var row =
            $"{file.Path.PadRight(column)}  {percent, 3} %   line{(file.Uncovered == 1 ? "" : "s")} ";
        var ranges = file.UncoveredRanges;
        for (var i = 0; i < ranges.Count; i++)
        {
            var next = (i == 0 ? "" : ", ") + ranges[i];
            if (i > 0 && row.Length + next.Length + ", ...".Length > Width)
            {
                return row + ", ...";
            }
            row += next;
        }
        return row;
    }
}
