using System.Globalization;
using System.Text;

namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>docs/nuke.md, made from the rows.</summary>
internal static class NukePage
{
    private const string Head = """
        # What NUKE documents, and what happens here

        Written by the tests (tests/TheaIA.Pipeline.Tests/Nuke) from the rows that they run: one row is one test. The
        left column is what NUKE 10.1's documentation or sources say, in our words; a row that differs on purpose says
        what NUKE does. Each runs with `--sequential`, one target at a time as in NUKE, unless it says `--max-parallel`.
        `runs` is what the targets did, in this order; `ends` names those that did not succeed. NUKE's exit code is 255
        whatever went wrong; here 1 is a failure, 2 a wrong command line or program, before anything ran.


        """;

    public static string Of(IReadOnlyList<Behaviour> rows)
    {
        var page = new StringBuilder(Head);
        page.Append(
            CultureInfo.InvariantCulture,
            $"{rows.Count} rows, {rows.Count(r => r.InNuke.Length > 0)} of which differ.\n"
        );
        foreach (var area in rows.GroupBy(r => r.Area, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {area.Key}\n\n");
            page.Append("| documented | command line | runs | ends | exit | NUKE instead |\n");
            page.Append("|---|---|---|---|---|---|\n");
            foreach (var row in area)
            {
                page.Append("| ")
                    .AppendJoin(
                        " | ",
                        Cell(row.Sentence),
                        Code(string.Join(' ', [.. row.Variables, row.CommandLine])),
                        Cell(row.Ran),
                        Cell(row.Otherwise),
                        row.Code.ToString(CultureInfo.InvariantCulture),
                        Cell(row.InNuke)
                    )
                    .Append(" |\n");
            }
        }

        return page.ToString();
    }

    private static string Code(string text) => text.Length == 0 ? "" : $"`{Cell(text.Trim())}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
