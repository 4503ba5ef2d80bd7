namespace TheaIA.Pipeline;

/// <summary>
/// An option with consequences that no target of the plan is for: left out in silence, <c>Rollback
/// --dry-run</c> would go back.
/// </summary>
internal static class OptionTargets
{
    /// <exception cref="TheaIA.Abstractions.OutcomeException">Wrong: all that are given in vain.</exception>
    public static void Check(Plan plan, TargetSet targets, ParameterService parameters)
    {
        var errors = new List<string>();
        foreach (var definition in parameters.Definitions)
        {
            if (
                !parameters.Given.TryGetValue(definition.Key, out var given)
                || definition.Targets.Count == 0
            )
            {
                continue;
            }

            if (plan.Targets.Any(t => IsOneOf(definition.Targets, t)))
            {
                if (definition.IsSwitch && Heedless(definition, plan) is { } heedless)
                {
                    errors.Add(
                        $"{definition.Option} is not for {heedless}, which is named beside it and would act: run them one after the other."
                    );
                }
            }
            else
            {
                var isShared = EngineOption.ByKey.ContainsKey(definition.Key);
                if (!isShared || parameters.Options.Override.Count == 0)
                {
                    var known = definition.Targets.Select(targets.Find).OfType<ExecutableTarget>();
                    errors.Add(
                        $"{definition.Option} is for {For([.. known.Select(t => t.Name)], isShared)}."
                            + Instead(definition, given, plan)
                    );
                }
            }
        }

        ParameterErrors.ThrowIfAny(errors, parameters.SecretValues);
    }

    /// <summary><c>Deploy Rollback --dry-run</c> would go back as well.</summary>
    private static ExecutableTarget? Heedless(ParameterDefinition definition, Plan plan) =>
        plan.Targets.FirstOrDefault(t =>
            t.Invoked && t.IsEffect && !IsOneOf(definition.Targets, t)
        );

    private static bool IsOneOf(IReadOnlyList<string> names, ExecutableTarget target) =>
        names.Contains(target.Name, NameComparer.Instance);

    // --reason goes with --override as well, whose name the engine shares
    private static string For(List<string> names, bool isShared) =>
        names switch
        {
            [] => "targets that are not here",
            [var only] when isShared => $"{only} and for --override, and neither is here",
            [var only] => $"{only}, which does not run here",
            [var one, var other] => $"{one} and {other}, neither of which runs here",
            _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}, none of which runs here",
        };

    private static string Instead(ParameterDefinition definition, GivenValue given, Plan plan) =>
        definition.Instead is { } instead
        && plan.Targets.Any(t =>
            t.Invoked && NameComparer.Instance.Equals(t.Name, instead.Split(' ')[0])
        )
            ? $"   ./build.sh {instead} {string.Join(' ', given.Words)}".TrimEnd()
            : "";
}
