using System.Text.RegularExpressions;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>
/// Counts tests while they run: hand <see cref="Line"/> to the runner. One counter may take the lines
/// of several runs at the same time.
/// </summary>
/// <param name="doing">Gets <c>312 passed</c> or <c>312 passed, 2 failed</c>: <see cref="IProgressReport.Doing"/>.</param>
public sealed partial class TestCounter(Action<string> doing)
{
    private readonly Lock gate = new();
    private int passed;
    private int failed;

    /// <summary>Takes a line of <see cref="DotNet.Test"/>'s output.</summary>
    /// <param name="line">The line.</param>
    public void Line(string line)
    {
        var match = ResultLine().Match(line);
        if (!match.Success)
        {
            return;
        }
        lock (gate)
        {
            var good = match.Groups[1].ValueSpan is "Passed";
            (passed, failed) = good ? (passed + 1, failed) : (passed, failed + 1);
            doing(
                $"{Figures.Count(passed)} passed"
                    + (failed > 0 ? $", {Figures.Count(failed)} failed" : "")
            );
        }
    }

    // the time at its end tells it from what a test itself prints
    [GeneratedRegex(@"^  (Passed|Failed) \S.* \[(?:< )?\d[^\]]*\]\s*$")]
    private static partial Regex ResultLine();
}
