namespace TheaIA.Pipeline;

/// <summary>A value as a person gave it.</summary>
/// <param name="Words">Its words; none for a bare switch.</param>
/// <param name="From">Where it came from: <c>the command line</c>.</param>
/// <param name="Directory">The folder that relative paths start in.</param>
internal sealed record GivenValue(IReadOnlyList<string> Words, string From, AbsolutePath Directory)
{
    public const string CommandLine = "the command line";

    /// <summary>Where what is typed starts.</summary>
    public static AbsolutePath WorkingDirectory => AbsolutePath.Create(Path.GetFullPath("."));

    /// <summary>The words are a list's items already, and nothing splits them. Default: false.</summary>
    public bool IsList { get; init; }

    /// <summary>A parameter file of the checkout holds it. Default: false.</summary>
    public bool IsFromFile { get; init; }

    /// <summary>The program that prints the value, and its arguments; then there are no words. Null: none.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>An empty value counts as not set; a bare switch is set.</summary>
    public bool IsEmpty => Words.Count > 0 && Words.All(string.IsNullOrEmpty);

    /// <summary>The value of an environment variable.</summary>
    public static GivenValue FromVariable(string value, string name, AbsolutePath directory) =>
        new([value], $"the environment variable {name}", directory);
}
