using System.Linq.Expressions;

namespace TheaIA.Pipeline;

/// <summary>Finds the targets that a person or the build program named.</summary>
internal static class TargetNames
{
    private static readonly char[] Separators = ['+', ',', ' '];

    /// <summary>Names from the command line; <c>A+B</c> and <c>A,B</c> are two.</summary>
    public static List<ExecutableTarget> Find(TargetSet targets, IEnumerable<string> typed)
    {
        var found = new List<ExecutableTarget>();
        foreach (var text in typed)
        {
            foreach (
                var name in text.Split(
                    Separators,
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                )
            )
            {
                var target = targets.Find(name) ?? throw Unknown(targets, name);
                if (!found.Contains(target))
                {
                    found.Add(target);
                }
            }
        }

        return found;
    }

    /// <summary>What <c>Execute&lt;Build&gt;(x => x.Test)</c> names.</summary>
    public static List<ExecutableTarget> Defaults<T>(
        TargetSet targets,
        T build,
        IEnumerable<Expression<Func<T, Target>>> defaults
    )
    {
        var found = new List<ExecutableTarget>();
        foreach (var expression in defaults)
        {
            // a property is found by its name; compiling the expression would cost milliseconds
            var target = Components.GetterOf(expression) is { } getter
                ? targets.Find(Components.TargetName(getter))
                : targets.Find(expression.Compile(preferInterpretation: true)(build));
            target =
                target
                ?? throw Wrong.Program(
                    $"The default target '{expression.Body}' is no target property of {targets.Build.Name}."
                );
            target.IsDefault = true;
            found.Add(target);
        }

        return found;
    }

    private static TheaIA.Abstractions.OutcomeException Unknown(TargetSet targets, string name)
    {
        var suggestion = Suggestion.For(name, targets.Names.Append(RunsCommand.Name));
        var meant = suggestion is null ? "" : $" Did you mean {suggestion}?";
        return Wrong.CommandLine(
            $"There is no target '{name}'.{meant}   ./build.sh --help lists all."
        );
    }
}
