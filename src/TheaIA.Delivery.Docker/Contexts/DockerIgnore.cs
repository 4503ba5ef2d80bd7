using TheaIA.Abstractions;

namespace TheaIA.Delivery.Docker.Contexts;

/// <summary>
/// What of a build context is not sent to the engine. The last pattern that matches a path, or a folder
/// above it, decides.
/// </summary>
internal sealed class DockerIgnore
{
    public const string Name = ".dockerignore";
    private readonly IReadOnlyList<IgnorePattern> patterns;

    private DockerIgnore(IReadOnlyList<IgnorePattern> patterns) => this.patterns = patterns;

    /// <summary>Something below an ignored folder may be sent all the same.</summary>
    public bool TakesBack => patterns.Any(p => p.TakesBack);

    /// <summary>
    /// Reads <c>DOCKERFILE.dockerignore</c> beside the Dockerfile where there is one, else
    /// <c>.dockerignore</c> of the context; without either nothing is ignored.
    /// </summary>
    /// <param name="context">The context's folder.</param>
    /// <param name="dockerfile">The Dockerfile in it.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: a line is no pattern.</exception>
    public static DockerIgnore Of(string context, string dockerfile)
    {
        string[] names = [dockerfile + Name, Name];
        var name = names.FirstOrDefault(n => File.Exists(Path.Combine(context, n)));
        return name is null
            ? new DockerIgnore([])
            : Parse(name, File.ReadAllLines(Path.Combine(context, name)));
    }

    /// <summary>Reads the lines of one.</summary>
    /// <param name="name">The file, for an error.</param>
    /// <param name="lines">Its lines.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: a line is no pattern.</exception>
    public static DockerIgnore Parse(string name, IReadOnlyList<string> lines)
    {
        var patterns = new List<IgnorePattern>();
        for (var i = 0; i < lines.Count; i++)
        {
            try
            {
                if (IgnorePattern.Parse(lines[i]) is { } pattern)
                {
                    patterns.Add(pattern);
                }
            }
            catch (Exception broken) when (broken is FormatException or ArgumentException)
            {
                throw new OutcomeException(
                    Outcome.Wrong,
                    $"Line {i + 1} of {name} is no pattern: {lines[i].Trim()}",
                    broken
                );
            }
        }
        return new DockerIgnore(patterns);
    }

    /// <summary>The path is not sent.</summary>
    /// <param name="path">In the context, with <c>/</c>.</param>
    public bool Ignores(string path)
    {
        var ignored = false;
        foreach (var pattern in patterns)
        {
            if (pattern.TakesBack == ignored && pattern.Matches(path))
            {
                ignored = !ignored;
            }
        }
        return ignored;
    }
}
