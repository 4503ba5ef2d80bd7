using System.Globalization;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>Which commits a scan looks at, and how many there are.</summary>
/// <param name="Range">A revision or range as git takes it.</param>
/// <param name="Count">How many commits it has.</param>
/// <param name="Shallow">The clone was cut off: what came before is not here.</param>
public sealed record CommitRange(string Range, int Count, bool Shallow)
{
    /// <summary>All of HEAD's history.</summary>
    public const string Everything = "HEAD";

    /// <summary>Counts the commits of a range.</summary>
    /// <param name="root">The checkout.</param>
    /// <param name="range">The range.</param>
    public static Command CountCommits(string root, string range) =>
        Of(root, "rev-list", "--count", range, "--");

    /// <summary>Prints true for a clone that was cut off.</summary>
    /// <param name="root">The checkout.</param>
    public static Command IsShallow(string root) =>
        Of(root, "rev-parse", "--is-shallow-repository");

    /// <summary>Asks git.</summary>
    /// <param name="runner">Runs git.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancel">Ends git.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: git knows no such range, or this is no checkout.
    /// </exception>
    public static async Task<CommitRange> OfAsync(
        IRunner runner,
        string root,
        string range,
        CancellationToken cancel
    )
    {
        // gitleaks splits its options at blanks: more than a range would be options of git's
        if (range.Length == 0 || range[0] == '-' || range.Any(char.IsWhiteSpace))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"'{range}' is no range of commits: give one such as origin/main..HEAD."
            );
        }
        var counted = await runner.RunAsync(CountCommits(root, range), cancel: cancel);
        if (
            counted.ExitCode != 0
            || !int.TryParse(
                counted.Output.Trim(),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var count
            )
        )
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"git knows no commits '{range}' in {root} ({counted.Error.Trim().Split('\n')[0]}): "
                    + "fetch them, or name other ones."
            );
        }
        var command = IsShallow(root);
        var shallow = (await runner.RunAsync(command, cancel: cancel)).OrThrow(command);
        return new CommitRange(range, count, shallow.Output.Trim() == "true");
    }

    private static Command Of(string root, params IReadOnlyList<string> arguments) =>
        new("git", arguments)
        {
            WorkingDirectory = root,
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["LC_ALL"] = "C",
                ["GIT_NO_REPLACE_OBJECTS"] = "1",
            },
        };
}
