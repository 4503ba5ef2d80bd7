using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What refused a run before it began: the sentence, and the culprits below it.</summary>
internal static class ErrorText
{
    private const string Indent = "  ";

    public static void Write(Surroundings surroundings, OutcomeException error, SecretMask mask)
    {
        // masked before it is cut into lines: a secret may hold a space
        var message = mask.Mask(error.Message);
        var lines = Layout
            .Wrap("", message)
            .Concat(error.Details.Select(d => Indent + mask.Mask(d)));
        if (error.Closing is { } closing)
        {
            lines = lines.Concat(["", .. Layout.Wrap("", mask.Mask(closing))]);
        }

        foreach (var line in lines)
        {
            surroundings.Error.Write(line + "\n");
        }

        if (surroundings.Variable("GITHUB_ACTIONS") is not null)
        {
            using var github = new GitHubScreen(surroundings.Output);
            github.Annotate("build", message);
        }
    }
}
