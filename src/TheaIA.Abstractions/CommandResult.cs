namespace TheaIA.Abstractions;

/// <summary>What an external program left.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output, masked.</param>
/// <param name="Error">Standard error, masked.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Throws when the program failed.</summary>
    /// <param name="command">What was run, for the message.</param>
    /// <returns>This result.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: the exit code is not 0; its last lines of output are the details.
    /// </exception>
    public CommandResult OrThrow(Command command) =>
        ExitCode == 0
            ? this
            : throw new OutcomeException(
                Outcome.Failed,
                $"`{command}` ended with exit code {ExitCode}."
            )
            {
                Details =
                [
                    .. $"{Output}\n{Error}"
                        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                        .Select(l => l.TrimEnd())
                        .Where(l => l.Length > 0)
                        .TakeLast(20),
                ],
            };
}
