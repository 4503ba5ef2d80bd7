using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// The ways in which a name is written: <c>RailwayToken</c>, <c>--railway-token</c>,
/// <c>RAILWAY_TOKEN</c>. Compared by letters and digits only, the same in every culture.
/// </summary>
internal static class ParameterName
{
    // capitals within these do not begin a word
    private static readonly string[] KnownWords =
    [
        "DotNet",
        "GitHub",
        "GitLab",
        "IPv4",
        "IPv6",
        "JavaScript",
        "MSBuild",
        "NuGet",
        "OAuth",
        "PostgreSql",
        "PowerShell",
        "TheaIA",
        "TypeScript",
    ];

    /// <summary>Letters and digits in lower case: what makes two names the same.</summary>
    public static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
            {
                key.Append(char.ToLowerInvariant(c));
            }
        }

        return key.ToString();
    }

    /// <summary>Whether two names are the same but for case, dashes and the like.</summary>
    public static bool AreSame(string one, string other) =>
        string.Equals(Key(one), Key(other), StringComparison.Ordinal);

    /// <summary>As an option: <c>--railway-token</c>.</summary>
    public static string Option(string name) =>
        "--" + string.Join('-', Words(name)).ToLowerInvariant();

    /// <summary>As an environment variable: <c>RAILWAY_TOKEN</c>.</summary>
    public static string Variable(string name) => string.Join('_', Words(name)).ToUpperInvariant();

    /// <summary>As a property: <c>RailwayToken</c> for <c>--railway-token</c>.</summary>
    public static string Pascal(string option) =>
        string.Concat(
            option
                .Split('-', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => char.ToUpperInvariant(word[0]) + word[1..])
        );

    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (
                Array.Find(
                    KnownWords,
                    w => name.AsSpan(start).StartsWith(w, StringComparison.Ordinal)
                )
                    is { } known
                && i < start + known.Length
            )
            {
                i = start + known.Length;
            }

            if (i == name.Length || Begins(name, i))
            {
                yield return name[start..i].Trim('_', '-', '.', ' ');
                start = i;
            }
        }
    }

    private static bool Begins(string name, int i) =>
        name[i] is '_' or '-' or '.' or ' '
        || (
            char.IsUpper(name[i])
            && name[i - 1] is not ('_' or '-' or '.' or ' ')
            && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))
        );
}
