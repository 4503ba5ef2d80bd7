using System.Text.RegularExpressions;

namespace TheaIA.Delivery.Aws.Cli;

/// <summary>What an AWS service answered in place of a result, as the CLI prints it.</summary>
/// <param name="Code">The error's name: <c>RepositoryNotFoundException</c>.</param>
/// <param name="Operation">The call: <c>DescribeRepositories</c>.</param>
/// <param name="Message">One line for a person; may be empty.</param>
internal sealed partial record AwsError(string Code, string Operation, string Message)
{
    /// <summary>Reads the CLI's standard error, of either major; null: no service answered.</summary>
    public static AwsError? Parse(string error) =>
        Line().Match(error) is { Success: true } match
            ? new(
                match.Groups["code"].Value,
                match.Groups["operation"].Value,
                match.Groups["message"].Value.Trim()
            )
            : null;

    [GeneratedRegex(
        @"An error occurred \((?<code>[^)\s]+)\) when calling the (?<operation>\w+) operation(?: \(reached max retries: \d+\))?:(?<message>[^\r\n]*)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Line();
}
