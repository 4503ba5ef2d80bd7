namespace TheaIA.Abstractions;

/// <summary>
/// Runs external programs (dotnet, git, cosign, aws). Each line of output passes the engine's mask,
/// and the child ends with its target: on cancellation SIGTERM, then SIGKILL to the whole tree.
/// </summary>
public interface IRunner
{
    /// <summary>
    /// A process with this environment variable, whatever its value, was left behind on purpose and runs
    /// on when the run ends; all else that targets started ends.
    /// </summary>
    const string Detached = "THEAIA_DETACHED";

    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">Program, arguments and surroundings.</param>
    /// <param name="line">Called with each line as it is written; null: none. Not awaited.</param>
    /// <param name="cancel">Ends the program.</param>
    /// <returns>Exit code and output; a non-zero exit code is not an exception here.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: there is no such program.</exception>
    Task<CommandResult> RunAsync(
        Command command,
        Action<string>? line = null,
        CancellationToken cancel = default
    );
}
