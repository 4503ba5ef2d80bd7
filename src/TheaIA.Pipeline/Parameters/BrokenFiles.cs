using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// Parameter files with errors stop every run but a way back: production is down, and a comma in a file
/// that it does not need must not keep it there.
/// </summary>
internal static class BrokenFiles
{
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: all that is wrong in them.</exception>
    public static void Check(ParameterService parameters, TargetSet targets)
    {
        var (errors, options) = (parameters.FileErrors, parameters.Options);
        if (errors.Count == 0)
        {
            return;
        }

        var asked = options.Targets.Select(targets.Find).ToList();
        if (asked.Count == 0 || asked.Exists(t => t is not { Definition.IsWayBack: true }))
        {
            throw ParameterErrors.Of([.. errors], parameters.SecretValues);
        }
    }

    /// <summary>What to know where the run goes on with them: one line each.</summary>
    public static IEnumerable<string> Remarks(ParameterService parameters) =>
        parameters.FileErrors.Select(error => $"{error} The way back goes on without it.");
}
