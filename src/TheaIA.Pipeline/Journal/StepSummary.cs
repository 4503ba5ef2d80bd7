using System.Globalization;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// The run as a table in Markdown, at the end of the file that GitHub shows on the job's page
/// ($GITHUB_STEP_SUMMARY).
/// </summary>
internal static class StepSummary
{
    public const string Variable = "GITHUB_STEP_SUMMARY";

    public static void Append(RunRecord run, string path) => File.AppendAllText(path, Of(run));

    public static string Of(RunRecord run)
    {
        var text = new StringBuilder();
        var asked = string.Join(", ", run.Head.Asked);
        text.Append(
            CultureInfo.InvariantCulture,
            $"### {Cell(asked)}: {Cell(RunWords.Ended(run))} ({RunWords.Took(run)})\n\n"
        );
        text.Append("| target | result | took | |\n|---|---|---:|---|\n");
        // who opens the page wants to know first why it is red
        foreach (var target in run.Shown.OrderBy(t => t == run.RootCause ? 0 : 1))
        {
            text.Append(Row(target, run));
        }

        return text.Append('\n').ToString();
    }

    private static string Row(TargetRecord target, RunRecord run)
    {
        var words = TargetResults.Words(target, run);
        var mark = target.Result is TargetResult.Failed or TargetResult.Refused ? "**" : "";
        var took =
            target.End is { } end && TargetResults.Ran(target) ? HumanTime.Format(end.Took) : "";
        return $"| {Cell(target.Name)} | {mark}{words}{mark} | {took} | {Cell(target.Text)} |\n";
    }

    /// <summary>Within a cell a bar ends it, a line's end ends the row, and an angle bracket begins HTML.</summary>
    private static string Cell(string text) =>
        text.ReplaceLineEndings(" ")
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);
}
