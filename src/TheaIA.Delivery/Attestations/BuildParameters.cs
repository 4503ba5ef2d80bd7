using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TheaIA.Delivery;

/// <summary>
/// The parameters that provenance may tell. The caller vouches for them; what sounds or looks like a
/// secret is left out all the same, since a statement is public and stays.
/// </summary>
internal static partial class BuildParameters
{
    private static readonly string[] Secretive =
    [
        "PASSWORD",
        "PASSWD",
        "PASSPHRASE",
        "TOKEN",
        "KEY",
        "SECRET",
        "CREDENTIAL",
    ];

    public static JsonObject Told(IEnumerable<KeyValuePair<string, string>> given)
    {
        var told = new JsonObject();
        foreach (var (name, value) in given.Where(g => !IsSecret(g.Key, g.Value)))
        {
            told[name] = Login().Replace(value, "://");
        }
        return told;
    }

    private static bool IsSecret(string name, string value)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetter));
        return Secretive.Any(s => letters.Contains(s, StringComparison.OrdinalIgnoreCase))
            || value.Contains("PRIVATE KEY", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"://[^/@\s]+@")]
    private static partial Regex Login();
}
