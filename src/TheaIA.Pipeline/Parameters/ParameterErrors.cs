using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>All that a person got wrong, told at once.</summary>
internal static class ParameterErrors
{
    public const string Help = "./build.sh --help lists all.";

    /// <summary>Throws when there are errors, and shows no secret.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: the errors.</exception>
    public static void ThrowIfAny(List<string> errors, IReadOnlyCollection<string> secrets)
    {
        if (errors.Count > 0)
        {
            throw Of(errors, secrets);
        }
    }

    /// <summary>The errors, without a secret.</summary>
    public static OutcomeException Of(List<string> errors, IReadOnlyCollection<string> secrets)
    {
        var mask = new SecretMask();
        foreach (var secret in secrets)
        {
            mask.Add(secret);
        }

        return errors is [var one]
            ? new(Outcome.Wrong, mask.Mask(one))
            : new(Outcome.Wrong, $"{errors.Count} options or parameters are wrong:")
            {
                Details = errors.ConvertAll(mask.Mask),
            };
    }

    /// <summary><c> Did you mean --filter?</c>, or nothing.</summary>
    public static string DidYouMean(string typed, IEnumerable<string> known) =>
        Suggestion.For(typed, known) is { } near ? $" Did you mean {near}?" : "";
}
