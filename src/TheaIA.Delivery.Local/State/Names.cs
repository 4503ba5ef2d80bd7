using TheaIA.Abstractions;

namespace TheaIA.Delivery.Local.State;

/// <summary>Names of services and environments become names of folders and files.</summary>
internal static class Names
{
    /// <summary>The name, when it is one that a folder can have.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is not.</exception>
    public static string Checked(string name) =>
        name.Length is > 0 and <= 100
        && name[0] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name
            : throw new OutcomeException(
                Outcome.Wrong,
                $"'{name}' cannot be the name of a service or an environment here: use letters, digits, '-', '_' and '.'."
            );
}
