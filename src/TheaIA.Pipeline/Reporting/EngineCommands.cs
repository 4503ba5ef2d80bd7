using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What looks like a target, but asks the engine. A target of that name wins.</summary>
internal static class EngineCommands
{
    /// <summary>True: one was asked for, and is answered.</summary>
    /// <exception cref="OutcomeException">Wrong: with other targets, or with what does not fit.</exception>
    public static bool Answer(RunScope scope, TargetSet targets) =>
        RunsCommand.Answer(scope, targets) || SchemaCommand.Answer(scope, targets);

    /// <summary>Whether this command was asked for.</summary>
    /// <exception cref="OutcomeException">Wrong: with other targets.</exception>
    public static bool IsAsked(EngineOptions options, TargetSet targets, string name)
    {
        if (
            targets.Find(name) is not null
            || !options.Targets.Any(t => NameComparer.Instance.Equals(t, name))
        )
        {
            return false;
        }

        var others = options.Targets.Where(t => !NameComparer.Instance.Equals(t, name)).ToList();
        return others.Count == 0
            ? true
            : throw Wrong.CommandLine(
                $"{name} runs no target, so it stands alone: without {string.Join(", ", others)}."
            );
    }
}
