using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// Finds programs on PATH only: the system's own search would first take one of that name from the
/// working directory.
/// </summary>
internal static class ProgramFinder
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program's path.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: there is none.</exception>
    public static string Find(Command command)
    {
        var program = command.Program;
        if (program.AsSpan().ContainsAny('/', '\\'))
        {
            return File.Exists(program)
                ? program
                : throw new OutcomeException(
                    Outcome.Wrong,
                    $"There is no program '{program}': install it, or say where it is."
                );
        }

        var folders =
            command.Environment.GetValueOrDefault("PATH")
            ?? Environment.GetEnvironmentVariable("PATH")
            ?? "";
        return folders
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(folder => Names(program).Select(name => Path.Combine(folder, name)))
                .FirstOrDefault(IsProgram)
            ?? throw new OutcomeException(
                Outcome.Wrong,
                $"There is no program '{program}' on PATH: install it, or say where it is."
            );
    }

    private static string[] Names(string program) =>
        OperatingSystem.IsWindows()
            ? [program + ".exe", program + ".cmd", program + ".bat", program]
            : [program];

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);
}
