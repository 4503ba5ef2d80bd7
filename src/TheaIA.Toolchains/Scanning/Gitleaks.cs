using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>
/// Command lines of gitleaks 8 (8.16 and later take them alike). Pure: nothing runs here. The secrets
/// themselves are redacted by gitleaks; its report still quotes commit messages, so nobody but
/// <see cref="GitleaksReport"/> reads it and it does not stay.
/// </summary>
public static class Gitleaks
{
    /// <summary>The exit code that means findings: gitleaks' own, 1, is also that of its errors.</summary>
    public const int Found = 10;

    /// <summary>The configuration of a folder that has none: gitleaks' own rules.</summary>
    public const string DefaultRules = "[extend]\nuseDefault = true\n";

    /// <summary>
    /// Whatever a person's git configuration says, gitleaks gets the patch that it can read. Merges are
    /// shown as far as a person changed something in them (git 2.35): a secret that came in with a merge
    /// alone is in no other commit.
    /// </summary>
    private const string Patch =
        "--full-history --diff-merges=remerge --no-color --no-show-signature --no-ext-diff "
        + "--no-textconv --src-prefix=a/ --dst-prefix=b/";

    /// <summary>Looks at what commits added, also when a later one took it away.</summary>
    /// <param name="root">The checkout; its .gitleaks.toml and .gitleaksignore hold.</param>
    /// <param name="range">A revision or range as git takes it: <c>HEAD</c>, <c>origin/main..HEAD</c>.</param>
    /// <param name="report">Full path of the report file.</param>
    public static Command Commits(string root, string range, string report) =>
        Of(root, report, "--log-opts", $"{Patch} {range} --");

    /// <summary>
    /// Looks at the text files of a folder; what gitleaks takes for a program or an archive by its first
    /// bytes is passed over.
    /// </summary>
    /// <param name="folder">The folder; paths in the report are relative to it.</param>
    /// <param name="configuration">
    /// Full path of the rules. Always given: a file in the folder itself must not say what is allowed there.
    /// </param>
    /// <param name="report">Full path of the report file.</param>
    public static Command Folder(string folder, string configuration, string report) =>
        Of(folder, report, "--no-git", "--config", configuration);

    private static Command Of(
        string directory,
        string report,
        params IReadOnlyList<string> arguments
    ) =>
        new(
            "gitleaks",
            [
                "detect",
                "--source",
                ".",
                .. arguments,
                "--report-format",
                "json",
                "--report-path",
                report,
                "--redact",
                "--no-banner",
                "--exit-code",
                $"{Found}",
            ]
        )
        {
            WorkingDirectory = directory,
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["LC_ALL"] = "C",
                // a stray variable must not say what is allowed, nor a replaced object hide a commit
                ["GITLEAKS_CONFIG"] = null,
                ["GIT_NO_REPLACE_OBJECTS"] = "1",
            },
        };
}
