using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What refused a run before it began: the sentence, and the culprits below it.</summary>
internal static class ErrorText
{
    private const string Indent = "  ";

    public static void Write(Surroundings surroundings, OutcomeException error, SecretMask mask)
    {
        var lines = Layout.Wrap("", error.Message).Concat(error.Details.Select(d => Indent + d));
        if (error.Closing is { } closing)
        {
            lines = lines.Concat(["", .. Layout.Wrap("", closing)]);
        }

        foreach (var line in lines)
        {
            surroundings.Error.Write(mask.Mask(line) + "\n");
        }

        if (surroundings.Variable("GITHUB_ACTIONS") is not null)
        {
            using var github = new GitHubScreen(surroundings.Output);
            github.Annotate("build", mask.Mask(error.Message));
        }
    }
}
