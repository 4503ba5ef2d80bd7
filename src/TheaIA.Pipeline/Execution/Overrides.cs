using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>The gates that a person passes over in this run, and why: <c>--override GATE --reason WHY</c>.</summary>
internal static class Overrides
{
    /// <summary>Why a gate is passed over, with who says so; null: it is not.</summary>
    public static string? Of(EngineOptions options, params IEnumerable<string> names) =>
        options.Override.Any(given => names.Any(name => ParameterName.AreSame(given, name)))
            ? $"\"{options.Reason}\" ({Environment.UserName})"
            : null;

    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: no reason, or no such gate in the plan.
    /// </exception>
    public static void Check(EngineOptions options, Plan plan)
    {
        if (options.Override.Count == 0)
        {
            return;
        }

        // a target whose actions measure is a gate of its own name
        var known = plan
            .Targets.SelectMany(t => t.Definition.Gates.Select(g => g.Name).Append(t.Name))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        foreach (var name in options.Override)
        {
            if (!known.Exists(k => ParameterName.AreSame(k, name)))
            {
                var meant = ParameterErrors.DidYouMean(name, known);
                throw Wrong.CommandLine(
                    $"--override: there is no gate '{name}' in this plan.{meant}   ./build.sh --plan shows it."
                );
            }
        }

        if (string.IsNullOrWhiteSpace(options.Reason))
        {
            throw Wrong.CommandLine(
                $"--override {string.Join(' ', options.Override)} needs a reason: --reason \"why it may be passed over\"."
            );
        }
    }
}
