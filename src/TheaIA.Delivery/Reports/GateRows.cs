using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Checks as rows, a line each.</summary>
public static class GateRows
{
    private const int Width = 100;

    /// <summary>Verdict, gate, value and source of each check, in columns.</summary>
    /// <param name="checks">The checks.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<Check> checks)
    {
        var gates = checks.Select(c => c.Gate.Length).DefaultIfEmpty().Max();
        var values = checks.Select(c => c.Value.Length).DefaultIfEmpty().Max();
        return [.. checks.Select(Row)];

        string Row(Check check)
        {
            var start = $"{check.Verdict.Word(), -7}  {check.Gate.PadRight(gates)}  ";
            var aligned =
                values == 0 ? check.Source : $"{check.Value.PadRight(values)}  {check.Source}";
            // a long source of one check must not be pushed out of sight by the value of another
            var row =
                start.Length + aligned.Length > Width && check.Value.Length == 0
                    ? start + check.Source
                    : start + aligned;
            return row.TrimEnd();
        }
    }

    /// <summary>The line below them: how many passed, and what Deploy would do.</summary>
    /// <param name="checks">The checks.</param>
    /// <param name="policy">The environment's policy.</param>
    public static string Summary(IReadOnlyList<Check> checks, Policy policy)
    {
        var passed = checks.Count(c => c.Verdict is Verdict.Pass or Verdict.Waived);
        var counted = $"{passed} of {checks.Count} gates passed.";
        if (!checks.All(policy.LetsThrough))
        {
            return checks.Any(c => c.Verdict == Verdict.Fail)
                ? $"{counted} Deploy would stop here: a gate says no."
                : $"{counted} Deploy would stop here: an unknown is not a pass.";
        }

        return passed == checks.Count
            ? counted
            : $"{counted} Deploy would go on: an unknown is noted here.";
    }
}
