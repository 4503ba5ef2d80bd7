using System.Globalization;
using System.Text.RegularExpressions;

namespace TheaIA.Toolchains;

/// <summary>What <c>csharpier check</c> found.</summary>
/// <param name="Files">How many files it looked at.</param>
/// <param name="Unformatted">Those that are not as it would write them, or that it cannot read.</param>
public sealed partial record FormatReport(int Files, IReadOnlyList<string> Unformatted)
{
    /// <summary><c>212 files, 0 findings</c>.</summary>
    public string Figure =>
        $"{Figures.Count(Files, "file")}, {Figures.Count(Unformatted.Count, "finding")}";

    /// <summary>Reads the output of <see cref="DotNet.FormatCheck"/>.</summary>
    /// <param name="output">Its standard output and standard error.</param>
    public static FormatReport Parse(string output) =>
        new(
            Checked()
                .Matches(output)
                .Sum(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)),
            [
                .. Finding()
                    .Matches(output)
                    .Select(m => m.Groups[1].Value.Replace('\\', '/'))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ]
        );

    [GeneratedRegex(@"^Checked (\d+) files? in ", RegexOptions.Multiline)]
    private static partial Regex Checked();

    [GeneratedRegex(@"^Error (?:\./|\.\\)?(.+?) - ", RegexOptions.Multiline)]
    private static partial Regex Finding();
}
