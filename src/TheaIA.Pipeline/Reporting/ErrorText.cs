using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What refused a run before it began: the sentence, and the culprits below it.</summary>
internal static class ErrorText
{
    private const string Indent = "  ";

    public static void Write(Surroundings surroundings, OutcomeException error, SecretMask mask)
    {
        // masked before it is cut into lines: a secret may hold a space
        var message = Visible.Lines(mask.Mask(Thrown.MessageOf(error))).ToList();
        var lines = message
            .SelectMany(line => Layout.Wrap("", line))
            .Concat(
                error.Details.SelectMany(d => Visible.Lines(mask.Mask(d))).Select(d => Indent + d)
            );
        if (error.Closing is { } closing)
        {
            var last = Visible.Lines(mask.Mask(closing)).SelectMany(line => Layout.Wrap("", line));
            lines = lines.Concat(["", .. last]);
        }

        foreach (var line in lines)
        {
            surroundings.Error.Write(line + "\n");
        }

        if (surroundings.Variable("GITHUB_ACTIONS") is not null)
        {
            using var github = new GitHubScreen(surroundings.Output);
            github.Annotate("build", string.Join('\n', message));
        }
    }
}
