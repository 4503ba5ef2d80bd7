using System.Globalization;
using System.Text.RegularExpressions;
using TheaIA.Abstractions;
using TheaIA.Delivery.Docker.Dockerfiles;

namespace TheaIA.Delivery.Docker.Engine;

/// <summary>Says which line of a Dockerfile did not build, and why.</summary>
internal static partial class BuildFailure
{
    /// <summary>For a step that failed.</summary>
    /// <param name="dockerfile">What was built.</param>
    /// <param name="transcript">What the engine said.</param>
    /// <param name="why">The engine's words.</param>
    public static OutcomeException OfStep(
        Dockerfile dockerfile,
        BuildTranscript transcript,
        string why
    )
    {
        var step = dockerfile.Instructions.ElementAtOrDefault(transcript.Step - 1);
        if (step is null)
        {
            return OfRefusal(dockerfile, why);
        }
        var mend =
            step.Keyword == "FROM"
                ? "the engine fetches base images itself, so docker pull must be able to"
                : "mend it and build again";
        return Line(dockerfile, step.Line, why, mend, transcript.Output);
    }

    /// <summary>For a build that did not begin: the engine often tells the line.</summary>
    /// <param name="dockerfile">What was to be built.</param>
    /// <param name="why">The engine's words.</param>
    public static OutcomeException OfRefusal(Dockerfile dockerfile, string why) =>
        LineTold().Match(why) is { Success: true } told
        && int.TryParse(told.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var line)
        && dockerfile.Line(line) is not null
            ? Line(dockerfile, line, why, "mend it and build again", [])
            : new OutcomeException(
                Outcome.Failed,
                $"{dockerfile.Path} did not build ({why}): mend it and build again."
            );

    private static OutcomeException Line(
        Dockerfile dockerfile,
        int line,
        string why,
        string mend,
        IEnumerable<string> output
    ) =>
        new(Outcome.Failed, $"Line {line} of {dockerfile.Path} did not build ({why}): {mend}.")
        {
            Details = [$"{line} | {dockerfile.Line(line)}", .. output],
        };

    [GeneratedRegex(@"\bline (\d+)\b")]
    private static partial Regex LineTold();
}
