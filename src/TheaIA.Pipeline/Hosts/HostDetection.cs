namespace TheaIA.Pipeline;

/// <summary>Finds the host: what was typed, else what the environment and the output say.</summary>
internal static class HostDetection
{
    public static Host Detect(string? typed, Surroundings surroundings)
    {
        if (typed is not null)
        {
            return Named(typed, surroundings);
        }

        if (IsTrue(surroundings, "GITHUB_ACTIONS"))
        {
            return new GitHubActions(surroundings);
        }

        var plain =
            !surroundings.IsTerminal
            || surroundings.Variable("NO_COLOR") is not null
            || surroundings.Variable("TERM") is "dumb"
            || IsTrue(surroundings, "CI");
        return plain ? new Plain(IsTrue(surroundings, "CI")) : new Terminal();
    }

    private static Host Named(string typed, Surroundings surroundings)
    {
        var names = NameComparer.Instance;
        return names.Equals(typed, nameof(Terminal)) ? new Terminal()
            : names.Equals(typed, nameof(Plain)) ? new Plain(IsTrue(surroundings, "CI"))
            : names.Equals(typed, nameof(GitHubActions)) ? new GitHubActions(surroundings)
            : throw Wrong.CommandLine(
                $"--host '{typed}' is not a host (Terminal, Plain, GitHubActions). From the command line."
            );
    }

    /// <summary>The variable is set, and not to no.</summary>
    public static bool IsTrue(Surroundings surroundings, string name) =>
        surroundings.Variable(name) is { } value
        && !value.Equals("false", StringComparison.OrdinalIgnoreCase)
        && value != "0";
}
