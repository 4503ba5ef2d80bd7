using System.Globalization;
using System.Text.RegularExpressions;

namespace TheaIA.Toolchains;

/// <summary>What <c>dotnet build</c> did.</summary>
/// <param name="Projects">How many projects there are.</param>
/// <param name="Warnings">How many warnings.</param>
/// <param name="Errors">Each error once, its path relative to the checkout.</param>
public sealed partial record BuildReport(int Projects, int Warnings, IReadOnlyList<string> Errors)
{
    /// <summary><c>9 projects, 0 warnings</c>.</summary>
    public string Figure =>
        $"{Figures.Count(Projects, "project")}, {Figures.Count(Warnings, "warning")}";

    /// <summary>Reads the output of <see cref="DotNet.Build"/>.</summary>
    /// <param name="output">Its standard output.</param>
    /// <param name="root">The checkout.</param>
    public static BuildReport Parse(string output, string root)
    {
        var warnings = WarningCount().Matches(output).Sum(m => Number(m.Groups[1].Value));
        var errors = ErrorLine()
            .Matches(output)
            .Select(m => Relative(m.Value.Trim(), root))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var projects = ProjectLine()
            .Matches(output)
            .Select(m => m.Groups[1].Value)
            .Distinct(StringComparer.Ordinal)
            .Count();
        return new BuildReport(projects, warnings, errors);
    }

    /// <summary>Without the project at its end, which the path already tells.</summary>
    private static string Relative(string line, string root) =>
        ProjectAtEnd()
            .Replace(line, "")
            .Replace(root.TrimEnd('/') + "/", "", StringComparison.Ordinal);

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^  (\S.*?) -> ", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();

    [GeneratedRegex(@"^ +(\d+) Warning\(s\)", RegexOptions.Multiline)]
    private static partial Regex WarningCount();

    [GeneratedRegex(@"^.+?: error [\w]+\d+: .+$|^.+? : error .+$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@" \[[^\[\]]+proj(::[^\[\]]*)?\]$")]
    private static partial Regex ProjectAtEnd();
}
