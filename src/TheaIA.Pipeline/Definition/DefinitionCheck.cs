namespace TheaIA.Pipeline;

/// <summary>What a declaration may not say. One wrong target refuses the whole program.</summary>
internal static class DefinitionCheck
{
    /// <summary>The framework's timers go no further than 49.7 days.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    public static void Check(ExecutableTarget target)
    {
        var said = target.Definition;
        if (said.IsEffect)
        {
            Refuse(said.Limit is not null, target, "Within", "it ends at its next safe point");
            Refuse(
                said.Attempts is not null,
                target,
                "Retry",
                "doing it twice may not be the same"
            );
            Refuse(said.Outputs.Length > 0, target, "Outputs", "it is never up to date");
        }

        if (said.Limit is { } limit && (limit <= TimeSpan.Zero || limit > Longest))
        {
            throw Wrong.Program(
                $"{target.Name}: Within needs a time above zero, of at most 49 days."
            );
        }

        if (said.Budget is { Limit: var budget } && budget <= TimeSpan.Zero)
        {
            throw Wrong.Program($"{target.Name}: Budget needs a time above zero.");
        }

        if (said.Attempts < 1)
        {
            throw Wrong.Program($"{target.Name}: Retry counts attempts in all, so at least 1.");
        }

        if (said.Backoff < TimeSpan.Zero || said.Backoff > Longest)
        {
            throw Wrong.Program(
                $"{target.Name}: Retry waits for no time or some, of at most 49 days."
            );
        }

        if (Array.Exists(said.Resources, string.IsNullOrWhiteSpace))
        {
            throw Wrong.Program($"{target.Name}: Exclusive needs the name of what it is about.");
        }

        if (said.Parts < 1)
        {
            throw Wrong.Program($"{target.Name}: Partition needs at least 1 part.");
        }

        CheckGlobs(target, nameof(TargetExtensions.Inputs), said.Inputs);
        CheckGlobs(target, nameof(TargetExtensions.Outputs), said.Outputs);
        CheckGates(target);
        CheckKeys(target);
    }

    private static void CheckGlobs(ExecutableTarget target, string member, string[] globs)
    {
        if (globs.Length > 0 && Array.TrueForAll(globs, glob => glob.StartsWith('!')))
        {
            throw Wrong.Program(
                $"{target.Name}: {member} only takes files out. Name those that they are taken out of."
            );
        }

        foreach (var glob in globs)
        {
            var path = glob.AsSpan().TrimStart('!');
            if (path.IsWhiteSpace())
            {
                throw Wrong.Program($"{target.Name}: {member} '{glob}' names no file.");
            }

            if (path.StartsWith('/') || $"/{path}/".Contains("/../", StringComparison.Ordinal))
            {
                throw Wrong.Program(
                    $"{target.Name}: {member} '{glob}' does not stay below the root. Name what is below it."
                );
            }
        }
    }

    private static void CheckGates(ExecutableTarget target)
    {
        foreach (var gate in target.Definition.Gates)
        {
            if (gate is null)
            {
                throw Wrong.Program(
                    $"{target.Name} has a gate that is null. Give it a gate, or take Gate out."
                );
            }

            if (string.IsNullOrWhiteSpace(gate.Name))
            {
                throw Wrong.Program(
                    $"{target.Name} has a gate without a name: {gate.GetType().Name}. Give it a Name."
                );
            }
        }
    }

    private static void CheckKeys(ExecutableTarget target)
    {
        foreach (var key in target.Definition.InputKeys)
        {
            if (key.Value is null)
            {
                throw Wrong.Program(
                    $"{target.Name}: {key.Name} is null. Say what to ask, or take it out."
                );
            }
        }
    }

    private static void Refuse(bool wrong, ExecutableTarget target, string member, string because)
    {
        if (wrong)
        {
            throw Wrong.Program(
                $"{target.Name} is an effect and declares {member}: {because}. Take {member} out."
            );
        }
    }
}
