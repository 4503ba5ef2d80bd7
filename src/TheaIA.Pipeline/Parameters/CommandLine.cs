namespace TheaIA.Pipeline;

/// <summary>An option with the words behind it.</summary>
/// <param name="Typed">As typed, without a value: <c>--Max-Parallel</c>.</param>
/// <param name="Values">The words behind it, and the one behind its <c>=</c>.</param>
internal sealed record GivenOption(string Typed, List<string> Values)
{
    /// <summary>What makes its name the same as another.</summary>
    public string Key { get; } = Typed is "-h" or "-?" ? "help" : ParameterName.Key(Typed);
}

/// <summary>The words of a command line: targets, then options with their values.</summary>
internal sealed record CommandLine(
    IReadOnlyList<string> Targets,
    IReadOnlyList<GivenOption> Options
)
{
    /// <summary>Sorts the words. Negative numbers are values; <c>--name=-x</c> gives any other.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var targets = new List<string>();
        var options = new List<GivenOption>();
        foreach (var word in arguments)
        {
            if (IsOption(word))
            {
                var equals = word.IndexOf('=', StringComparison.Ordinal);
                options.Add(
                    equals < 0 ? new(word, []) : new(word[..equals], [word[(equals + 1)..]])
                );
            }
            else if (options.Count > 0)
            {
                options[^1].Values.Add(word);
            }
            else
            {
                targets.AddRange(Split(word));
            }
        }

        return new(targets, options);
    }

    /// <summary>The names in a word: <c>A+B</c>, <c>A,B</c>.</summary>
    public static string[] Split(string word) =>
        word.Split(
            ['+', ','],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );

    private static bool IsOption(string word) =>
        word is "-?"
        || (word.Length > 1 && word[0] == '-' && (word[1] == '-' || char.IsLetter(word[1])));
}
