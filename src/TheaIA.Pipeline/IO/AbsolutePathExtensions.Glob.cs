using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Finding files and folders by patterns.</summary>
public static partial class AbsolutePathExtensions
{
    /// <summary>
    /// The files below a folder that match a pattern and no exclusion. <c>*</c> and <c>?</c> stay
    /// within a part, <c>**</c> crosses folders, <c>{a,b}</c> is either, <c>!</c> before a pattern
    /// excludes. Links to folders are not followed.
    /// </summary>
    /// <param name="directory">The folder; when there is none, the answer is empty.</param>
    /// <param name="patterns">Patterns relative to it: <c>src/**/*.cs</c>, <c>!**/obj/**</c>.</param>
    /// <returns>The files in ordinal order.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: a pattern leaves the folder.</exception>
    public static IReadOnlyList<AbsolutePath> GlobFiles(
        this AbsolutePath directory,
        params string[] patterns
    ) => Glob.Parse(patterns).Find(directory, directories: false);

    /// <summary>The folders below a folder that match a pattern and no exclusion, as <see cref="GlobFiles"/>.</summary>
    /// <param name="directory">The folder; when there is none, the answer is empty.</param>
    /// <param name="patterns">Patterns relative to it: <c>src/**/obj</c>.</param>
    /// <returns>The folders in ordinal order.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: a pattern leaves the folder.</exception>
    public static IReadOnlyList<AbsolutePath> GlobDirectories(
        this AbsolutePath directory,
        params string[] patterns
    ) => Glob.Parse(patterns).Find(directory, directories: true);
}
